package org.benchmarkresults.standardize.verticle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.benchmarkresults.model.observation.DerivedObservations;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.benchmarkresults.standardize.catalog.CatalogFiles;
import org.benchmarkresults.standardize.resolve.Told;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two forms of a run, as the clients of the replaced platform send them. */
class RawSeriesTest {
  private static final Path FILES = Path.of("src/test/resources/series");

  private static Reading reading;

  private final RawSeries rawSeries = new RawSeries();

  @BeforeAll
  static void readCatalog() throws IOException {
    reading = new Reading(CatalogFiles.read("", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vllm", "lm-eval"})
  void bothFormsAreOfOneSeries(String tool) throws IOException {
    DerivedObservations raw = read(tool + "-raw.json");
    DerivedObservations standardized = read(tool + "-standardized.json");

    rawSeries.remember("a", raw);

    assertEquals(series(raw), series(rawSeries.applied("a", standardized)));
    assertTrue(raw.observations().size() >= 4);
  }

  @Test
  void aFormThatTellsAllConditionsNeedsNoRawInput() throws IOException {
    assertEquals(series(read("vllm-raw.json")), series(read("vllm-standardized.json")));
    assertNotEquals(series(read("lm-eval-raw.json")), series(read("lm-eval-standardized.json")));
  }

  @Test
  void theSeriesOfOtherResultsAreNotTaken() throws IOException {
    DerivedObservations standardized = read("lm-eval-standardized.json");

    rawSeries.remember("a", read("lm-eval-raw.json"));

    assertEquals(series(standardized), series(rawSeries.applied("b", standardized)));
  }

  @Test
  void manyResultsAreForgotten() throws IOException {
    DerivedObservations raw = read("vllm-raw.json");
    for (int i = 0; i < 5_000; i++) {
      rawSeries.remember("result " + i, raw);
    }

    assertTrue(rawSeries.remembers("result 4999"));
    assertEquals(false, rawSeries.remembers("result 0"));
  }

  private static DerivedObservations read(String file) throws IOException {
    Path path = FILES.resolve(file);
    Reading.Outcome outcome =
        reading.read(() -> Files.newInputStream(path), new Told(null, null, null), file);
    assertEquals(null, outcome.reason());
    return outcome.observations();
  }

  private static Map<String, String> series(DerivedObservations derived) {
    Map<String, String> series = new TreeMap<>();
    for (ResolvedObservation resolved : derived.observations()) {
      Observation one = resolved.observation();
      series.put(
          String.join(" ", "" + one.task(), one.metric(), "" + one.variant(), one.statistic()),
          resolved.series());
    }
    return series;
  }
}
