package org.benchmarkresults.http.body;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.model.text.Blank;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Compares the checks with the schema ResultToSave of openapi.yaml. */
class EnvelopeCheckTest {
  private static final Set<String> CHECKED = Set.of("type", "minLength", "maxLength", "pattern");
  private static final Set<String> DOCUMENTATION =
      Set.of("description", "example", "x-pattern-message");

  private static JsonObject schema;
  private static Map<String, Validator> validators;

  @BeforeAll
  static void readContract() throws IOException {
    Map<String, Object> contract = new Yaml().load(Files.readString(Path.of("openapi.yaml")));
    schema =
        new JsonObject(new JsonObject(contract).encode())
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject("ResultToSave");
    JsonSchemaOptions options =
        new JsonSchemaOptions()
            .setBaseUri("app://test/")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Flag);
    validators =
        names().stream()
            .collect(
                toMap(
                    name -> name,
                    name -> Validator.create(JsonSchema.of(withJavaPattern(name)), options)));
  }

  private static Set<String> names() {
    return schema.getJsonObject("properties").fieldNames();
  }

  private static JsonObject property(String name) {
    return schema.getJsonObject("properties").getJsonObject(name);
  }

  /** In Java a line end may stand behind what {@code $} ends; in JSON Schema it may not. */
  private static JsonObject withJavaPattern(String name) {
    JsonObject copy = property(name).copy();
    String pattern = copy.getString("pattern");
    return pattern == null ? copy : copy.put("pattern", pattern.replaceFirst("\\$$", "\\\\z"));
  }

  /** Data stands in for itself as true, as the reader leaves it. */
  private static JsonObject smallest() {
    return new JsonObject().put("benchmark_name", "b").put("timestamp", "t").put("data", true);
  }

  private static Set<String> pointers(List<Fault> faults) {
    Set<String> pointers = faults.stream().map(Fault::pointer).collect(toSet());
    assertEquals(faults.size(), pointers.size(), faults::toString);
    return pointers;
  }

  private static Set<String> expected(JsonObject envelope) {
    return names().stream()
        .filter(name -> !accepts(name, envelope))
        .map(name -> "/" + name)
        .collect(toSet());
  }

  /**
   * The contract in JSON Schema, and its one rule in prose: what must not be empty must not be
   * blank.
   */
  private static boolean accepts(String name, JsonObject envelope) {
    boolean isRequired = schema.getJsonArray("required").contains(name);
    if (!envelope.containsKey(name)) {
      return !isRequired;
    }
    Object value = envelope.getValue(name);
    return validators.get(name).validate(value).getValid()
        && !(property(name).containsKey("minLength")
            && value instanceof String text
            && Blank.is(text));
  }

  /** A keyword that is added to the contract must be added to the checks and this test. */
  @Test
  void theContractSaysNothingElse() {
    assertEquals(Set.of("type", "description", "required", "properties"), schema.fieldNames());
    for (String name : names()) {
      Set<String> unknown =
          property(name).fieldNames().stream()
              .filter(keyword -> !CHECKED.contains(keyword) && !DOCUMENTATION.contains(keyword))
              .collect(toSet());
      assertEquals(Set.of(), unknown, name);
    }
  }

  /** Values at and beyond each limit that the contract states, for one member at a time. */
  @Test
  void agreesOnCounterexamplesOfEachKeyword() {
    int refused = 0;
    for (String name : names()) {
      for (Object value : values(property(name))) {
        JsonObject envelope = smallest().put(name, value);
        Set<String> expected = expected(envelope);
        assertEquals(expected, pointers(EnvelopeCheck.faults(envelope)), () -> name + ": " + value);
        refused += expected.size();
      }
    }
    assertTrue(refused > 100, "only " + refused);
  }

  @Test
  void agreesOnRandomEnvelopes() {
    Random random = new Random(11);
    Map<String, List<Object>> values =
        names().stream().collect(toMap(name -> name, name -> values(property(name))));
    for (int round = 0; round < 3_000; round++) {
      JsonObject envelope = new JsonObject();
      for (String name : names()) {
        List<Object> all = values.get(name);
        int choice = random.nextInt(all.size() + 3);
        if (choice < all.size()) {
          envelope.put(name, all.get(choice));
        } else if (choice == all.size()) {
          envelope.put(name, "x");
        }
      }
      assertEquals(expected(envelope), pointers(EnvelopeCheck.faults(envelope)), envelope::encode);
    }
  }

  private static List<Object> values(JsonObject property) {
    List<Object> values = new ArrayList<>();
    values.addAll(Arrays.asList(null, true, 7, 1.5, new JsonArray(), new JsonObject(), "", "a"));
    values.addAll(List.of(" ", "\u200b", "a b", "a/b:c+d%e#f?g", "한😀", "a\n", "a\r\n", "\na"));
    for (int unit = 0; unit < 0xa1; unit++) {
      values.add("a" + (char) unit + "b");
      values.add("a" + (char) unit);
    }
    for (String keyword : List.of("minLength", "maxLength")) {
      int limit = property.getInteger(keyword, 0);
      for (int length = Math.max(0, limit - 1); length <= limit + 1; length++) {
        values.add("a".repeat(length));
        values.add("😀".repeat(length));
      }
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "run_id, 512",
    "benchmark_name, 512",
    "timestamp, 128",
    "model_id, 4096",
    "tokenizer_id, 4096",
    "source, 4096",
  })
  void limitsTheLength(String name, int longest) {
    assertEquals(List.of(), EnvelopeCheck.faults(smallest().put(name, "😀".repeat(longest))));
    assertEquals(
        List.of(new Fault("/" + name, "must be at most " + longest + " characters")),
        EnvelopeCheck.faults(smallest().put(name, "a".repeat(longest + 1))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"benchmark_name", "timestamp"})
  void namesTheFaultOfARequiredText(String name) {
    JsonObject without = smallest();
    without.remove(name);

    assertEquals("is required", onlyFault(without));
    assertEquals("must be string", onlyFault(smallest().putNull(name)));
    assertEquals("must not be empty", onlyFault(smallest().put(name, "")));
    assertEquals("must not consist of blanks alone", onlyFault(smallest().put(name, " \u3000")));
    assertEquals("must not contain control characters", onlyFault(smallest().put(name, "a\tb")));
  }

  private static String onlyFault(JsonObject envelope) {
    List<Fault> faults = EnvelopeCheck.faults(envelope);
    assertEquals(1, faults.size(), faults::toString);
    return faults.get(0).detail();
  }

  @Test
  void namesAllFaultsAtOnce() {
    JsonObject wrong =
        new JsonObject()
            .put("run_id", new JsonArray())
            .put("timestamp", true)
            .put("source", new JsonObject())
            .put("model_id", new NumberToken("5"));

    assertEquals(
        List.of(
            new Fault("/benchmark_name", "is required"),
            new Fault("/timestamp", "must be string"),
            new Fault("/run_id", "must be string or null"),
            new Fault("/model_id", "must be string or null"),
            new Fault("/source", "must be string or null"),
            new Fault("/data", "is required")),
        EnvelopeCheck.faults(wrong));
  }
}
