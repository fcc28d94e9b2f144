package org.benchmarkresults.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {
  private static final Series SERIES = new Series(Dictionary.builtIn(), DimensionRoles.builtIn());

  @Test
  void aSeriesHasTwelveHexDigits() {
    assertTrue(series("exact_match").matches("s_[0-9a-f]{12}"));
  }

  @ParameterizedTest
  @CsvSource({"5.0", "5", "5e0", "5.00", " 5"})
  void numbersOfOneValueAreOneCondition(String text) {
    assertEquals(series("exact_match", "few_shot", "5"), series("exact_match", "few_shot", text));
  }

  @Test
  void spellingsOfInfinityAreOneCondition() {
    assertEquals(series("ttft", "request_rate", "inf"), series("ttft", "request_rate", "Infinity"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "engine_version",
        "code",
        "driver",
        "revision",
        "image",
        "seed",
        "id",
        "labels.nightly",
        "client_version"
      })
  void whatIsMeantToChangeSplitsNoSeries(String dimension) {
    assertEquals(series("ttft"), series("ttft", dimension, "1"));
    assertEquals(series("exact_match"), series("exact_match", dimension, "1"));
  }

  @ParameterizedTest
  @CsvSource({
    "exact_match, few_shot",
    "exact_match, task_version",
    "exact_match, dtype",
    "ttft, concurrency",
    "ttft, request_rate",
    "ttft, hardware",
    "ttft, tp",
    "time, parameter_size",
    "time, cpu"
  })
  void conditionsSplitSeries(String metric, String dimension) {
    assertNotEquals(series(metric), series(metric, dimension, "1"));
    assertNotEquals(series(metric, dimension, "1"), series(metric, dimension, "2"));
  }

  @Test
  void theLoadOfAServerIsNoConditionOfQuality() {
    assertEquals(series("exact_match"), series("exact_match", "concurrency", "64"));
  }

  @Test
  void anUnknownMetricHasTheConditionsOfAllFamilies() {
    assertNotEquals(series("own_metric"), series("own_metric", "few_shot", "5"));
    assertNotEquals(series("own_metric"), series("own_metric", "concurrency", "64"));
  }

  @Test
  void theOrderOfDimensionsMeansNothing() {
    Dimension rate = new Dimension("request_rate", "8", true);
    Dimension prompts = new Dimension("num_prompts", "100", true);

    assertEquals(
        SERIES.of("vllm", "m", observation("ttft"), List.of(rate, prompts)),
        SERIES.of("vllm", "m", observation("ttft"), List.of(prompts, rate)));
  }

  private static String series(String metric) {
    return SERIES.of("a tool", "m", observation(metric), List.of());
  }

  private static String series(String metric, String dimension, String text) {
    return SERIES.of(
        "a tool", "m", observation(metric), List.of(new Dimension(dimension, text, false)));
  }

  private static Observation observation(String metric) {
    return new Observation(
        "/a", 0, "task", metric, null, "mean", 1, "1", null, null, null, null, null, null, null,
        true, List.of());
  }
}
