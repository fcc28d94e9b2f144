package org.benchmarkresults.storage.attachment;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.time.Instant;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.save.ChunkStore;
import org.benchmarkresults.storage.security.AuditTrail;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The uploads of attachments that are removed or replaced. Each is noted here before its attachment
 * goes, with the audit entry, so that a crash in between leaks no bytes and loses no entry. The
 * bytes go later, because a response may still be sent from them.
 */
public final class RemovedAttachments {
  private static final String AT = "at";
  private static final String ATTACHMENT = "attachment";
  private static final String ENTRY = "entry";
  private static final String STAGE = "stage";
  private static final String RESULT_NAME = "result_name";
  private static final String FILE = "file";
  private static final String CALLER = "caller";
  private static final String ADDRESS = "address";
  private static final String REQUEST_ID = "request_id";
  private static final int BATCH = 100;

  private final MongoClient client;
  private final MongoCollection<RawBsonDocument> raw;
  private final MongoCollection<RawBsonDocument> attachments;
  private final String collection;
  private final ChunkStore chunks;
  private final @Nullable AuditTrail trail;

  /**
   * @param trail gets entries that a crash left unwritten; null for none
   */
  public RemovedAttachments(
      MongoClients clients, CollectionNames collections, @Nullable AuditTrail trail) {
    this.trail = trail;
    client = clients.vertxClient();
    collection = collections.removedAttachments();
    raw = clients.raw(collection);
    attachments = clients.raw(collections.attachments());
    chunks = new ChunkStore(clients, collections.attachmentChunks());
  }

  /** Notes that an attachment is about to go. */
  Future<Void> note(AttachmentDocument document, Instant now, @Nullable AuditEntry entry) {
    JsonObject noted =
        new JsonObject()
            .put(ResultDocument.ID, document.upload())
            .put(AT, ResultDocument.date(now))
            .put(ATTACHMENT, document.id());
    if (entry != null && entry.stage() != null) {
      noted.put(
          ENTRY,
          new JsonObject()
              .put(STAGE, entry.stage().path())
              .put(RESULT_NAME, entry.resultName())
              .put(FILE, entry.file())
              .put(CALLER, entry.caller())
              .put(ADDRESS, entry.address())
              .put(REQUEST_ID, entry.requestId()));
    }
    return client
        .replaceDocumentsWithOptions(
            collection, id(document.upload()), noted, new UpdateOptions().setUpsert(true))
        .recover(MongoFailures::translate)
        .mapEmpty();
  }

  /** Notes that the audit entry of a removal is written. */
  Future<Void> audited(String upload) {
    JsonObject unset = new JsonObject().put("$unset", new JsonObject().put(ENTRY, ""));
    return client
        .updateCollectionWithOptions(collection, id(upload), unset, new UpdateOptions())
        .recover(MongoFailures::translate)
        .mapEmpty();
  }

  private static JsonObject id(String upload) {
    return new JsonObject().put(ResultDocument.ID, upload);
  }

  /**
   * Removes the bytes of some that were noted before the moment; succeeds with how many were looked
   * at, 0 when none are left.
   */
  public Future<Integer> batch(Instant before) {
    return Streams.collect(
            raw.find(Filters.lt(AT, before)).sort(Sorts.ascending(ResultDocument.ID)).limit(BATCH))
        .recover(MongoFailures::translate)
        .compose(
            found -> {
              Future<Void> done = Future.succeededFuture();
              for (RawBsonDocument document : found) {
                done = done.compose(one -> finish(document));
              }
              return done.map(found.size());
            });
  }

  private Future<Void> finish(RawBsonDocument document) {
    String upload = document.getString(ResultDocument.ID).getValue();
    return Streams.collect(
            attachments.find(
                Filters.and(
                    Filters.eq(ResultDocument.ID, document.getString(ATTACHMENT).getValue()),
                    Filters.eq(AttachmentDocument.UPLOAD, upload))))
        .recover(MongoFailures::translate)
        .compose(
            still ->
                still.isEmpty()
                    ? audit(document).compose(audited -> chunks.remove(upload))
                    // The removal was cut short before it removed anything.
                    : Future.succeededFuture())
        .compose(
            removed ->
                client.removeDocument(collection, id(upload)).recover(MongoFailures::translate))
        .mapEmpty();
  }

  private Future<?> audit(RawBsonDocument document) {
    if (trail == null || !document.isDocument(ENTRY)) {
      return Future.succeededFuture();
    }
    RawBsonDocument entry = (RawBsonDocument) document.getDocument(ENTRY);
    Stage stage = Stage.named(text(entry, STAGE)).orElseThrow();
    Actor actor = new Actor(text(entry, CALLER), text(entry, ADDRESS), text(entry, REQUEST_ID));
    String upload = document.getString(ResultDocument.ID).getValue();
    return trail.add(
        entryId(upload, Action.DETACHED),
        AuditEntry.ofAttachment(
            Instant.ofEpochMilli(document.getDateTime(AT).getValue()),
            Action.DETACHED,
            stage,
            text(entry, RESULT_NAME),
            text(entry, FILE),
            actor));
  }

  /** The id of the audit entry of an upload, so that writing the entry again is harmless. */
  static ObjectId entryId(String upload, Action action) {
    String digits = upload.replace("-", "");
    // The random half of the upload's id; one digit tells the two entries apart.
    String kind = action == Action.DETACHED ? "d" : "a";
    return new ObjectId(digits.substring(digits.length() - 23) + kind);
  }

  private static String text(RawBsonDocument document, String field) {
    return document.getString(field).getValue();
  }
}
