package org.benchmarkresults.storage.attachment;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** The documents of attachments. Every method fails with {@code Unavailable}. */
final class AttachmentStore {
  private final MongoClient client;
  private final MongoCollection<RawBsonDocument> documents;
  private final MongoCollection<RawBsonDocument> reading;
  private final String collection;

  AttachmentStore(MongoClients clients, CollectionNames collections) {
    client = clients.vertxClient();
    collection = collections.attachments();
    documents = clients.raw(collection);
    reading = clients.reading(collection);
  }

  /** Succeeds with the attachment, for a decision about a write. */
  Future<Optional<AttachmentDocument>> find(AttachmentOwner owner, String file) {
    return find(documents, owner.id(file));
  }

  /** Succeeds with the attachment as a reader may see it, perhaps from a secondary. */
  Future<Optional<AttachmentDocument>> read(AttachmentOwner owner, String file) {
    return find(reading, owner.id(file));
  }

  private static Future<Optional<AttachmentDocument>> find(
      MongoCollection<RawBsonDocument> collection, String id) {
    return Streams.collect(collection.find(Filters.eq(ResultDocument.ID, id)))
        .recover(MongoFailures::translate)
        .map(found -> found.stream().findFirst().map(AttachmentDocument::read));
  }

  /** Succeeds with all attachments of a result, in the order of their names. */
  Future<List<AttachmentDocument>> all(AttachmentOwner owner) {
    return all(documents, owner);
  }

  /** The same as a reader may see it, perhaps from a secondary. */
  Future<List<AttachmentDocument>> readAll(AttachmentOwner owner) {
    return all(reading, owner);
  }

  private static Future<List<AttachmentDocument>> all(
      MongoCollection<RawBsonDocument> collection, AttachmentOwner owner) {
    Bson ofOwner =
        Filters.and(
            Filters.gte(ResultDocument.ID, owner.firstId()),
            Filters.lt(ResultDocument.ID, owner.endId()));
    return Streams.collect(collection.find(ofOwner).sort(Sorts.ascending(ResultDocument.ID)))
        .recover(MongoFailures::translate)
        .map(found -> found.stream().map(AttachmentDocument::read).toList());
  }

  /** Succeeds with whether it was inserted; false when there is one of its name. */
  Future<Boolean> insert(AttachmentOwner owner, AttachmentDocument document) {
    return client
        .insert(collection, document.json(owner))
        .map(true)
        .recover(
            failure ->
                MongoFailures.isDuplicateKey(failure)
                    ? Future.succeededFuture(false)
                    : MongoFailures.translate(failure));
  }

  /** Succeeds with whether it took the place of the other; false when that is no longer there. */
  Future<Boolean> replace(
      AttachmentOwner owner, AttachmentDocument before, AttachmentDocument document) {
    return client
        .replaceDocumentsWithOptions(
            collection, before.exactly(), document.json(owner), new UpdateOptions())
        .recover(MongoFailures::translate)
        .map(replaced -> replaced.getDocMatched() == 1);
  }

  /** Succeeds with whether it was removed; false when it was no longer there. */
  Future<Boolean> remove(AttachmentDocument document) {
    return client
        .removeDocument(collection, document.exactly())
        .recover(MongoFailures::translate)
        .map(removed -> removed.getRemovedCount() == 1);
  }
}
