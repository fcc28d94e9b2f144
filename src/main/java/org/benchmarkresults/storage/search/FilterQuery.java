package org.benchmarkresults.storage.search;

import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Value;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.benchmarkresults.storage.document.ResultDocument;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A filter as a MongoDB query. Only comparisons are made of it: never a regular expression, never
 * JavaScript, and no text of a caller's ever stands where an operator or a field name is read.
 */
public final class FilterQuery {
  private static final BsonBinary JSON_NULL = new BsonBinary(new byte[] {'n', 'u', 'l', 'l'});

  private final boolean deleted;

  private FilterQuery(boolean deleted) {
    this.deleted = deleted;
  }

  /**
   * @param deleted whether it is for a collection of deleted results, whose ids are not their names
   */
  static BsonDocument of(Filter filter, boolean deleted) {
    return new FilterQuery(deleted).query(filter);
  }

  private BsonDocument query(Filter filter) {
    BsonDocument ofLabel = LabelFilter.of(filter, AnnotationFields.LABELS);
    if (ofLabel != null) {
      return ofLabel;
    }
    return switch (filter) {
      case Filter.All all -> all.parts().isEmpty() ? new BsonDocument() : each("$and", all.parts());
      case Filter.Any any -> any.parts().isEmpty() ? nothing() : each("$or", any.parts());
      case Filter.Not not -> each("$nor", List.of(not.part()));
      case Filter.Present present when present.field().own() == Field.Own.EXCLUDED -> excluded();
      case Filter.OneOf oneOf
          when oneOf.values().stream().anyMatch(Value.Spelling.class::isInstance) ->
          spelled(oneOf);
      case Filter.OneOf oneOf ->
          orNone(
              oneOf.field(),
              oneOf.values().contains(new Value.Whole(0)),
              condition(oneOf.field(), oneOf(oneOf.values()), extraPart(oneOf.values())));
      case Filter.Compare compare ->
          orNone(
              compare.field(),
              compare.value() instanceof Value.Whole whole
                  && zeroIs(compare.side(), whole.number()),
              condition(
                  compare.field(),
                  new BsonDocument(operator(compare.side()), value(compare.value())),
                  extraPart(List.of(compare.value()))));
      case Filter.Prefix prefix when prefix.field().own() == null -> furtherPrefix(prefix);
      case Filter.Prefix prefix ->
          condition(prefix.field(), prefix(prefix.text()), ResultDocument.EXTRA_VALUE);
      case Filter.Present present ->
          condition(
              present.field(),
              new BsonDocument("$ne", present.field().own() == null ? JSON_NULL : BsonNull.VALUE),
              ResultDocument.EXTRA_JSON);
    };
  }

  /** A result without non-finite numbers has 0 of them, which is not stored. */
  private static BsonDocument orNone(Field field, boolean zeroFits, BsonDocument condition) {
    if (field.own() != Field.Own.NON_FINITE || !zeroFits) {
      return condition;
    }
    BsonDocument none =
        new BsonDocument(ResultDocument.NON_FINITE, new BsonDocument("$eq", BsonNull.VALUE));
    return new BsonDocument("$or", new BsonArray(List.of(condition, none)));
  }

  private static boolean zeroIs(Filter.Side side, long number) {
    return switch (side) {
      case LESS -> 0 < number;
      case AT_MOST -> 0 <= number;
      case AT_LEAST -> 0 >= number;
      case GREATER -> 0 > number;
    };
  }

  private BsonDocument each(String operator, List<Filter> parts) {
    return new BsonDocument(operator, new BsonArray(parts.stream().map(this::query).toList()));
  }

  private static BsonDocument nothing() {
    return new BsonDocument(ResultDocument.ID, new BsonDocument("$in", new BsonArray()));
  }

  private BsonDocument condition(Field field, BsonDocument comparison, String extraPart) {
    if (field.own() != null) {
      return new BsonDocument(name(field.own()), comparison);
    }
    BsonDocument element =
        new BsonDocument(ResultDocument.EXTRA_NAME, new BsonString(field.name()))
            .append(extraPart, comparison);
    return new BsonDocument(ResultDocument.EXTRA, new BsonDocument("$elemMatch", element));
  }

  /** A range of texts is served by the index of excluded results, unlike a negation. */
  private static BsonDocument excluded() {
    return new BsonDocument(
        AnnotationFields.EXCLUDED, new BsonDocument("$gte", new BsonString("")));
  }

  /** The path of a field in the document. */
  String name(Field.Own own) {
    return switch (own) {
      case PK -> deleted ? ResultDocument.RESULT_NAME : ResultDocument.ID;
      case BENCHMARK_NAME -> ResultDocument.BENCHMARK_NAME;
      case RUN_ID -> ResultDocument.RUN_ID;
      case MODEL_ID -> ResultDocument.MODEL_ID;
      case TOKENIZER_ID -> ResultDocument.TOKENIZER_ID;
      case SOURCE -> ResultDocument.SOURCE;
      case TIMESTAMP, INSTANT -> ResultDocument.INSTANT;
      case RECEIVED_AT -> ResultDocument.RECEIVED_AT;
      case FIRST_RECEIVED_AT -> ResultDocument.FIRST_RECEIVED_AT;
      case VERSION -> ResultDocument.VERSION;
      case SIZE -> ResultDocument.SIZE;
      case NON_FINITE -> ResultDocument.NON_FINITE;
      case DIGEST -> ResultDocument.DIGEST;
      case EXCLUDED -> AnnotationFields.EXCLUDED;
      case LABEL -> AnnotationFields.LABELS;
    };
  }

