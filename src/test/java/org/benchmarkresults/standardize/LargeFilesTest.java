package org.benchmarkresults.standardize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.benchmarkresults.metric.Dictionary;
import org.benchmarkresults.model.observation.Derivation;
import org.benchmarkresults.standardize.declared.DeclaredAdapter;
import org.junit.jupiter.api.Test;

/** Files of which the samples are many times the results. */
class LargeFilesTest {
  private static final Path INSPECT = Path.of("src/main/resources/adapters/inspect.yaml");

  /** A log of an agent has hundreds of samples of hundreds of events, before its results. */
  @Test
  void manyEventsDoNotHideTheResults() throws IOException {
    String event =
        "{\"event\":\"model\",\"a\":{\"x\":1},\"b\":{\"x\":1},\"c\":{\"x\":1},\"d\":{\"x\":1}}";
    String events = "[" + (event + ",").repeat(279) + event + "]";
    String sample = "{\"id\":1,\"events\":" + events + "}";
    String log =
        "{\"version\":2,\"status\":\"success\",\"eval\":{\"task\":\"t\",\"model\":\"m\"},\"samples\":["
            + (sample + ",").repeat(279)
            + sample
            + "],\"results\":{\"completed_samples\":280,\"scores\":[{\"scorer\":\"match\",\"metrics\":"
            + "{\"accuracy\":{\"value\":0.50}}}]}}";
    byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
    try (Reader declaration = Files.newBufferedReader(INSPECT)) {
      Deriver deriver =
          new Deriver(DeclaredAdapter.read("inspect.yaml", declaration, Dictionary.builtIn()));
      Derivation derivation = deriver.derive(() -> new ByteArrayInputStream(bytes));
      assertEquals("0.50", derivation.observations().getFirst().text());
      assertEquals(280, derivation.observations().getFirst().n());
    }
  }
}
