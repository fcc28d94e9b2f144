package org.benchmarkresults.standardize.declared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.benchmarkresults.metric.Dictionary;
import org.benchmarkresults.model.observation.Derivation;
import org.benchmarkresults.model.observation.NotUnderstood;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.standardize.Adapter;
import org.benchmarkresults.standardize.Deriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Declarations and files that would take more time or memory than there is. */
class HostileInputTest {
  private static final String DECLARATION =
      """
      adapter: own
      version: 1
      tool: own
      format: own
      recognise: {has: ["/scores"]}
      observations:
        - {at: "/scores/%s/v", task: "{task}", metric: v}
      """;

  @Test
  void patternsThatTakeTooLongAreEnded() {
    String slow = "{task:(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)!}";
    String file = "{\"scores\":{\"" + "a".repeat(400) + "\":{\"v\":1}}}";

    assertThrows(SlowPatternException.class, () -> derive(slow, file));
  }

  @Test
  void observationsOfVeryLongNamesAreBounded() throws IOException {
    StringBuilder file = new StringBuilder("{\"scores\":{\"" + "a".repeat(1 << 20) + "\":{");
    for (int i = 0; i < 100; i++) {
      file.append("\"m").append(i).append("\":{\"v\":1},");
    }
    file.append("\"v\":1}}}");

    Derivation derived = derive("{task}/{other}", file.toString());

    assertTrue(derived.observations().size() < 20, () -> "" + derived.observations().size());
    assertEquals(
        List.of(
            new NotUnderstood(
                "",
                "the file holds more than 50000 values, or very long names; the rest is left out")),
        derived.notUnderstood());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\nb", "a\\u2028b", "", "ü😀"})
  void namesOfAnyCharactersAreTaken(String name) throws IOException {
    Derivation derived = derive("{task}", "{\"scores\":{\"" + name + "\":{\"v\":1}}}");

    assertEquals(List.of(1.0), derived.observations().stream().map(Observation::value).toList());
  }

  @Test
  void severalSegmentsOfAnyDepthAreRefused() {
    DeclarationException refused =
        assertThrows(DeclarationException.class, () -> adapters("**/a/**"));

    assertTrue(refused.getMessage().endsWith("has more than one '**'"), refused::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing", "\u0000a", "a: &a [*a, *a]"})
  void whatIsNoDeclarationIsRefusedWithItsFile(String yaml) {
    DeclarationException refused = assertThrows(DeclarationException.class, () -> read(yaml));

    assertTrue(refused.getMessage().startsWith("own.yaml:"), refused::getMessage);
  }

  private static Derivation derive(String path, String file) throws IOException {
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    return new Deriver(adapters(path)).derive(() -> new ByteArrayInputStream(bytes));
  }

  private static List<Adapter> adapters(String path) {
    return List.copyOf(read(DECLARATION.formatted(path)));
  }

  private static List<? extends Adapter> read(String yaml) {
    return DeclaredAdapter.read("own.yaml", new StringReader(yaml), Dictionary.builtIn());
  }
}
