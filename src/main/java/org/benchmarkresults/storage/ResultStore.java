package org.benchmarkresults.storage;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.FindOutcome;
import org.benchmarkresults.model.Result;
import org.benchmarkresults.model.ResultRef;
import org.benchmarkresults.model.ResultSummary;
import org.benchmarkresults.model.ResultVersion;
import org.benchmarkresults.model.SaveOutcome;
import org.benchmarkresults.model.Stage;
import org.benchmarkresults.model.StoredData;
import org.benchmarkresults.storage.GroupCommit.Verdict;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * Saves and finds the results of one stage. The unique {@code _id}, the result name, decides
 * who was first; nothing is ever overwritten. Confined to one event loop.
 */
final class ResultStore {
  /** Larger data goes into chunks, so that lists never drag it through the database's cache. */
  static final int MOST_INLINE_BYTES = 64 << 10;

  /** More lanes make smaller groups; docs/decisions.md has the figures. */
  private static final int LANES = 2;

  private final Vertx vertx;
  private final MongoClient client;
  private final String collection;
  private final Supplier<Future<Void>> durable;
  private final MongoCollection<RawBsonDocument> raw;
  private final GroupCommit inserts;
  private final GroupFind finds;
  private final GroupFind reads;
  private final ChunkStore chunks;
  private final VersionStore versions;

  ResultStore(
      Vertx vertx,
      MongoClients clients,
      Collections collections,
      Stage stage,
      Supplier<Future<Void>> durable) {
    this.vertx = vertx;
    this.durable = durable;
    client = clients.vertxClient();
    collection = collections.results(stage);
    raw = clients.raw(collection);
    inserts = new GroupCommit(raw, LANES, durable, clients.meters(), "single");
    finds = new GroupFind(raw);
    reads = new GroupFind(clients.reading(collection));
    String chunkCollection = collections.chunks(stage);
    chunks = new ChunkStore(client, clients.raw(chunkCollection), chunkCollection);
    String versionCollection = collections.versions(stage);
    versions = new VersionStore(client, clients.raw(versionCollection), versionCollection);
  }

  /**
   * Saves a result.
   *
   * <p>Succeeds with what became of it once that is safe; fails with {@link Unavailable} when it is
   * not known, after which the same result may be sent again.
   */
  Future<SaveOutcome> save(Result result) {
    return isInline(result)
        ? insert(result, new StoredData.Inline(result.data().bytes()))
        : saveLarge(result);
  }

  /** Whether the data stands in the document itself. */
  static boolean isInline(Result result) {
    return result.data().size() <= MOST_INLINE_BYTES;
  }

  private Future<SaveOutcome> insert(Result result, StoredData data) {
    return insert(result, data, Contention.MOST_ATTEMPTS);
  }

  private Future<SaveOutcome> insert(Result result, StoredData data, int attempts) {
    Lineage begun = Lineage.begun(result.receivedAt());
    return inserts
        .insert(List.of(DocumentWriter.document(result, data, 1, begun)))
        .compose(verdicts -> settled(result, data, verdicts.get(0), attempts));
  }

  /** Succeeds with what became of a result whose insert ended so; fails with {@link Unavailable}. */
  Future<SaveOutcome> settled(Result result, StoredData data, Verdict verdict) {
    return settled(result, data, verdict, Contention.MOST_ATTEMPTS);
  }

  private Future<SaveOutcome> settled(
      Result result, StoredData data, Verdict verdict, int attempts) {
    return switch (verdict) {
      case INSERTED -> Future.succeededFuture(new SaveOutcome.Stored());
      case TAKEN -> resolve(result, data, attempts);
      case REFUSED -> Future.succeededFuture(new SaveOutcome.Failed());
    };
  }

