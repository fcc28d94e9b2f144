package org.benchmarkresults.standardize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.benchmarkresults.metric.Dictionary;
import org.benchmarkresults.model.observation.Derivation;
import org.benchmarkresults.model.observation.NotUnderstood;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.Run;
import org.benchmarkresults.standardize.declared.DeclaredAdapter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each file of {@code src/test/resources/adapters/<tool>} is derived to what its {@code
 * .expected.json} says. {@code -Dadapters.write=true} writes what is derived where nothing is
 * expected yet; read it before it stays.
 */
class AdaptersTest {
  private static final Path FILES = Path.of("src/test/resources/adapters");
  private static final Path DECLARATIONS = Path.of("src/main/resources/adapters");
  private static final String EXPECTED = ".expected.json";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  @TestFactory
  Stream<DynamicTest> derivesWhatIsExpected() throws IOException {
    Deriver deriver = new Deriver(adapters());
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : files()) {
      String name = FILES.relativize(file).toString();
      tests.add(DynamicTest.dynamicTest(name, () -> check(deriver, file)));
    }
    assertFalse(tests.isEmpty());
    return tests.stream();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(FILES)) {
      return files
          .filter(file -> file.toString().matches(".*\\.jsonl?"))
          .filter(file -> !file.toString().endsWith(EXPECTED))
          .sorted()
          .toList();
    }
  }

  private static List<Adapter> adapters() throws IOException {
    Dictionary dictionary = Dictionary.builtIn();
    List<Adapter> adapters = new ArrayList<>();
    try (Stream<Path> files = Files.list(DECLARATIONS)) {
      for (Path file : files.sorted().toList()) {
        try (Reader reader = Files.newBufferedReader(file)) {
          adapters.addAll(DeclaredAdapter.read(file.getFileName().toString(), reader, dictionary));
        }
      }
    }
    adapters.addAll(JavaAdapters.all(dictionary));
    return adapters;
  }

  private static void check(Deriver deriver, Path file) throws IOException {
    Derivation derivation =
        deriver.derive(() -> new BufferedInputStream(Files.newInputStream(file)));
    pointersLeadToTheTexts(file, derivation);
    ObjectNode derived = json(derivation);
    Path expected = Path.of(file.toString().replaceFirst("\\.jsonl?$", "") + EXPECTED);
    if (Boolean.getBoolean("adapters.write") && !Files.exists(expected)) {
      Files.writeString(
          expected, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(derived) + "\n");
    }
    String wanted = MAPPER.readTree(Files.readString(expected)).toPrettyString();
    assertEquals(wanted, MAPPER.readTree(derived.toString()).toPrettyString());
  }

  private static void pointersLeadToTheTexts(Path file, Derivation derivation) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    String text = Files.readString(file);
    boolean several = file.toString().endsWith("l");
    for (String line : several ? text.split("\n") : new String[] {text}) {
      lines.add(MAPPER.readTree(line));
    }
    for (Observation observation : derivation.observations()) {
      String pointer = observation.pointer();
      int inside = several ? pointer.indexOf('/', 1) : 0;
      int line = several ? Integer.parseInt(pointer.substring(1, inside)) - 1 : 0;
      JsonNode found = lines.get(line).at(pointer.substring(inside));
      assertFalse(found.isMissingNode(), pointer);
      BigDecimal number = NumberText.read(observation.text());
      if (NumberText.read(found.asText()) == null) {
        assertTrue(found.asText().contains(observation.text()), pointer);
      } else {
        assertEquals(0, new BigDecimal(found.asText()).compareTo(number), pointer);
      }
    }
  }

  private static ObjectNode json(Derivation derivation) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("adapter", derivation.adapter());
    json.put("tool", derivation.tool());
    json.put("format", derivation.format());
    json.put("holds", derivation.holds());
    json.put("tool_version", derivation.toolVersion());
    ArrayNode runs = json.putArray("runs");
    for (Run run : derivation.runs()) {
      ObjectNode one = runs.addObject();
      one.put("pointer", run.pointer());
      one.put("model", run.model());
      one.put("time", run.time() == null ? null : run.time().text());
      ObjectNode dimensions = one.putObject("dimensions");
      run.dimensions().forEach(dimension -> dimensions.put(dimension.name(), dimension.text()));
    }
    ArrayNode observations = json.putArray("observations");
    derivation.observations().forEach(one -> observations.add(json(one)));
    ArrayNode notUnderstood = json.putArray("not_understood");
    for (NotUnderstood one : derivation.notUnderstood()) {
      notUnderstood.add(one.pointer() + " " + one.reason());
    }
    return json;
  }

  private static ObjectNode json(Observation observation) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("pointer", observation.pointer());
    json.put("text", observation.text());
    json.put("task", observation.task());
    json.put("metric", observation.metric());
    json.put("variant", observation.variant());
    json.put("statistic", observation.statistic());
    json.put("value", observation.value());
    json.put("unit", observation.unit());
    json.put("textUnit", observation.textUnit());
    json.put("higherIsBetter", observation.higherIsBetter());
    json.put("stderr", observation.stderr());
    json.put("n", observation.n());
    json.put("primary", observation.primary());
    return json;
  }
}
