package org.benchmarkresults.storage.observation.search;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.benchmarkresults.model.observed.ObservationField;
import org.benchmarkresults.model.observed.ReadingRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Filter.Side;
import org.benchmarkresults.model.search.Value;
import org.benchmarkresults.storage.observation.ObservationAnnotations;
import org.benchmarkresults.storage.observation.ObservationDocument;
import org.benchmarkresults.storage.observation.ObservationId;
import org.benchmarkresults.storage.search.FilterQuery;
import org.benchmarkresults.storage.search.LabelFilter;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** A filter of observations as a MongoDB query, made of comparisons alone. */
final class ObservationQuery {
  private ObservationQuery() {}

  static BsonDocument of(Filter filter) {
    BsonDocument ofLabel = LabelFilter.of(filter, ObservationAnnotations.LABELS);
    if (ofLabel != null) {
      return ofLabel;
    }
    return switch (filter) {
      case Filter.All all -> all.parts().isEmpty() ? new BsonDocument() : each("$and", all.parts());
      case Filter.Any any -> any.parts().isEmpty() ? nothing() : each("$or", any.parts());
      case Filter.Not not -> each("$nor", List.of(not.part()));
      case Filter.OneOf oneOf -> any(oneOf.values().stream().map(v -> equal(oneOf, v)).toList());
      case Filter.Compare compare -> compare(compare);
      case Filter.Prefix prefix -> prefix(prefix);
      case Filter.Present present -> present(present.field());
    };
  }

  private static BsonDocument each(String operator, List<Filter> parts) {
    return new BsonDocument(
        operator, new BsonArray(parts.stream().map(ObservationQuery::of).toList()));
  }

  static BsonDocument any(List<BsonDocument> alternatives) {
    return switch (alternatives.size()) {
      case 0 -> nothing();
      case 1 -> alternatives.get(0);
      default -> new BsonDocument("$or", new BsonArray(alternatives));
    };
  }

  private static BsonDocument nothing() {
    return in(ObservationDocument.ID, "$in", new BsonArray());
  }

  /** Those of excluded results, as a range that the index of these serves. */
  static BsonDocument ofExcluded() {
    return in(ObservationAnnotations.EXCLUDED, "$gte", new BsonString(""));
  }

  static BsonDocument both(BsonDocument one, BsonDocument other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return new BsonDocument("$and", new BsonArray(List.of(one, other)));
  }

  private static BsonDocument in(String field, String operator, BsonValue value) {
    return new BsonDocument(field, new BsonDocument(operator, value));
  }

  private static BsonDocument equal(Filter.OneOf oneOf, Value value) {
    ObservationField own = ObservationField.of(oneOf.field()).orElse(null);
    if (own == null) {
      String name = ObservationField.dimensionName(oneOf.field());
      String text = ((Value.Text) value).text();
      BsonDocument same = in(ObservationDocument.DIMENSION_TEXT, "$eq", new BsonString(text));
      Double number = number(text);
      return dimension(
          name,
          number == null
              ? same
              : any(
                  List.of(
                      same,
                      in(ObservationDocument.DIMENSION_NUMBER, "$eq", new BsonDouble(number)))));
    }
    return switch (own.kind()) {
      case STAGE -> ofStage(Stage.named(((Value.Text) value).text()).orElseThrow());
      case NAME -> ofName(((Value.Text) value).text());
      case TRUTH -> truth(own, ((Value.Text) value).text().equals("true"));
      default -> in(path(own), "$eq", FilterQuery.value(value));
    };
  }

  /** The number that a dimension may be equal to; null for a text. */
  private static @Nullable Double number(String text) {
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) && text.matches("[-+.\\deE]+") ? number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Members that are false are not stored, but for one that may be unknown. */
  private static BsonDocument truth(ObservationField own, boolean value) {
    return value || own == ObservationField.HIGHER_IS_BETTER
        ? in(path(own), "$eq", BsonBoolean.valueOf(value))
        : in(path(own), "$eq", BsonNull.VALUE);
  }

  private static BsonDocument compare(Filter.Compare compare) {
    ObservationField own = ObservationField.of(compare.field()).orElse(null);
    String operator = FilterQuery.operator(compare.side());
    if (own == null) {
      String name = ObservationField.dimensionName(compare.field());
      return compare.value() instanceof Value.Real real
          ? dimension(
              name,
              in(ObservationDocument.DIMENSION_NUMBER, operator, new BsonDouble(real.number())))
          : dimension(
              name,
              in(
                  ObservationDocument.DIMENSION_TEXT,
                  operator,
                  new BsonString(((Value.Text) compare.value()).text())));
    }
    return own.kind() == ObservationField.Kind.NAME
        ? compareName(compare.side(), ((Value.Text) compare.value()).text())
        : in(path(own), operator, FilterQuery.value(compare.value()));
  }

  private static BsonDocument prefix(Filter.Prefix prefix) {
    ObservationField own = ObservationField.of(prefix.field()).orElse(null);
    if (own == null) {
      return dimension(
          ObservationField.dimensionName(prefix.field()),
          FilterQuery.prefix(ObservationDocument.DIMENSION_TEXT, prefix.text()));
    }
    return own.kind() == ObservationField.Kind.NAME
        ? ofStages(
            stage ->
                FilterQuery.prefix(
                    ObservationDocument.ID, ObservationId.ofResult(stage, prefix.text())))
        : FilterQuery.prefix(path(own), prefix.text());
  }

