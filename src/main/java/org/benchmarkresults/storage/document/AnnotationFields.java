package org.benchmarkresults.storage.document;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.annotation.Label;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonWriter;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The annotations of a result name in a document: of the annotations themselves, and the copies in
 * results, versions and deleted results, which lists read and filter. A document without
 * annotations has none of these fields.
 *
 * <p>A label is one text, the key and the value with NUL between them, so that one index serves
 * equality, prefixes and comparisons.
 */
public final class AnnotationFields {
  /** The revision. */
  public static final String REVISION = "annotated";

  public static final String LABELS = "labels";
  public static final String NOTE = "note";

  /** The reason. */
  public static final String EXCLUDED = "excluded";

  /** All of them, for projections. */
  public static final List<String> ALL = List.of(REVISION, LABELS, NOTE, EXCLUDED);

  /** No key and no value has it. */
  private static final char SEPARATOR = '\0';

  private AnnotationFields() {}

  /** A label as documents hold it. */
  public static String text(Label label) {
    return start(label.key()) + label.value();
  }

  /** The beginning of all labels with the key. */
  public static String start(String key) {
    return key + SEPARATOR;
  }

  /** The label of such a text. */
  public static Label label(String text) {
    int end = text.indexOf(SEPARATOR);
    return end < 0
        ? new Label(text, "")
        : new Label(text.substring(0, end), text.substring(end + 1));
  }

  /** Writes the fields that the annotations have. */
  static void write(Annotations annotations, BsonWriter bson) {
    if (annotations.revision() == 0) {
      return;
    }
    bson.writeInt32(REVISION, annotations.revision());
    if (!annotations.labels().isEmpty()) {
      bson.writeStartArray(LABELS);
      annotations.labels().forEach(label -> bson.writeString(text(label)));
      bson.writeEndArray();
    }
    if (annotations.note() != null) {
      bson.writeString(NOTE, annotations.note());
    }
    if (annotations.excluded() != null) {
      bson.writeString(EXCLUDED, annotations.excluded());
    }
  }

  /** Puts the fields into a document in place of those that it has. */
  public static BsonDocument into(Annotations annotations, BsonDocument document) {
    ALL.forEach(document::remove);
    if (annotations.revision() == 0) {
      return document;
    }
    document.append(REVISION, new BsonInt32(annotations.revision()));
    if (!annotations.labels().isEmpty()) {
      document.append(LABELS, labels(annotations));
    }
    if (annotations.note() != null) {
      document.append(NOTE, new BsonString(annotations.note()));
    }
    if (annotations.excluded() != null) {
      document.append(EXCLUDED, new BsonString(annotations.excluded()));
    }
    return document;
  }

  /** The labels as an array of texts. */
  public static BsonArray labels(Annotations annotations) {
    return new BsonArray(
        annotations.labels().stream().map(AnnotationFields::text).map(BsonString::new).toList());
  }

  /** Puts the fields into a document in place of those that it has. */
  public static JsonObject into(Annotations annotations, JsonObject document) {
    ALL.forEach(document::remove);
    if (annotations.revision() == 0) {
      return document;
    }
    document.put(REVISION, annotations.revision());
    if (!annotations.labels().isEmpty()) {
      JsonArray labels = new JsonArray();
      annotations.labels().forEach(label -> labels.add(text(label)));
      document.put(LABELS, labels);
    }
    if (annotations.note() != null) {
      document.put(NOTE, annotations.note());
    }
    if (annotations.excluded() != null) {
      document.put(EXCLUDED, annotations.excluded());
    }
    return document;
  }

  /** Matches documents whose copy is of an earlier revision. */
  public static Bson isBefore(Annotations annotations) {
    return Filters.or(Filters.eq(REVISION, null), Filters.lt(REVISION, annotations.revision()));
  }

  /** The update that makes a copy the one of these annotations. */
  public static Bson update(Annotations annotations) {
    return Updates.combine(
        Updates.set(REVISION, annotations.revision()),
        annotations.labels().isEmpty()
            ? Updates.unset(LABELS)
            : Updates.set(LABELS, labels(annotations)),
        setOrUnset(NOTE, annotations.note()),
        setOrUnset(EXCLUDED, annotations.excluded()));
  }

  private static Bson setOrUnset(String field, @Nullable String text) {
    return text == null ? Updates.unset(field) : Updates.set(field, text);
  }

  /** The annotations in a document that has these fields. */
  public static Annotations read(BsonDocument document) {
    if (!document.containsKey(REVISION)) {
      return Annotations.NONE;
    }
    List<Label> labels = new ArrayList<>();
    if (document.containsKey(LABELS)) {
      document.getArray(LABELS).forEach(text -> labels.add(label(text.asString().getValue())));
    }
    return new Annotations(
        document.getNumber(REVISION).intValue(),
        labels,
        document.containsKey(NOTE) ? document.getString(NOTE).getValue() : null,
        document.containsKey(EXCLUDED) ? document.getString(EXCLUDED).getValue() : null);
  }

  /** The labels in an array that a reader stands at. */
  static List<Label> readLabels(DocumentReader reader) {
    List<Label> labels = new ArrayList<>();
    DocumentReader array = reader.within();
    while (array.next()) {
      labels.add(label(array.text()));
    }
    return labels;
  }
}
