package org.benchmarkresults.model.observed;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.model.search.Field;

/** The members of observations that conditions compare, beside the dimensions. */
public enum ObservationField {
  RESULT_STAGE("result_stage", Kind.STAGE),
  RESULT_NAME("result_name", Kind.NAME),
  RESULT_VERSION("result_version", Kind.WHOLE),
  BENCHMARK_NAME("benchmark_name", Kind.TEXT),
  RUN_ID("run_id", Kind.TEXT),
  MODEL_ID("model_id", Kind.TEXT),
  SOURCE("source", Kind.TEXT),
  TASK("task", Kind.TEXT),
  METRIC("metric", Kind.TEXT),
  VARIANT("variant", Kind.TEXT),
  STATISTIC("statistic", Kind.TEXT),
  VALUE("value", Kind.NUMBER),
  TEXT("text", Kind.TEXT),
  UNIT("unit", Kind.TEXT),
  TEXT_UNIT("text_unit", Kind.TEXT),
  HIGHER_IS_BETTER("higher_is_better", Kind.TRUTH),
  RANGE_LOW("range_low", Kind.NUMBER),
  RANGE_HIGH("range_high", Kind.NUMBER),
  STDERR("stderr", Kind.NUMBER),
  N("n", Kind.WHOLE),
  INTERVAL_LOW("interval_low", Kind.NUMBER),
  INTERVAL_HIGH("interval_high", Kind.NUMBER),
  INTERVAL_LEVEL("interval_level", Kind.NUMBER),
  PRIMARY("primary", Kind.TRUTH),
  POINTER("pointer", Kind.TEXT),
  MODEL("model", Kind.TEXT),
  INSTANT("instant", Kind.MOMENT),
  SERIES("series", Kind.TEXT),
  ADAPTER_NAME("adapter_name", Kind.TEXT),
  ADAPTER_VERSION("adapter_version", Kind.WHOLE),
  TOOL("tool", Kind.TEXT),
  CROSS_CHECK("cross_check", Kind.TRUTH),
  RECEIVED_AT("received_at", Kind.MOMENT),
  FIRST_RECEIVED_AT("first_received_at", Kind.MOMENT),

  /** The reason why its result is excluded; absent when it is not. */
  EXCLUDED("excluded", Kind.TEXT);

  /** The types of values. */
  public enum Kind {
    TEXT,
    NUMBER,
    WHOLE,
    MOMENT,
    /** Texts {@code true} and {@code false}. */
    TRUTH,
    /** Texts {@code raw_input} and {@code standardized_output}. */
    STAGE,
    /** The name of a result. */
    NAME
  }

  /** Before the name of a dimension. */
  public static final String DIMENSION = "dimensions.";

  private final String text;
  private final Kind kind;

  ObservationField(String text, Kind kind) {
    this.text = text;
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** The name in tables. */
  public String text() {
    return text;
  }

  /** For a condition of a {@link org.benchmarkresults.model.search.Filter}. */
  public Field field() {
    return Field.further(text);
  }

  /** For a condition on a dimension. */
  public static Field dimension(String name) {
    return Field.further(DIMENSION + name);
  }

  /** The member that a condition compares; empty for a dimension. */
  public static Optional<ObservationField> of(Field field) {
    return Arrays.stream(values()).filter(one -> one.text.equals(field.name())).findFirst();
  }

  /** The name of the dimension that a condition compares. */
  public static String dimensionName(Field field) {
    return field.name().substring(DIMENSION.length());
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(ObservationField::text).toList();
  }
}
