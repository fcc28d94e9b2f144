package org.benchmarkresults.storage.save;

import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mongo.MongoClient;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Retry;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.version.EnvelopeChanges;
import org.benchmarkresults.storage.document.DocumentWriter;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.group.GroupCommit;
import org.benchmarkresults.storage.group.GroupCommit.Insert;
import org.benchmarkresults.storage.group.GroupCommit.Verdict;
import org.benchmarkresults.storage.group.GroupFind;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.Contention;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.mongo.VersionMeters;
import org.benchmarkresults.storage.security.AuditTrail;
import org.bson.RawBsonDocument;

/**
 * Saves the results of one stage. The unique {@code _id}, the result name, decides who was first;
 * nothing is ever overwritten. Confined to one event loop.
 */
public final class ResultStore {
  /** Larger data goes into chunks, so that lists never drag it through the database's cache. */
  public static final int MOST_INLINE_BYTES = 64 << 10;

  /** More lanes make smaller groups; docs/decisions.md has the figures. */
  private static final int LANES = 2;

  private final Vertx vertx;
  private final MongoClient client;
  private final String collection;
  private final Supplier<Future<Void>> durable;
  private final ObjIntConsumer<Result> written;
  private final AuditTrail trail;
  private final Retry retry;
  private final MongoCollection<RawBsonDocument> raw;
  private final GroupCommit inserts;
  private final GroupFind finds;
  private final ChunkStore chunks;
  private final VersionStore versions;
  private final VersionMeters versionMeters;

  /**
   * @param durable succeeds when all that the database acknowledged before is on its disk
   * @param written receives each result once it is durable, with its version
   * @param trail gets the audit entries of saves that have an actor
   * @param retry for saves while the database is unavailable
   */
  public ResultStore(
      Vertx vertx,
      MongoClients clients,
      CollectionNames collections,
      Stage stage,
      Supplier<Future<Void>> durable,
      ObjIntConsumer<Result> written,
      AuditTrail trail,
      Retry retry) {
    this.vertx = vertx;
    this.retry = retry;
    this.trail = trail;
    this.written = written;
    this.durable = durable;
    client = clients.vertxClient();
    collection = collections.results(stage);
    raw = clients.raw(collection);
    inserts = new GroupCommit(clients, collection, AuditTrail.COLLECTION, LANES, durable, "single");
    finds = new GroupFind(raw);
    versionMeters = new VersionMeters(clients.meters(), stage);
    chunks = new ChunkStore(clients, collections.chunks(stage));
    versions = new VersionStore(clients, collections.versions(stage));
  }

  /**
   * Saves a result.
   *
   * <p>Succeeds with what became of it once that is safe; fails with {@link Unavailable} when it is
   * not known, after which the same result may be sent again.
   */
  public Future<SaveOutcome> save(Result result) {
    return save(PendingSave.now(result, new StoredData.Inline(result.data().bytes())));
  }

  /** The same, which may have begun before. */
  public Future<SaveOutcome> save(PendingSave arrival) {
    return repeated(
        arrival,
        () ->
            isInline(arrival.result())
                ? insert(arrival.restamped())
                : saveLarge(arrival.restamped()));
  }

  private Future<SaveOutcome> repeated(PendingSave arrival, Supplier<Future<SaveOutcome>> attempt) {
    return retry.whileUnavailable(arrival.own().begunAt(), attempt);
  }

  /** Whether the data stands in the document itself. */
  static boolean isInline(Result result) {
    return result.data().size() <= MOST_INLINE_BYTES;
  }

  /** The document of a first version, with the audit entry of its save. */
  Insert firstVersion(PendingSave arrival) {
    Result result = arrival.result();
    return new Insert(
        DocumentWriter.document(result, arrival.data(), 1, arrival.begun()),
        trail.entry(arrival.own().entryId(), result, new SaveOutcome.Stored()));
  }

  private Future<SaveOutcome> insert(PendingSave arrival) {
    return inserts
        .insert(List.of(firstVersion(arrival)))
        .compose(verdicts -> settled(arrival, verdicts.get(0)));
  }

  /**
   * Succeeds with what became of a result whose insert ended so; fails with {@link Unavailable}.
   */
  Future<SaveOutcome> settled(PendingSave arrival, Verdict verdict) {
    return switch (verdict) {
      case INSERTED -> {
        written.accept(arrival.result(), 1);
        yield Future.succeededFuture(new SaveOutcome.Stored());
      }
      case TAKEN -> repeated(arrival, () -> audited(arrival, resolve(arrival.restamped())));
      case REFUSED -> Future.succeededFuture(new SaveOutcome.Failed());
    };
  }

