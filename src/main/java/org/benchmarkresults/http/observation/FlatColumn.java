package org.benchmarkresults.http.observation;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.StoredObservation;
import org.jspecify.annotations.Nullable;

/** The columns of a table of observations, in their order; each is a plain value. */
enum FlatColumn {
  RESULT_STAGE("result_stage", row -> row.result().stage().path()),
  RESULT_NAME("result_name", row -> row.result().resultName()),
  RESULT_VERSION("result_version", row -> row.result().version()),
  BENCHMARK_NAME("benchmark_name", row -> row.result().benchmarkName()),
  RUN_ID("run_id", row -> row.result().runId()),
  MODEL_ID("model_id", row -> row.result().modelId()),
  SOURCE("source", row -> row.result().source()),
  TASK("task", row -> observation(row).task()),
  METRIC("metric", row -> observation(row).metric()),
  VARIANT("variant", row -> observation(row).variant()),
  STATISTIC("statistic", row -> observation(row).statistic()),
  VALUE("value", row -> observation(row).value()),
  TEXT("text", row -> observation(row).text()),
  UNIT("unit", row -> observation(row).unit()),
  TEXT_UNIT("text_unit", row -> observation(row).textUnit()),
  HIGHER_IS_BETTER("higher_is_better", row -> observation(row).higherIsBetter()),
  RANGE_LOW("range_low", row -> range(row, Observation.Range::least)),
  RANGE_HIGH("range_high", row -> range(row, Observation.Range::most)),
  STDERR("stderr", row -> observation(row).stderr()),
  N("n", row -> observation(row).n()),
  INTERVAL_LOW("interval_low", row -> interval(row, Observation.Interval::low)),
  INTERVAL_HIGH("interval_high", row -> interval(row, Observation.Interval::high)),
  INTERVAL_LEVEL("interval_level", row -> interval(row, Observation.Interval::level)),
  PRIMARY("primary", row -> observation(row).primary()),
  POINTER("pointer", row -> observation(row).pointer()),
  MODEL("model", row -> row.resolved().model()),
  INSTANT("instant", row -> moment(row.resolved().instant())),
  SERIES("series", row -> row.resolved().series()),
  ADAPTER_NAME("adapter_name", StoredObservation::adapter),
  ADAPTER_VERSION("adapter_version", StoredObservation::adapterVersion),
  TOOL("tool", StoredObservation::tool),
  CROSS_CHECK("cross_check", StoredObservation::isCrossCheck),
  RECEIVED_AT("received_at", row -> moment(row.result().receivedAt())),
  FIRST_RECEIVED_AT("first_received_at", row -> moment(row.result().firstReceivedAt()));

  private static final Map<String, FlatColumn> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(FlatColumn::text, Function.identity()));

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<StoredObservation, @Nullable Object> value;

  FlatColumn(String text, Function<StoredObservation, @Nullable Object> value) {
    this.text = text;
    this.value = value;
  }

  String text() {
    return text;
  }

  /** A text, a number, a truth value, or null. */
  @Nullable Object of(StoredObservation row) {
    return value.apply(row);
  }

  static @Nullable FlatColumn named(String name) {
    return BY_NAME.get(name);
  }

  private static Observation observation(StoredObservation row) {
    return row.resolved().observation();
  }

  private static @Nullable Object range(
      StoredObservation row, Function<Observation.Range, @Nullable Double> end) {
    Observation.Range range = observation(row).range();
    return range == null ? null : end.apply(range);
  }

  private static @Nullable Object interval(
      StoredObservation row, Function<Observation.Interval, @Nullable Double> end) {
    Observation.Interval interval = observation(row).interval();
    return interval == null ? null : end.apply(interval);
  }

  private static @Nullable Object moment(@Nullable Instant moment) {
    return moment == null ? null : IsoTime.text(moment);
  }
}