  /** Looks before it uploads: sending a large result again must not cost its size in writes. */
  private Future<SaveOutcome> saveLarge(Result result) {
    return finds
        .find(result.envelope().key().resultName())
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.<SaveOutcome>empty())
                    : withoutWriting(result, found.get()))
        .compose(
            outcome ->
                outcome.isPresent() ? Future.succeededFuture(outcome.get()) : upload(result));
  }

  private Future<SaveOutcome> upload(Result result) {
    return chunks
        .write(result.data().bytes())
        .compose(
            chunked ->
                insert(result, chunked)
                    .onSuccess(
                        outcome -> {
                          if (!wrote(outcome)) {
                            chunks.discard(chunked);
                          }
                        }));
  }

  private static boolean wrote(SaveOutcome outcome) {
    return switch (outcome) {
      case SaveOutcome.Stored stored -> true;
      case SaveOutcome.NewVersion newVersion -> true;
      case SaveOutcome.AlreadyStored already -> false;
      case SaveOutcome.NameTaken taken -> false;
      case SaveOutcome.VersionRefused refused -> false;
      case SaveOutcome.NotKnown notKnown -> false;
      case SaveOutcome.Failed failed -> false;
    };
  }

  /** The name is taken: by the same result, by an earlier state of it, or by another key. */
  private Future<SaveOutcome> resolve(Result result, StoredData data, int attempts) {
    if (attempts == 0) {
      return Contention.tooBusy();
    }
    return finds
        .find(result.envelope().key().resultName())
        .compose(
            found ->
                found.isEmpty()
                    // Deleted meanwhile; or inserted, but not yet by a majority, and an answer now
                    // could be taken back.
                    ? Contention.pause(vertx)
                        .compose(waited -> insert(result.heldUp(waited), data, attempts - 1))
                    : resolveAgainst(found.get(), result, data, attempts));
  }

  private Future<SaveOutcome> resolveAgainst(
      StoredResult current, Result result, StoredData data, int attempts) {
    return withoutWriting(result, current)
        .compose(
            outcome ->
                outcome.isPresent()
                    ? Future.succeededFuture(outcome.get())
                    : replace(current, result, data)
                        .compose(
                            replaced ->
                                replaced
                                    ? Future.succeededFuture(
                                        new SaveOutcome.NewVersion(
                                            current.summary().version() + 1))
                                    : resolve(result, data, attempts - 1)));
  }

  /** The outcome when nothing needs to be written, empty when a new version does. */
  private Future<Optional<SaveOutcome>> withoutWriting(Result result, StoredResult stored) {
    ResultSummary current = stored.summary();
    if (!current.envelope().key().equals(result.envelope().key())) {
      return outcome(new SaveOutcome.NameTaken(current.envelope().key()));
    }
    if (isSame(result, current)) {
      return outcome(new SaveOutcome.AlreadyStored(current.version()));
    }
    if (current.version() == 1) {
      return refusedOrEmpty(result, current);
    }
    return versions
        .withData(stored, result.digest())
        .compose(
            earlier ->
                earlier.stream()
                    .filter(version -> isSame(result, version))
                    .findFirst()
                    .map(same -> outcome(new SaveOutcome.AlreadyStored(same.version())))
                    .orElseGet(() -> refusedOrEmpty(result, current)));
  }

  private static Future<Optional<SaveOutcome>> refusedOrEmpty(
      Result result, ResultSummary current) {
    return result.refuseNewVersion()
        ? outcome(new SaveOutcome.VersionRefused(current.version(), current.digest()))
        : Future.succeededFuture(Optional.empty());
  }

  private static Future<Optional<SaveOutcome>> outcome(SaveOutcome outcome) {
    return Future.succeededFuture(Optional.of(outcome));
  }

  private static boolean isSame(Result result, ResultSummary stored) {
    return stored.digest().equals(result.digest()) && stored.envelope().equals(result.envelope());
  }

  /** Keeps the current version, then takes its place if nobody else did meanwhile. */
  private Future<Boolean> replace(StoredResult current, Result result, StoredData data) {
    RawBsonDocument next =
        DocumentWriter.document(
            result, data, current.summary().version() + 1, current.lineage());
    return client
        .findOne(collection, current.exactly(), null)
        .recover(MongoFailures::understood)
        .compose(
            document ->
                document == null
                    ? Future.succeededFuture(false)
                    : versions
                        .keep(document, current.lineage())
                        .compose(kept -> swap(current, next)));
  }

  private Future<Boolean> swap(StoredResult current, RawBsonDocument next) {
    return Streams.collect(raw.replaceOne(current.filter(), next))
        .recover(MongoFailures::understood)
        .compose(results -> durable.get().map(results.get(0).getMatchedCount() == 1));
  }

  /** Succeeds with the result or that there is none; fails with {@link Unavailable}. */
  Future<FindOutcome> find(ResultRef ref) {
    return reads.find(ref.resultName()).compose(current -> asked(ref, current));
  }

  private Future<FindOutcome> asked(ResultRef ref, Optional<StoredResult> current) {
    Integer version = ref.version();
    if (current.isEmpty() || version == null || current.get().summary().version() == version) {
      return Future.succeededFuture(foundOr(current));
    }
    return version > current.get().summary().version()
        ? Future.succeededFuture(new FindOutcome.NotFound())
        : versions.find(current.get(), version).map(ResultStore::foundOr);
  }

  private static FindOutcome foundOr(Optional<StoredResult> result) {
    return result
        .<FindOutcome>map(found -> new FindOutcome.Found(found.summary(), found.data()))
        .orElseGet(FindOutcome.NotFound::new);
  }

  /** Succeeds with the bytes of one chunk of a large result; fails with {@link Unavailable}. */
  Future<ByteBuffer> chunk(String upload, int number) {
    return chunks.read(upload, number);
  }

  /** Succeeds with all versions, newest first, empty when there is none. */
  Future<List<ResultVersion>> versions(String resultName) {
    return finds
        .find(resultName)
        .compose(
            current ->
                current.isEmpty()
                    ? Future.succeededFuture(List.of())
                    : versions.all(current.get()));
  }
}
