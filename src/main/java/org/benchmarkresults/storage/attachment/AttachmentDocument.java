package org.benchmarkresults.storage.attachment;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.benchmarkresults.model.attachment.Attachment;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.storage.document.ResultDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The document of an attachment.
 *
 * @param upload names its chunks
 */
record AttachmentDocument(String id, Attachment attachment, String upload) {
  static final String STAGE = "stage";
  static final String RESULT_NAME = "result_name";
  static final String UPLOAD = ResultDocument.UPLOAD;
  private static final String ORIGIN = "origin";
  private static final String FILE = "file";
  private static final String MEDIA_TYPE = "media_type";
  private static final String CREATED_AT = "created_at";
  private static final String CREATED_BY = "created_by";

  static AttachmentDocument of(AttachmentOwner owner, Attachment attachment, String upload) {
    return new AttachmentDocument(owner.id(attachment.file()), attachment, upload);
  }

  JsonObject json(AttachmentOwner owner) {
    return new JsonObject()
        .put(ResultDocument.ID, id)
        .put(STAGE, owner.stage().path())
        .put(RESULT_NAME, owner.resultName())
        .put(ORIGIN, owner.origin())
        .put(FILE, attachment.file())
        .put(MEDIA_TYPE, attachment.mediaType())
        .put(ResultDocument.SIZE, attachment.size())
        .put(ResultDocument.DIGEST, attachment.digest().text())
        .put(CREATED_AT, ResultDocument.date(attachment.createdAt()))
        .put(CREATED_BY, attachment.createdBy())
        .put(UPLOAD, upload);
  }

  /** Matches the document until it is removed or replaced. */
  JsonObject exactly() {
    return new JsonObject().put(ResultDocument.ID, id).put(UPLOAD, upload);
  }

  static AttachmentDocument read(RawBsonDocument document) {
    return new AttachmentDocument(
        text(document, ResultDocument.ID),
        new Attachment(
            text(document, FILE),
            text(document, MEDIA_TYPE),
            document.getNumber(ResultDocument.SIZE).longValue(),
            new Digest(text(document, ResultDocument.DIGEST)),
            Instant.ofEpochMilli(document.getDateTime(CREATED_AT).getValue()),
            optional(document, CREATED_BY)),
        text(document, UPLOAD));
  }

  private static @Nullable String optional(RawBsonDocument document, String field) {
    return document.isString(field) ? text(document, field) : null;
  }

  private static String text(RawBsonDocument document, String field) {
    return document.getString(field).getValue();
  }
}
