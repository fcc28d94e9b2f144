package org.benchmarkresults.storage.observation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.derivation.DerivedResult;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.ObservedResult;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.benchmarkresults.model.observation.StoredObservation;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The document of one observation. Field names are short, because each of some thirty million
 * documents repeats them; members that are null or false are left out.
 */
public final class ObservationDocument {
  public static final String ID = "_id";

  /**
   * The place among rows of equal values: short, because six indexes hold it in place of the id.
   */
  public static final String ORDER = "o";

  public static final String VERSION = "v";
  public static final String BENCHMARK_NAME = "b";
  public static final String RUN_ID = "ru";
  public static final String MODEL_ID = "mi";
  public static final String SOURCE = "so";
  public static final String RESULT_INSTANT = "ri";
  public static final String RECEIVED_AT = "r";
  public static final String FIRST_RECEIVED_AT = "fr";
  public static final String ADAPTER = "a";
  public static final String ADAPTER_VERSION = "av";
  public static final String TOOL = "tl";
  public static final String CROSS_CHECK = "c";
  public static final String MODEL = "mo";
  public static final String INSTANT = "i";
  public static final String SERIES = "sr";
  public static final String TASK = "t";
  public static final String METRIC = "m";
  public static final String VARIANT = "f";
  public static final String STATISTIC = "st";
  public static final String VALUE = "x";
  public static final String TEXT = "tx";
  public static final String UNIT = "u";
  public static final String TEXT_UNIT = "tu";
  public static final String HIGHER_IS_BETTER = "h";
  public static final String RANGE = "rg";
  public static final String STDERR = "se";
  public static final String N = "n";
  public static final String INTERVAL = "iv";
  public static final String PRIMARY = "p";
  public static final String POINTER = "ptr";

  /** The dimensions, as an array of documents. */
  public static final String DIMENSIONS = "d";

  public static final String DIMENSION_NAME = "k";
  public static final String DIMENSION_TEXT = "v";

  /** The number that a dimension's text is; only of dimensions that are numbers. */
  public static final String DIMENSION_NUMBER = "n";

  private ObservationDocument() {}

  /** The documents of the observations of a result, in their order. */
  public static List<BsonDocument> of(
      DerivedResult derived, String generation, boolean isCrossCheck, Annotations annotations) {
    List<BsonDocument> documents = new ArrayList<>();
    long order = ObservationId.order(derived.result(), generation);
    for (ResolvedObservation resolved : derived.observations().observations()) {
      BsonDocument document = new BsonDocument();
      document
          .append(
              ID, new BsonString(ObservationId.of(derived.result(), generation, documents.size())))
          .append(ORDER, new BsonInt64(order + documents.size()));
      result(derived.result(), document);
      text(ADAPTER, derived.observations().adapter(), document);
      document.append(ADAPTER_VERSION, new BsonInt32(derived.observations().adapterVersion()));
      text(TOOL, derived.observations().tool(), document);
      truth(CROSS_CHECK, isCrossCheck, document);
      text(MODEL, resolved.model(), document);
      moment(INSTANT, resolved.instant(), document);
      text(SERIES, resolved.series(), document);
      observation(resolved.observation(), document);
      ObservationAnnotations.into(annotations, document);
      documents.add(document);
    }
    return documents;
  }

  private static void result(ObservedResult result, BsonDocument document) {
    document.append(VERSION, new BsonInt32(result.version()));
    text(BENCHMARK_NAME, result.benchmarkName(), document);
    text(RUN_ID, result.runId(), document);
    text(MODEL_ID, result.modelId(), document);
    text(SOURCE, result.source(), document);
    moment(RESULT_INSTANT, result.instant(), document);
    moment(RECEIVED_AT, result.receivedAt(), document);
    moment(FIRST_RECEIVED_AT, result.firstReceivedAt(), document);
  }

  private static void observation(Observation one, BsonDocument document) {
    text(TASK, one.task(), document);
    text(METRIC, one.metric(), document);
    text(VARIANT, one.variant(), document);
    text(STATISTIC, one.statistic(), document);
    document.append(VALUE, new BsonDouble(one.value()));
    text(TEXT, one.text(), document);
    text(UNIT, one.unit(), document);
    text(TEXT_UNIT, one.textUnit(), document);
    if (one.higherIsBetter() != null) {
      document.append(HIGHER_IS_BETTER, BsonBoolean.valueOf(one.higherIsBetter()));
    }
    if (one.range() != null) {
      numbers(RANGE, document, one.range().least(), one.range().most());
    }
    if (one.stderr() != null) {
      document.append(STDERR, new BsonDouble(one.stderr()));
    }
    if (one.n() != null) {
      document.append(N, new BsonInt64(one.n()));
    }
    Observation.Interval interval = one.interval();
    if (interval != null) {
      numbers(INTERVAL, document, interval.low(), interval.high(), interval.level());
    }
    truth(PRIMARY, one.primary(), document);
    text(POINTER, one.pointer(), document);
    document.append(DIMENSIONS, dimensions(one.dimensions()));
  }

