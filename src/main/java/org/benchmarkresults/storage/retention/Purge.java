package org.benchmarkresults.storage.retention;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.storage.attachment.AttachmentPurge;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.retention.DeletedCopies.Copy;
import org.benchmarkresults.storage.save.ChunkStore;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * Removes deleted results of one stage for good: first their data, then their versions, the copy
 * last, so that what is cut short is done again; and of all these nothing that another result of
 * the name, live or deleted, holds too.
 */
final class Purge {
  /** No request is at work for so long. */
  static final Duration NOBODY_IS_AT_WORK = Duration.ofHours(1);

  private static final int BATCH = 16;

  private final MongoClient client;
  private final MongoCollection<RawBsonDocument> results;
  private final MongoCollection<RawBsonDocument> deleted;
  private final MongoCollection<RawBsonDocument> versions;
  private final String versionCollection;
  private final DeletedCopies copies;
  private final ChunkStore chunks;
  private final AttachmentPurge attachments;
  private final Stage stage;
  private final Function<String, Future<?>> note;

  /**
   * @param note writes down, before anything is removed, that the result of a name is
   */
  Purge(
      MongoClients clients,
      CollectionNames collections,
      Stage stage,
      Function<String, Future<?>> note) {
    this.note = note;
    client = clients.vertxClient();
    results = clients.raw(collections.results(stage));
    deleted = clients.raw(collections.deleted(stage));
    versionCollection = collections.versions(stage);
    versions = clients.raw(versionCollection);
    copies = new DeletedCopies(client, deleted, collections.deleted(stage));
    chunks = new ChunkStore(clients, collections.chunks(stage));
    attachments = new AttachmentPurge(clients, collections);
    this.stage = stage;
  }

  static Bson deletedBefore(Instant moment) {
    return Filters.lt(ResultDocument.DELETED_AT, moment);
  }

  /** Removes some of what was deleted before; succeeds with how many, 0 when none are left. */
  Future<Integer> batch(Instant before, Instant now) {
    return oldest(deletedBefore(before))
        .compose(
            found -> {
              Future<Integer> removed = Future.succeededFuture(0);
              for (Copy copy : found) {
                removed = removed.compose(sum -> purge(copy, now).map(one -> sum + one));
              }
              return removed;
            });
  }

  private Future<List<Copy>> oldest(Bson filter) {
    return Streams.collect(
            deleted
                .find(filter)
                .sort(Sorts.ascending(ResultDocument.DELETED_AT, ResultDocument.ID))
                .limit(BATCH))
        .recover(MongoFailures::translate)
        .map(found -> found.stream().map(DeletedCopies::read).toList());
  }

  /** Succeeds with the copies of a name. */
  Future<List<Copy>> copies(String resultName) {
    return Streams.collect(
            deleted
                .find(Filters.eq(ResultDocument.RESULT_NAME, resultName))
                .projection(Projections.exclude(ResultDocument.DATA)))
        .recover(MongoFailures::translate)
        .map(found -> found.stream().map(DeletedCopies::read).toList());
  }

  /**
   * Removes one copy for good, without a note.
   *
   * @param longAgo a restore that took hold of it before has ended
   * @return whether it was removed; false when a restore holds it, or it was written anew
   */
  Future<Boolean> remove(Copy copy, Instant longAgo, Instant now) {
    return copies
        .takeForGood(copy, longAgo, now)
        .compose(
            taken ->
                taken
                    ? holders(copy).compose(holders -> purge(copy, holders))
                    : Future.succeededFuture(false));
  }

  /** Removes the earlier versions of a name that no result holds, which a writer left. */
  Future<Void> removeUnheld(String resultName) {
    return kept(resultName)
        .compose(
            kept ->
                kept.isEmpty()
                    ? Future.succeededFuture()
                    : holders(resultName, Filters.empty())
                        .compose(holders -> removeUnheld(holders, kept)));
  }

  /** Removes the versions of a result up to the one that is named; later ones stay. */
  Future<Void> removeVersions(RowRef ref) {
    return kept(ref.resultName())
        .compose(
            kept ->
                holders(ref.resultName(), Filters.empty())
                    .compose(
                        holders -> {
                          Set<String> wanted = new HashSet<>();
                          holders.forEach(holder -> addUpload(holder, wanted));
                          return remove(
                              version -> isUpTo(ref, version), new HashSet<>(), wanted, kept);
                        }));
  }

  private static boolean isUpTo(RowRef ref, StoredResult version) {
    return version.summary().firstReceivedAt().equals(ref.firstReceivedAt())
        && version.summary().version() <= ref.version();
  }

  private Future<Void> removeUnheld(List<StoredResult> holders, List<RawBsonDocument> kept) {
    Set<String> wanted = new HashSet<>();
    holders.forEach(holder -> addUpload(holder, wanted));
    return remove(
        version -> holders.stream().noneMatch(h -> holds(h, version)),
        new HashSet<>(),
        wanted,
        kept);
  }