  /** The entry of a first version is inserted with its document; this adds that of the others. */
  private Future<SaveOutcome> audited(PendingSave arrival, Future<SaveOutcome> resolved) {
    return resolved.compose(
        outcome -> trail.saved(arrival.own().entryId(), arrival.result(), outcome));
  }

  /** Looks before it uploads: sending a large result again must not cost its size in writes. */
  private Future<SaveOutcome> saveLarge(PendingSave arrival) {
    return finds
        .find(arrival.resultName())
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.<SaveOutcome>empty())
                    : withoutWriting(arrival, found.get()))
        .compose(
            outcome ->
                outcome.isPresent()
                    ? audited(arrival, Future.succeededFuture(outcome.get()))
                    : upload(arrival));
  }

  private Future<SaveOutcome> upload(PendingSave arrival) {
    return chunks
        .write(arrival.result().data().bytes())
        .compose(
            chunked ->
                insert(arrival.at(chunked).restamped())
                    .onSuccess(
                        outcome -> {
                          // If an earlier attempt stored it, the orphan sweep removes this upload.
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
  private Future<SaveOutcome> resolve(PendingSave arrival) {
    if (arrival.attempts() == 0) {
      return Contention.tooBusy();
    }
    return finds
        .find(arrival.resultName())
        .compose(
            found ->
                found.isEmpty()
                    // Deleted meanwhile; or inserted, but not yet by a majority, and an answer now
                    // could be taken back.
                    ? Contention.pause(vertx)
                        .compose(waited -> insert(arrival.delayedBy(waited).restamped().again()))
                    : resolveAgainst(found.get(), arrival));
  }

  private Future<SaveOutcome> resolveAgainst(StoredResult current, PendingSave arrival) {
    return withoutWriting(arrival, current)
        .compose(
            outcome ->
                outcome.isPresent()
                    ? Future.succeededFuture(outcome.get())
                    : replaceOrResolve(current, arrival.restamped()));
  }

  private Future<SaveOutcome> replaceOrResolve(StoredResult current, PendingSave arrival) {
    int version = current.summary().version() + 1;
    arrival.own().add(version, arrival.result().receivedAt());
    return replace(current, arrival)
        .compose(
            replaced -> {
              if (!replaced) {
                return resolve(arrival.again());
              }
              written.accept(arrival.result(), version);
              List<String> changed = changes(current.summary(), arrival.result());
              versionMeters.stored(changed);
              return Future.succeededFuture(new SaveOutcome.NewVersion(version, changed));
            });
  }

  private static List<String> changes(ResultSummary before, Result after) {
    return EnvelopeChanges.between(
        before.envelope(), before.digest(), after.envelope(), after.digest());
  }

  /** The outcome when nothing needs to be written, empty when a new version does. */
  private Future<Optional<SaveOutcome>> withoutWriting(PendingSave arrival, StoredResult stored) {
    Result result = arrival.result();
    ResultSummary current = stored.summary();
    if (!current.envelope().key().equals(result.envelope().key())) {
      return outcome(new SaveOutcome.NameTaken(current.envelope().key()));
    }
    if (isSame(result, current)) {
      return same(arrival, stored, current);
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
                    .map(same -> same(arrival, stored, same))
                    .orElseGet(() -> refusedOrEmpty(result, current)));
  }

  /** A version with the same data; this save may have written it without an answer. */
  private Future<Optional<SaveOutcome>> same(
      PendingSave arrival, StoredResult stored, ResultSummary version) {
    if (!arrival.own().include(stored.lineage(), version)) {
      return outcome(new SaveOutcome.AlreadyStored(version.version(), stored.summary().version()));
    }
    Result result = arrival.result();
    long earlier = version.receivedAt().toEpochMilli() - result.receivedAt().toEpochMilli();
    written.accept(result.delayedBy(earlier), version.version());
    return version.version() == 1
        ? outcome(new SaveOutcome.Stored())
        : versions
            .find(stored, version.version() - 1)
            .map(before -> Optional.of(newVersion(version.version(), before, result)));
  }

  /** A version was kept before the next one took its place, so it is there. */
  private SaveOutcome newVersion(int version, Optional<StoredResult> before, Result result) {
    List<String> changed =
        before.map(earlier -> changes(earlier.summary(), result)).orElse(List.of());
    versionMeters.stored(changed);
    return new SaveOutcome.NewVersion(version, changed);
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
  private Future<Boolean> replace(StoredResult current, PendingSave arrival) {
    RawBsonDocument next =
        DocumentWriter.document(
            arrival.result(),
            arrival.data(),
            current.summary().version() + 1,
            current.lineage(),
            current.summary().annotations());
    return client
        .findOne(collection, current.exactly(), null)
        .recover(MongoFailures::translate)
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
        .recover(MongoFailures::translate)
        .compose(results -> durable.get().map(results.get(0).getMatchedCount() == 1));
  }
}
