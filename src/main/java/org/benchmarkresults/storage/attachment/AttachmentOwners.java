package org.benchmarkresults.storage.attachment;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.util.Optional;
import org.benchmarkresults.model.attachment.AttachmentRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.group.GroupFind;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.RawBsonDocument;

/** Finds the results of one stage that attachments belong to. Confined to one event loop. */
final class AttachmentOwners {
  private final Stage stage;
  private final GroupFind finds;
  private final GroupFind reads;
  private final MongoCollection<RawBsonDocument> deleted;

  AttachmentOwners(MongoClients clients, CollectionNames collections, Stage stage) {
    this.stage = stage;
    finds = new GroupFind(clients.raw(collections.results(stage)));
    reads = new GroupFind(clients.reading(collections.results(stage)));
    deleted = clients.raw(collections.deleted(stage));
  }

  /** Succeeds with the result, for a decision about a write; empty when the caller has none. */
  Future<Optional<AttachmentOwner>> find(AttachmentRef ref) {
    return find(finds, ref);
  }

  /** The same as a reader may see it, perhaps from a secondary. */
  Future<Optional<AttachmentOwner>> read(AttachmentRef ref) {
    return find(reads, ref);
  }

  private Future<Optional<AttachmentOwner>> find(GroupFind results, AttachmentRef ref) {
    return results
        .find(ref.resultName())
        .map(found -> found.filter(result -> ref.means(result.summary())).map(this::owner));
  }

  private AttachmentOwner owner(StoredResult result) {
    return AttachmentOwner.of(stage, result.summary().resultName(), result.lineage());
  }

  /**
   * Succeeds with whether the result is still stored, or deleted so that it can be restored; false
   * when it was removed for good.
   */
  Future<Boolean> isKept(AttachmentOwner owner) {
    return finds
        .find(owner.resultName())
        .compose(
            live ->
                live.filter(result -> owner(result).equals(owner)).isPresent()
                    ? Future.succeededFuture(true)
                    : isDeleted(owner));
  }

  private Future<Boolean> isDeleted(AttachmentOwner owner) {
    return Streams.collect(
            deleted
                .find(
                    Filters.and(
                        Filters.eq(ResultDocument.RESULT_NAME, owner.resultName()),
                        Filters.eq(ResultDocument.PURGING, null)))
                .projection(Projections.exclude(ResultDocument.DATA)))
        .recover(MongoFailures::translate)
        .map(
            found ->
                found.stream()
                    .map(ResultDocument::read)
                    .anyMatch(result -> owner(result).equals(owner)));
  }
}
