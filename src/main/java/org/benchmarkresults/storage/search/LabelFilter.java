package org.benchmarkresults.storage.search;

import java.util.List;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Value;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Conditions on labels as MongoDB queries. Labels are an array of texts, key and value together, so
 * that each condition is a range of texts that one element lies in.
 */
public final class LabelFilter {
  private LabelFilter() {}

  /** Whether the field is the value of a label. */
  public static boolean is(Field field) {
    return field.own() == Field.Own.LABEL;
  }

  /**
   * The label has one of the values.
   *
   * @param path of the array of labels
   */
  public static BsonDocument of(Filter.OneOf oneOf, String path) {
    List<BsonString> texts =
        oneOf.values().stream().map(value -> text(oneOf.field(), value)).toList();
    return new BsonDocument(
        path,
        texts.size() == 1
            ? new BsonDocument("$eq", texts.get(0))
            : new BsonDocument("$in", new BsonArray(texts)));
  }

  /** The value of the label lies on a side of another. */
  public static BsonDocument of(Filter.Compare compare, String path) {
    BsonDocument range = FilterQuery.prefix(AnnotationFields.start(compare.field().labelKey()));
    BsonString end = text(compare.field(), compare.value());
    switch (compare.side()) {
      case LESS -> range.put("$lt", end);
      case AT_MOST -> range.append("$lte", end).remove("$lt");
      case AT_LEAST -> range.put("$gte", end);
      case GREATER -> range.append("$gt", end).remove("$gte");
    }
    return element(path, range);
  }

  /** The value of the label begins with the text. */
  public static BsonDocument of(Filter.Prefix prefix, String path) {
    return element(
        path,
        FilterQuery.prefix(AnnotationFields.start(prefix.field().labelKey()) + prefix.text()));
  }

  /** There is a label of the key. */
  public static BsonDocument of(Filter.Present present, String path) {
    return element(path, FilterQuery.prefix(AnnotationFields.start(present.field().labelKey())));
  }

  /** Both ends of the range must hold for one element. */
  private static BsonDocument element(String path, BsonDocument range) {
    return new BsonDocument(path, new BsonDocument("$elemMatch", range));
  }

  private static BsonString text(Field field, Value value) {
    return new BsonString(
        AnnotationFields.text(new Label(field.labelKey(), ((Value.Text) value).text())));
  }
}