  /**
   * A further member that equals a text as it stands, or a number in one of its spellings: a text
   * that is spelled like a number is none.
   */
  private static BsonDocument spelled(Filter.OneOf oneOf) {
    List<Value> texts =
        oneOf.values().stream().filter(value -> !(value instanceof Value.Spelling)).toList();
    BsonDocument isNumber =
        new BsonDocument(ResultDocument.EXTRA_NUMBER, new BsonDocument("$ne", BsonNull.VALUE));
    BsonDocument element =
        new BsonDocument(ResultDocument.EXTRA_NAME, new BsonString(oneOf.field().name()))
            .append(ResultDocument.EXTRA_VALUE, oneOf(oneOf.values()));
    if (texts.isEmpty()) {
      element.putAll(isNumber);
    } else {
      BsonDocument isText = new BsonDocument(ResultDocument.EXTRA_VALUE, oneOf(texts));
      element.append("$or", new BsonArray(List.of(isText, isNumber)));
    }
    return new BsonDocument(ResultDocument.EXTRA, new BsonDocument("$elemMatch", element));
  }

  /**
   * One of two spellings must lie in the range: an array as a whole does when each end fits one.
   */
  private static BsonDocument furtherPrefix(Filter.Prefix prefix) {
    BsonDocument range = prefix(prefix.text());
    BsonDocument one =
        new BsonDocument(ResultDocument.EXTRA_VALUE, range)
            .append(ResultDocument.EXTRA_VALUE + ".0", BsonNull.VALUE);
    BsonDocument several =
        new BsonDocument(ResultDocument.EXTRA_VALUE, new BsonDocument("$elemMatch", range));
    BsonDocument element =
        new BsonDocument(ResultDocument.EXTRA_NAME, new BsonString(prefix.field().name()))
            .append("$or", new BsonArray(List.of(one, several)));
    return new BsonDocument(ResultDocument.EXTRA, new BsonDocument("$elemMatch", element));
  }

  private static String extraPart(List<Value> values) {
    return values.stream()
            .allMatch(value -> value instanceof Value.Real || value instanceof Value.Whole)
        ? ResultDocument.EXTRA_NUMBER
        : ResultDocument.EXTRA_VALUE;
  }

  private static BsonDocument oneOf(List<Value> values) {
    return values.size() == 1
        ? new BsonDocument("$eq", value(values.get(0)))
        : new BsonDocument("$in", new BsonArray(values.stream().map(FilterQuery::value).toList()));
  }

  /** The operator of a side in the query language of MongoDB. */
  public static String operator(Filter.Side side) {
    return switch (side) {
      case LESS -> "$lt";
      case AT_MOST -> "$lte";
      case AT_LEAST -> "$gte";
      case GREATER -> "$gt";
    };
  }

  /** A value as documents hold it. */
  public static BsonValue value(Value value) {
    return switch (value) {
      case Value.Text text -> new BsonString(text.text());
      case Value.Spelling spelling -> new BsonString(spelling.text());
      case Value.Moment moment -> new BsonDateTime(moment.instant().toEpochMilli());
      case Value.Whole whole -> new BsonInt64(whole.number());
      case Value.Real real -> new BsonDouble(real.number());
    };
  }

  /** Benchmark names that begin so; nothing for an empty prefix, which all begin with. */
  public static BsonDocument ofBenchmarks(String prefix) {
    return prefix.isEmpty()
        ? new BsonDocument()
        : new BsonDocument(ResultDocument.BENCHMARK_NAME, prefix(prefix));
  }

  /** The documents whose field begins with the text. */
  public static BsonDocument prefix(String field, String text) {
    return new BsonDocument(field, prefix(text));
  }

  /** A prefix is a range, which an index serves. */
  static BsonDocument prefix(String text) {
    BsonDocument range = new BsonDocument("$gte", new BsonString(text));
    String end = successor(text);
    return end == null ? range : range.append("$lt", new BsonString(end));
  }

  /**
   * The least text after all that begin with the given one, in the order of code points, which is
   * the order of UTF-8's bytes; null when there is none.
   */
  static @Nullable String successor(String text) {
    List<Integer> points = new ArrayList<>(text.codePoints().boxed().toList());
    while (!points.isEmpty()) {
      int last = points.remove(points.size() - 1);
      if (last < Character.MAX_CODE_POINT) {
        boolean beforeSurrogates = last + 1 == Character.MIN_SURROGATE;
        points.add(beforeSurrogates ? Character.MAX_SURROGATE + 1 : last + 1);
        StringBuilder end = new StringBuilder();
        points.forEach(end::appendCodePoint);
        return end.toString();
      }
    }
    return null;
  }
}