  private static BsonArray dimensions(List<Dimension> dimensions) {
    BsonArray array = new BsonArray();
    for (Dimension dimension : dimensions) {
      BsonDocument element =
          new BsonDocument(DIMENSION_NAME, new BsonString(dimension.name()))
              .append(DIMENSION_TEXT, new BsonString(dimension.text()));
      if (dimension.number()) {
        element.append(DIMENSION_NUMBER, new BsonDouble(Double.parseDouble(dimension.text())));
      }
      array.add(element);
    }
    return array;
  }

  /** The observation of a document; its run is not stored. */
  public static StoredObservation read(BsonDocument document) {
    String id = document.getString(ID).getValue();
    return new StoredObservation(
        new ObservedResult(
            ObservationId.stage(id),
            ObservationId.resultName(id),
            requiredText(BENCHMARK_NAME, document),
            requiredText(RUN_ID, document),
            document.getInt32(VERSION).getValue(),
            text(MODEL_ID, document),
            text(SOURCE, document),
            moment(RESULT_INSTANT, document),
            requiredMoment(RECEIVED_AT, document),
            requiredMoment(FIRST_RECEIVED_AT, document)),
        requiredText(ADAPTER, document),
        document.getInt32(ADAPTER_VERSION).getValue(),
        text(TOOL, document),
        document.containsKey(CROSS_CHECK),
        new ResolvedObservation(
            readObservation(document),
            text(MODEL, document),
            moment(INSTANT, document),
            requiredText(SERIES, document)),
        ObservationAnnotations.read(document));
  }

  private static Observation readObservation(BsonDocument document) {
    BsonArray range = document.getArray(RANGE, new BsonArray());
    BsonArray interval = document.getArray(INTERVAL, new BsonArray());
    return new Observation(
        requiredText(POINTER, document),
        0,
        text(TASK, document),
        requiredText(METRIC, document),
        text(VARIANT, document),
        requiredText(STATISTIC, document),
        document.getDouble(VALUE).getValue(),
        requiredText(TEXT, document),
        text(UNIT, document),
        text(TEXT_UNIT, document),
        document.containsKey(HIGHER_IS_BETTER)
            ? document.getBoolean(HIGHER_IS_BETTER).getValue()
            : null,
        range.isEmpty() ? null : new Observation.Range(number(range, 0), number(range, 1)),
        document.containsKey(STDERR) ? document.getDouble(STDERR).getValue() : null,
        document.containsKey(N) ? document.getInt64(N).getValue() : null,
        interval.isEmpty()
            ? null
            : new Observation.Interval(
                number(interval, 0),
                number(interval, 1),
                interval.size() > 2 ? number(interval, 2) : null),
        document.containsKey(PRIMARY),
        readDimensions(document.getArray(DIMENSIONS, new BsonArray())));
  }

  private static List<Dimension> readDimensions(BsonArray array) {
    List<Dimension> dimensions = new ArrayList<>();
    for (BsonValue element : array) {
      BsonDocument one = element.asDocument();
      dimensions.add(
          new Dimension(
              requiredText(DIMENSION_NAME, one),
              requiredText(DIMENSION_TEXT, one),
              one.containsKey(DIMENSION_NUMBER)));
    }
    return dimensions;
  }

  private static double number(BsonArray array, int at) {
    return array.get(at).asDouble().getValue();
  }

  private static String requiredText(String field, BsonDocument document) {
    return document.getString(field).getValue();
  }

  private static @Nullable String text(String field, BsonDocument document) {
    return document.containsKey(field) ? requiredText(field, document) : null;
  }

  private static Instant requiredMoment(String field, BsonDocument document) {
    return Instant.ofEpochMilli(document.getDateTime(field).getValue());
  }

  private static @Nullable Instant moment(String field, BsonDocument document) {
    return document.containsKey(field) ? requiredMoment(field, document) : null;
  }

  private static void text(String field, @Nullable String value, BsonDocument document) {
    if (value != null) {
      document.append(field, new BsonString(value));
    }
  }

  private static void moment(String field, @Nullable Instant value, BsonDocument document) {
    if (value != null) {
      document.append(field, new BsonDateTime(value.toEpochMilli()));
    }
  }

  private static void truth(String field, boolean value, BsonDocument document) {
    if (value) {
      document.append(field, BsonBoolean.TRUE);
    }
  }

  private static void numbers(String field, BsonDocument document, @Nullable Double... values) {
    BsonArray array = new BsonArray();
    for (Double value : values) {
      if (value != null) {
        array.add(new BsonDouble(value));
      }
    }
    document.append(field, array);
  }
}
