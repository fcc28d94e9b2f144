package org.benchmarkresults.http.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.benchmarkresults.http.body.EnvelopeReader.Parsed;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing a body into envelope and data. */
class EnvelopeReaderTest {
  private static final int DEPTH_LIMIT = 512;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":#,\"benchmark_name\":\"b\",\"timestamp\":\"t\"}",
        "{\"benchmark_name\":\"b\",\"data\":#,\"timestamp\":\"t\"}",
        "{\"benchmark_name\":\"b\",\"timestamp\":\"t\",\"data\":#}",
        " \r\n{ \"benchmark_name\" : \"b\" ,\t\"timestamp\" : \"t\", \"data\" : # } \n",
        "{\"benchmark_name\":\"b\",\"timestamp\":\"t\",\"d\\u0061ta\":#}",
      })
  void dataAtAnyPosition(String body) {
    String data = "{ \"a\" : [1.10, 1e400, \"é\" ] }";

    Parsed cut = cut(body.replace("#", data));

    assertEquals(data, cut.data().text());
    assertEquals(Digest.of(bytes(data)), cut.digest());
    assertEquals(
        new JsonObject().put("benchmark_name", "b").put("timestamp", "t").put("data", true),
        cut.head());
    assertEquals(List.of(), cut.extra());
    assertEquals(List.of(), cut.faults());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-0.0",
        "1.10",
        "1e400",
        "-1E-400",
        "12345678901234567890123",
        "\"\"",
        "\"text\"",
        "\"\\ud800\"",
        "\"5\"",
        "{}",
        "[]",
        "[ ]",
        "{\"\":{\"\":0,\"\":1}}",
        "{\"$oid\":\"x\",\"a.b\":1,\"\\u0000\":\"\\u0000\"}",
        "[[[]],{}]",
        "\"한😀\""
      })
  void dataOfAnyType(String data) {
    Parsed cut = cut("{\"data\":" + data + "}");

    assertEquals(data, cut.data().text());
    assertEquals(0, cut.data().nonFinite());
  }

  @Test
  void longNumbersAreKept() {
    String number =
        "-1" + "0".repeat(100_000) + "." + "9".repeat(100_000) + "e" + "8".repeat(5_000);

    Parsed cut = cut("{\"data\":[" + number + "],\"n\":" + number + "}");

    assertEquals("[" + number + "]", cut.data().text());
    assertEquals(number, cut.extra().get(0).value().text());
  }

  @Test
  void nonFiniteLiteralsAreCounted() {
    Parsed cut = cut("{\"data\":[NaN,{\"a\":-Infinity,\"NaN\":\"NaN\"},Infinity]}");

    assertEquals(3, cut.data().nonFinite());
  }

  @Test
  void nonFiniteLiteralAsData() {
    Parsed cut = cut("{\"data\":-Infinity}");

    assertEquals("-Infinity", cut.data().text());
    assertEquals(1, cut.data().nonFinite());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run_id", "benchmark_name", "timestamp", "model_id", "tokenizer_id", "source"})
  void nonFiniteLiteralInTheEnvelopeIsAFault(String name) {
    Parsed cut = cut("{\"data\":1,\"" + name + "\":-Infinity}");

    assertEquals(
        List.of(
            new Problem.Fault(
                "/" + name, "must not be -Infinity, which is allowed inside data only")),
        cut.faults());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"Qwen\\/Qwen3\\u00e9\"', java.lang.String",
    "true, java.lang.Boolean",
    "false, java.lang.Boolean",
    "'{\"a\":[1]}', io.vertx.core.json.JsonObject",
    "'[{\"a\":1}]', io.vertx.core.json.JsonArray",
    "1.50, org.benchmarkresults.http.body.NumberToken",
  })
  void memberTypesForTheSchema(String value, Class<?> type) {
    Parsed cut = cut("{\"model_id\":" + value + "}");

    assertEquals(type, cut.head().getValue("model_id").getClass());
    assertEquals(List.of(), cut.extra());
  }

  @Test
  void memberTextIsUnescaped() {
    Parsed cut = cut("{\"model_id\":\"Qwen\\/Qwen3\\u00e9\\ud83d\\ude00\\u0000\"}");

    assertEquals("Qwen/Qwen3é😀\u0000", cut.head().getString("model_id"));
  }

  @Test
  void nullMemberIsPresent() {
    Parsed cut = cut("{\"model_id\":null}");

    assertTrue(cut.head().containsKey("model_id"));
    assertNull(cut.head().getValue("model_id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1776775525.39104", "1776775525", "1.50", "-0", "1E5", "1776775525.390"})
  void numericTimestampKeepsItsText(String number) {
    Parsed cut = cut("{\"timestamp\":" + number + " }");

    assertEquals(number, cut.head().getValue("timestamp").toString());
  }

  @Test
  void numericTimestampIsLimited() {
    Parsed fits = cut("{\"timestamp\":" + "1".repeat(128) + "}");
    Parsed tooLong = cut("{\"timestamp\":" + "1".repeat(129) + "}");

    assertEquals(List.of(), fits.faults());
    assertEquals(
        List.of(new Problem.Fault("/timestamp", "must be at most 128 characters")),
        tooLong.faults());
  }

  @Test
  void unpairedSurrogateInTheEnvelopeIsAFault() {
    Parsed cut = cut("{\"source\":\"a\\udc00\",\"run_id\":\"\\ud83d\\ude00\"}");

    assertEquals(
        List.of(new Problem.Fault("/source", "contains an unpaired surrogate")), cut.faults());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{\"data\":1}]", "\"{}\"", "5", "null", "true", "NaN", " 1.5 "})
  void nonObjectBodyIsAFault(String body) {
    Parsed cut = cut(body);

    assertFalse(cut.isObject());
    assertEquals(List.of(new Problem.Fault("", "must be a JSON object")), cut.faults());
    assertNull(cut.data());
  }

  @Test
  void emptyObject() {
    Parsed cut = cut("{}");

    assertTrue(cut.isObject());
    assertEquals(new JsonObject(), cut.head());
    assertNull(cut.data());
    assertNull(cut.digest());
  }

  @Test
  void byteOrderMarkIsSkipped() {
    Parsed cut = cut("\ufeff{\"z\":[1.0],\"data\":{\"a\":\"é\"},\"run_id\":\"r\"}");

    assertEquals("{\"a\":\"é\"}", cut.data().text());
    assertEquals(List.of(new ExtraField("z", RawJson.of("[1.0]"))), cut.extra());
    assertEquals("r", cut.head().getString("run_id"));
  }

  @Test
  void bodyShorterThanItsArray() {
    byte[] array = "{\"data\":[1]} and old bytes".getBytes(StandardCharsets.UTF_8);
    ByteBuffer body = ByteBuffer.wrap(array, 0, "{\"data\":[1]}".length());

    Parsed cut = EnvelopeReader.parse(body, DEPTH_LIMIT);

    assertEquals("[1]", cut.data().text());
  }

  @Test
  void structuredMembersAreReplacedByEmptyOnes() {
    Parsed cut = cut("{\"source\":{\"deep\":[1,2]},\"run_id\":[[1]]}");

    assertEquals(new JsonObject(), cut.head().getJsonObject("source"));
    assertEquals(new JsonArray(), cut.head().getJsonArray("run_id"));
  }

  private static Parsed cut(String body) {
    return EnvelopeReader.parse(bytes(body), DEPTH_LIMIT);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