  private Future<Integer> purge(Copy copy, Instant now) {
    return copies
        .takeForGood(copy, now.minus(NOBODY_IS_AT_WORK), now)
        .compose(
            taken ->
                taken
                    ? note.apply(copy.result().summary().resultName())
                        .compose(noted -> holders(copy))
                        .compose(holders -> purge(copy, holders))
                        .map(1)
                    : Future.succeededFuture(0));
  }

  /** All other results of the name, live and deleted. */
  private Future<List<StoredResult>> holders(Copy copy) {
    return holders(
        copy.result().summary().resultName(), Filters.ne(ResultDocument.ID, copy.result().id()));
  }

  private Future<List<StoredResult>> holders(String resultName, Bson condition) {
    Bson live = Filters.eq(ResultDocument.ID, resultName);
    Bson others = Filters.and(Filters.eq(ResultDocument.RESULT_NAME, resultName), condition);
    List<StoredResult> all = new ArrayList<>();
    // Live ones twice: one may be on its way from here to there.
    return read(results, live)
        .onSuccess(all::addAll)
        .compose(read -> read(deleted, others))
        .onSuccess(all::addAll)
        .compose(read -> read(results, live))
        .onSuccess(all::addAll)
        .map(read -> all);
  }

  private static Future<List<StoredResult>> read(
      MongoCollection<RawBsonDocument> collection, Bson filter) {
    return Streams.collect(
            collection.find(filter).projection(Projections.exclude(ResultDocument.DATA)))
        .recover(MongoFailures::translate)
        .map(found -> found.stream().map(ResultDocument::read).toList());
  }

  private Future<Boolean> purge(Copy copy, List<StoredResult> holders) {
    if (holders.stream().anyMatch(holder -> isLeftOver(copy, holder))) {
      return copies.removeExactly(copy);
    }
    return kept(copy.result().summary().resultName())
        .compose(kept -> remove(copy, holders, kept))
        .compose(removed -> copies.removeExactly(copy));
  }

  private Future<List<RawBsonDocument>> kept(String resultName) {
    return Streams.collect(
            versions
                .find(Filters.eq(ResultDocument.RESULT_NAME, resultName))
                .projection(Projections.exclude(ResultDocument.DATA)))
        .recover(MongoFailures::translate);
  }

  /** Whether the copy is half of something that was cut short: the other one holds all of it. */
  static boolean isLeftOver(Copy copy, StoredResult other) {
    StoredResult result = copy.result();
    return other.lineage().isSameLife(result.lineage())
        || other.lineage().continues(result.lineage(), result.summary().version());
  }

  private Future<Void> remove(Copy copy, List<StoredResult> holders, List<RawBsonDocument> kept) {
    Set<String> wanted = new HashSet<>();
    holders.forEach(holder -> addUpload(holder, wanted));
    Set<String> unwanted = new HashSet<>();
    addUpload(copy.result(), unwanted);
    return remove(
            version ->
                holds(copy.result(), version) && holders.stream().noneMatch(h -> holds(h, version)),
            unwanted,
            wanted,
            kept)
        .compose(removed -> removeAttachments(copy.result(), holders));
  }

  private Future<Void> remove(
      Predicate<StoredResult> isUnwanted,
      Set<String> unwanted,
      Set<String> wanted,
      List<RawBsonDocument> kept) {
    JsonArray ids = new JsonArray();
    for (RawBsonDocument document : kept) {
      StoredResult version = ResultDocument.read(document);
      if (isUnwanted.test(version)) {
        ids.add(document.getString(ResultDocument.ID).getValue());
        addUpload(version, unwanted);
      } else {
        addUpload(version, wanted);
      }
    }
    unwanted.removeAll(wanted);
    Future<Void> removed = Future.succeededFuture();
    for (String upload : unwanted) {
      removed = removed.compose(before -> chunks.remove(upload));
    }
    return removed.compose(before -> removeVersions(ids));
  }

  private Future<Void> removeAttachments(StoredResult result, List<StoredResult> holders) {
    String origin = result.lineage().origin();
    return holders.stream().anyMatch(holder -> holder.lineage().origin().equals(origin))
        ? Future.succeededFuture()
        : attachments.remove(stage, result.summary().resultName(), result.lineage());
  }

  private static boolean holds(StoredResult result, StoredResult version) {
    return result.lineage().holds(version.lineage(), version.summary().version());
  }

  private static void addUpload(StoredResult result, Set<String> uploads) {
    if (result.data() instanceof StoredData.Chunked chunked) {
      uploads.add(chunked.upload());
    }
  }

  private Future<Void> removeVersions(JsonArray ids) {
    JsonObject named = new JsonObject().put(ResultDocument.ID, new JsonObject().put("$in", ids));
    return ids.isEmpty()
        ? Future.succeededFuture()
        : client
            .removeDocuments(versionCollection, named)
            .recover(MongoFailures::translate)
            .mapEmpty();
  }
}
