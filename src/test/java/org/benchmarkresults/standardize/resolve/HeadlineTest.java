package org.benchmarkresults.standardize.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadlineTest {
  @Test
  void itNamesTaskMetricStatisticAndUnit() {
    assertEquals(
        "gsm8k exact_match 0.786 · ttft median 23.4 ms · output_throughput 2091 tok/s",
        Headline.of(
            List.of(
                observation("gsm8k", "exact_match", "mean", 0.7862016679302501, "1", true),
                observation("gsm8k", "other", "mean", 1, "1", false),
                observation(null, "ttft", "median", 23.4321, "ms", true),
                observation(null, "output_throughput", "value", 2091.2, "{token}/s", true))));
  }

  @Test
  void itIsShortAndCountsTheRest() {
    List<Observation> many = new ArrayList<>();
    for (int i = 0; i < 57; i++) {
      many.add(observation("mmlu_high_school_subject_" + i, "acc", "mean", 0.5, "1", true));
    }

    String headline = String.valueOf(Headline.of(many));

    assertTrue(headline.length() <= 120, headline);
    assertTrue(headline.endsWith(" · 55 more"), headline);
  }

  @Test
  void aLongNameIsShortened() {
    String headline =
        String.valueOf(
            Headline.of(
                List.of(observation("t".repeat(500), "m".repeat(500), "p99", 1, "s", true))));

    assertTrue(headline.length() <= 125, headline);
  }

  @Test
  void thereIsNoneWithoutPrimaryObservations() {
    assertNull(Headline.of(List.of(observation("a", "b", "mean", 1, "1", false))));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.7862, 0.786",
    "-0.5, -0.5",
    "23.45, 23.4",
    "999.96, 1000",
    "1234.5, 1234",
    "123456, 123500",
    "2628984.66, 2.63e6",
    "0.00001234, 1.23e-5",
    "1e-300, 1e-300",
    "85, 85"
  })
  void numbersHaveThreeOrFourDigits(double value, String text) {
    assertEquals(text, Headline.number(value));
  }

  private static Observation observation(
      @Nullable String task,
      String metric,
      String statistic,
      double value,
      String unit,
      boolean primary) {
    return new Observation(
        "/a",
        0,
        task,
        metric,
        null,
        statistic,
        value,
        "" + value,
        unit,
        null,
        null,
        null,
        null,
        null,
        null,
        primary,
        List.of());
  }
}
