package org.benchmarkresults.storage.annotation;

import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.annotation.request.AnnotationHistory;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The documents of annotations, one for each result name, and of their changes. A document of
 * annotations holds its last change too, until that is in the history and in the audit log and the
 * copies are written ({@link #PENDING}), so that nothing is lost when a node dies in between.
 */
public final class AnnotationDocument {
  /** The result name; of a change the name, NUL, and the revision in eight digits. */
  public static final String ID = "_id";

  public static final String BENCHMARK_NAME = "benchmark_name";

  /** When the change was made whose history, audit entry or copies may be missing. */
  static final String PENDING = "pending";

  /** All keys that the name ever had a label of, up to {@link #MOST_KEYS}. */
  private static final String KEYS = "keys";

  private static final String CHANGE = "change";
  private static final String AT = "at";
  private static final String CALLER = "caller";
  private static final String ADDRESS = "address";
  private static final String REQUEST_ID = "request_id";
  private static final String STAGE = "stage";
  private static final String VERSION = "version";
  private static final String AUDITED = "audited";
  private static final int MOST_KEYS = 1_000;
  private static final char SEPARATOR = '\0';

  private AnnotationDocument() {}

  /** The document with a change made, in place of the one before. */
  static BsonDocument of(
      AnnotationChange change, Annotations after, @Nullable BsonDocument before, Instant now) {
    BsonDocument document =
        AnnotationFields.into(after, new BsonDocument(ID, new BsonString(change.resultName())));
    List<String> keys = keys(before);
    for (Label label : after.labels()) {
      if (!keys.contains(label.key()) && keys.size() < MOST_KEYS) {
        keys.add(label.key());
      }
    }
    document
        .append(BENCHMARK_NAME, new BsonString(change.benchmarkName()))
        .append(KEYS, new BsonArray(keys.stream().map(BsonString::new).toList()))
        .append(CHANGE, new BsonObjectId(change.id()))
        .append(AT, moment(now))
        .append(STAGE, new BsonString(change.stage().path()))
        .append(VERSION, new BsonInt32(change.version()))
        .append(PENDING, moment(now));
    if (change.actor() != null) {
      document
          .append(AUDITED, BsonBoolean.TRUE)
          .append(CALLER, new BsonString(change.actor().caller()))
          .append(ADDRESS, new BsonString(change.actor().address()))
          .append(REQUEST_ID, new BsonString(change.actor().requestId()));
    }
    return document;
  }

  /** Matches the document that was read, or none where none was there. */
  static Bson unchanged(String resultName, @Nullable BsonDocument before) {
    return Filters.and(
        Filters.eq(ID, resultName),
        before == null
            ? Filters.eq(AnnotationFields.REVISION, null)
            : Filters.eq(CHANGE, id(before)));
  }

  /** Matches the document while it holds this change. */
  static Bson exactly(BsonDocument document) {
    return Filters.and(Filters.eq(ID, name(document)), Filters.eq(CHANGE, id(document)));
  }

  /** Matches the document of a name if its last change was made before a moment. */
  static Bson ofNameBefore(String resultName, Instant moment) {
    return Filters.and(Filters.eq(ID, resultName), Filters.lte(AT, moment(moment)));
  }

  static String name(BsonDocument document) {
    return document.getString(ID).getValue();
  }

  static ObjectId id(BsonDocument document) {
    return document.getObjectId(CHANGE).getValue();
  }

  static Instant at(BsonDocument document) {
    return Instant.ofEpochMilli(document.getDateTime(AT).getValue());
  }

  static boolean isPending(@Nullable BsonDocument document) {
    return document != null && document.containsKey(PENDING);
  }

  /** All keys that the name ever had a label of. */
  static List<String> keys(@Nullable BsonDocument document) {
    List<String> keys = new ArrayList<>();
    if (document != null && document.containsKey(KEYS)) {
      document.getArray(KEYS).forEach(key -> keys.add(key.asString().getValue()));
    }
    return keys;
  }

  /** The audit entry of the last change; null when it leaves none. */
  static @Nullable AuditEntry auditEntry(BsonDocument document) {
    if (!document.containsKey(AUDITED)) {
      return null;
    }
    return AuditEntry.ofResult(
        at(document),
        Action.ANNOTATED,
        Stage.named(document.getString(STAGE).getValue()).orElseThrow(),
        name(document),
        document.getInt32(VERSION).getValue(),
        new Actor(text(document, CALLER), text(document, ADDRESS), text(document, REQUEST_ID)));
  }

  /** The document of the last change in the history. */
  static BsonDocument change(BsonDocument document) {
    Annotations after = AnnotationFields.read(document);
    BsonDocument change =
        new BsonDocument(ID, new BsonString(changeId(name(document), after.revision())));
    return AnnotationFields.into(after, change)
        .append(AT, moment(at(document)))
        .append(CALLER, new BsonString(text(document, CALLER)));
  }

  /** Reads a document of the history. */
  static AnnotationHistory.Change readChange(BsonDocument change) {
    return new AnnotationHistory.Change(
        at(change), text(change, CALLER), AnnotationFields.read(change));
  }

  /** The changes of a name before a revision, or all. */
  static Bson changesOf(String resultName, @Nullable Integer before) {
    return Filters.and(
        Filters.gte(ID, resultName + SEPARATOR),
        Filters.lt(
            ID,
            before == null ? resultName + (char) (SEPARATOR + 1) : changeId(resultName, before)));
  }

  private static String changeId(String resultName, int revision) {
    return resultName + SEPARATOR + "%08d".formatted(revision);
  }

  private static String text(BsonDocument document, String field) {
    return document.containsKey(field) ? document.getString(field).getValue() : "";
  }

  private static BsonDateTime moment(Instant instant) {
    return new BsonDateTime(instant.toEpochMilli());
  }
}
