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
import org.jspecify.annotations.Nullable;

/**
 * Conditions on labels as MongoDB queries. Labels are an array of texts, key and value together, so
 * that each condition is a range of texts that one element lies in.
 */
public final class LabelFilter {
  private LabelFilter() {}

  /**
   * The query of a condition on a label; null for another filter.
   *
   * @param path of the array of labels
   */
  public static @Nullable BsonDocument of(Filter filter, String path) {
    return switch (filter) {
      case Filter.OneOf oneOf when is(oneOf.field()) -> oneOf(oneOf, path);
      case Filter.Compare compare when is(compare.field()) -> compare(compare, path);
      case Filter.Prefix prefix when is(prefix.field()) ->
          element(
              path,
              FilterQuery.prefix(
                  AnnotationFields.start(prefix.field().labelKey()) + prefix.text()));
      case Filter.Present present when is(present.field()) ->
          element(path, FilterQuery.prefix(AnnotationFields.start(present.field().labelKey())));
      default -> null;
    };
  }

  /** Whether the field is the value of a label. */
  public static boolean is(Field field) {
    return field.own() == Field.Own.LABEL;
  }

  private static BsonDocument oneOf(Filter.OneOf oneOf, String path) {
    List<BsonString> texts =
        oneOf.values().stream().map(value -> text(oneOf.field(), value)).toList();
    return new BsonDocument(
        path,
        texts.size() == 1
            ? new BsonDocument("$eq", texts.get(0))
            : new BsonDocument("$in", new BsonArray(texts)));
  }

  private static BsonDocument compare(Filter.Compare compare, String path) {
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

  /** Both ends of the range must hold for one element. */
  private static BsonDocument element(String path, BsonDocument range) {
    return new BsonDocument(path, new BsonDocument("$elemMatch", range));
  }

  private static BsonString text(Field field, Value value) {
    return new BsonString(
        AnnotationFields.text(new Label(field.labelKey(), ((Value.Text) value).text())));
  }
}