  private static BsonDocument present(Field field) {
    ObservationField own = ObservationField.of(field).orElse(null);
    if (own == null) {
      return dimension(ObservationField.dimensionName(field), new BsonDocument());
    }
    return switch (own) {
      case RESULT_STAGE, RESULT_NAME, PRIMARY, CROSS_CHECK -> new BsonDocument();
      case EXCLUDED -> ofExcluded();
      default -> in(path(own), "$ne", BsonNull.VALUE);
    };
  }

  private static BsonDocument dimension(String name, BsonDocument condition) {
    BsonDocument element =
        new BsonDocument(ObservationDocument.DIMENSION_NAME, new BsonString(name));
    element.putAll(condition);
    return in(ObservationDocument.DIMENSIONS, "$elemMatch", element);
  }

  private static BsonDocument ofStage(Stage stage) {
    return FilterQuery.prefix(ObservationDocument.ID, ObservationId.ofResult(stage, ""));
  }

  /** Ids begin with the stage and the name. */
  private static BsonDocument ofName(String name) {
    return ofStages(stage -> ofResult(stage, name));
  }

  /** The observations of one result. */
  static BsonDocument ofResult(Stage stage, String name) {
    return new BsonDocument(
        ObservationDocument.ID,
        new BsonDocument("$gte", new BsonString(ObservationId.from(stage, name)))
            .append("$lt", new BsonString(ObservationId.to(stage, name))));
  }

  /** The observations of one reading of a result. */
  static BsonDocument ofReading(ReadingRef reading) {
    return FilterQuery.prefix(
        ObservationDocument.ID,
        ObservationId.from(reading.stage(), reading.resultName())
            + reading.generation()
            + ObservationId.SEPARATOR);
  }

  private static BsonDocument ofStages(Function<Stage, BsonDocument> ofStage) {
    return any(Arrays.stream(Stage.values()).map(ofStage).toList());
  }

  private static BsonDocument compareName(Side side, String name) {
    return ofStages(
        stage -> {
          String end =
              side == Side.LESS || side == Side.AT_LEAST
                  ? ObservationId.from(stage, name)
                  : ObservationId.to(stage, name);
          boolean isBefore = side == Side.LESS || side == Side.AT_MOST;
          BsonDocument beyond =
              in(ObservationDocument.ID, isBefore ? "$lt" : "$gte", new BsonString(end));
          return new BsonDocument("$and", new BsonArray(List.of(ofStage(stage), beyond)));
        });
  }

  /** The path of a member in the document. */
  static String path(ObservationField field) {
    return switch (field) {
      case RESULT_STAGE, RESULT_NAME -> ObservationDocument.ID;
      case RESULT_VERSION -> ObservationDocument.VERSION;
      case BENCHMARK_NAME -> ObservationDocument.BENCHMARK_NAME;
      case RUN_ID -> ObservationDocument.RUN_ID;
      case MODEL_ID -> ObservationDocument.MODEL_ID;
      case SOURCE -> ObservationDocument.SOURCE;
      case TASK -> ObservationDocument.TASK;
      case METRIC -> ObservationDocument.METRIC;
      case VARIANT -> ObservationDocument.VARIANT;
      case STATISTIC -> ObservationDocument.STATISTIC;
      case VALUE -> ObservationDocument.VALUE;
      case TEXT -> ObservationDocument.TEXT;
      case UNIT -> ObservationDocument.UNIT;
      case TEXT_UNIT -> ObservationDocument.TEXT_UNIT;
      case HIGHER_IS_BETTER -> ObservationDocument.HIGHER_IS_BETTER;
      case RANGE_LOW -> ObservationDocument.RANGE + ".0";
      case RANGE_HIGH -> ObservationDocument.RANGE + ".1";
      case STDERR -> ObservationDocument.STDERR;
      case N -> ObservationDocument.N;
      case INTERVAL_LOW -> ObservationDocument.INTERVAL + ".0";
      case INTERVAL_HIGH -> ObservationDocument.INTERVAL + ".1";
      case INTERVAL_LEVEL -> ObservationDocument.INTERVAL + ".2";
      case PRIMARY -> ObservationDocument.PRIMARY;
      case POINTER -> ObservationDocument.POINTER;
      case MODEL -> ObservationDocument.MODEL;
      case INSTANT -> ObservationDocument.INSTANT;
      case SERIES -> ObservationDocument.SERIES;
      case ADAPTER_NAME -> ObservationDocument.ADAPTER;
      case ADAPTER_VERSION -> ObservationDocument.ADAPTER_VERSION;
      case TOOL -> ObservationDocument.TOOL;
      case CROSS_CHECK -> ObservationDocument.CROSS_CHECK;
      case RECEIVED_AT -> ObservationDocument.RECEIVED_AT;
      case FIRST_RECEIVED_AT -> ObservationDocument.FIRST_RECEIVED_AT;
      case EXCLUDED -> ObservationAnnotations.EXCLUDED;
    };
  }
}
