package org.benchmarkresults.http.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Parameter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.benchmarkresults.http.body.NumberToken;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract says of an envelope, in words a sender can act on. */
class SchemasTest {
  private static Vertx vertx;
  private static Contract contract;
  private static Schemas envelope;

  @BeforeAll
  static void load() {
    vertx = Vertx.vertx();
    contract = Contract.load(vertx).await();
    envelope = contract.envelope();
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  @Test
  void theSmallestEnvelopeHasNoFault() {
    List<Fault> faults = envelope.faultsOf(smallest());

    assertEquals(List.of(), faults);
  }

  @Test
  void everyMemberMayBeThere() {
    JsonObject full =
        smallest()
            .put("run_id", "20260421_124425_17")
            .put("model_id", "Qwen/Qwen3-8B")
            .put("tokenizer_id", "")
            .put("source", "openai-completions");

    List<Fault> faults = envelope.faultsOf(full);

    assertEquals(List.of(), faults);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run_id", "model_id", "tokenizer_id", "source"})
  void whatIsNotRequiredMayBeNull(String name) {
    List<Fault> faults = envelope.faultsOf(smallest().putNull(name));

    assertEquals(List.of(), faults);
  }

  @ParameterizedTest
  @ValueSource(strings = {"benchmark_name", "timestamp", "data"})
  void aMissingMemberIsRequired(String name) {
    JsonObject without = smallest();
    without.remove(name);

    List<Fault> faults = envelope.faultsOf(without);

    assertEquals(List.of(new Fault("/" + name, "is required")), faults);
  }

  @Test
  void allFaultsAreNamedAtOnceAndEachOnce() {
    JsonObject wrong =
        new JsonObject()
            .put("run_id", new JsonArray())
            .put("timestamp", true)
            .put("source", new JsonObject())
            .put("model_id", new NumberToken("5"));

    Set<Fault> faults = envelope.faultsOf(wrong).stream().collect(Collectors.toSet());

    assertEquals(
        Set.of(
            new Fault("/benchmark_name", "is required"),
            new Fault("/data", "is required"),
            new Fault("/run_id", "must be string or null"),
            new Fault("/timestamp", "must be string"),
            new Fault("/source", "must be string or null"),
            new Fault("/model_id", "must be string or null")),
        faults);
    assertEquals(faults.size(), envelope.faultsOf(wrong).size());
  }

  @ParameterizedTest
  @CsvSource({
    "benchmark_name, must be string",
    "timestamp, must be string",
  })
  void aRequiredMemberIsNeverNull(String name, String sentence) {
    List<Fault> faults = envelope.faultsOf(smallest().putNull(name));

    assertEquals(List.of(new Fault("/" + name, sentence)), faults);
  }

  @ParameterizedTest
  @ValueSource(strings = {"benchmark_name", "timestamp"})
  void aRequiredTextIsNotEmpty(String name) {
    List<Fault> faults = envelope.faultsOf(smallest().put(name, ""));

    assertEquals(List.of(new Fault("/" + name, "must not be empty")), faults);
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
  void aTextHasALongestLengthInCharacters(String name, int longest) {
    List<Fault> fits = envelope.faultsOf(smallest().put(name, "😀".repeat(longest)));
    List<Fault> tooLong = envelope.faultsOf(smallest().put(name, "a".repeat(longest + 1)));

    assertEquals(List.of(), fits);
    assertEquals(
        List.of(new Fault("/" + name, "must be at most " + longest + " characters")), tooLong);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0000", "a\tb", "\na", "a\u007fb", "a\n", "a\r", "a\r\n", "\u001f", "a\u0000\n"})
  void aPartOfTheKeyHoldsNoControlCharacter(String text) {
    for (String name : List.of("run_id", "benchmark_name", "timestamp")) {
      List<Fault> faults = envelope.faultsOf(smallest().put(name, text));

      assertEquals(List.of(new Fault("/" + name, "must hold no control character")), faults);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a b", "a/b:c+d%e#f?g", "한😀", "\u0085", "\u2028", "-", "$oid.x"})
  void aPartOfTheKeyMayHoldAnythingElse(String text) {
    JsonObject sent =
        smallest().put("run_id", text).put("benchmark_name", text).put("timestamp", text);

    List<Fault> faults = envelope.faultsOf(sent);

    assertEquals(List.of(), faults);
  }

  @Test
  void aParameterThatIsWrongIsToldWhy() {
    Schemas version = parameter("findRawInput", "version");
    Schemas requestId = parameter("health", "X-Request-Id");
    Schemas asset = parameter("docsAsset", "asset");

    assertEquals("must be at least 1", version.faultOf(0));
    assertEquals("must be at most 2147483647", version.faultOf(2_147_483_648L));
    assertEquals("must be at most 128 characters", requestId.faultOf("x".repeat(129)));
    assertEquals("must match ^[A-Za-z0-9._:-]+$", requestId.faultOf("not an id"));
    assertEquals("must match ^[A-Za-z0-9._:-]+$", requestId.faultOf("id\n"));
    assertTrue(asset.faultOf("other.css").startsWith("must be one of ["));
  }

  @Test
  void aParameterThatIsRightHasNoFault() {
    Schemas version = parameter("findRawInput", "version");
    Schemas requestId = parameter("health", "X-Request-Id");

    assertNull(version.faultOf(1));
    assertNull(version.faultOf(Integer.MAX_VALUE));
    assertNull(requestId.faultOf("20260421_124425:17.a-b"));
  }

  private static Schemas parameter(String operationId, String name) {
    Parameter declared =
        contract.openApi().operation(operationId).getParameters().stream()
            .filter(parameter -> parameter.getName().equals(name))
            .findFirst()
            .orElseThrow();
    return new Schemas(contract.schemas(), declared.getSchema());
  }

  /** Data stands in for itself as true, as the reader leaves it. */
  private static JsonObject smallest() {
    return new JsonObject().put("benchmark_name", "b").put("timestamp", "t").put("data", true);
  }
}
