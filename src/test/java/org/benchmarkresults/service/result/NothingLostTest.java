package org.benchmarkresults.service.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data comes back as the bytes that were sent. */
@OnDatabases
class NothingLostTest {
  @RegisterExtension final RunningService service;

  NothingLostTest(Backend backend) {
    service = RunningService.on(backend);
  }

  static Stream<String> finiteValues() {
    return Stream.of(
        "1.10",
        "1e400",
        "-1E-400",
        "-0.0",
        "0.1000000000000000055511151231257827021181583404541015625",
        "1234567890123456789",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "null",
        "true",
        "\"\"",
        "\"text\"",
        "[]",
        "{}",
        "{\"$oid\":\"5f\",\"$date\":1,\"$binary\":\"x\",\"$numberDouble\":\"NaN\"}",
        "{\"a.b\":1,\".\":2,\"\":3,\"a$b\":4,\"$\":5,\"_id\":6}",
        "{\"nul\":\"a\\u0000b\"}",
        "{\"a\\u0000b\":1,\"\\u0000\":2}",
        "{\"a\":1,\"a\":2,\"b\":{\"c\":1,\"c\":1}}",
        "{\"acc,none\":0.5,\"mmlu:anatomy|5\":\"N/A\"}",
        "\"\\ud83d\"",
        "{\"halves\":\"\\ude00\\ud83d\\ud83d\"}",
        "\"\\/ \\\" \\\\ \\b\\f\\n\\r\\t \\u00e9 \\uD83D\\uDE00\"",
        "\"한국어 中文 العربية \uD83E\uDD17 \u2028\u2029 \u007f\"",
        "{ \"spaced\" :\t[ 1 ,\r\n 2 ] , \"n\" : -0 }",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        "{\"text\":\"NaN Infinity -Infinity\",\"Infinity\":-1}");
  }

  @ParameterizedTest
  @MethodSource("finiteValues")
  void finiteDataComesBackAsItWasSent(String data) {
    String name = "finite " + data.hashCode();
    Answer saved = service.client().post("/raw_input", Bodies.withData(name, data));

    Answer alone = service.client().get(Bodies.path(name) + "/data");
    Answer detail = service.client().get(Bodies.path(name));

    assertEquals(200, saved.status(), saved::toString);
    assertEquals(Buffer.buffer(data), alone.body());
    assertEquals(data, dataIn(detail));
    assertFalse(detail.text().contains("\"non_finite\""), detail::toString);
  }

  static Stream<String[]> nonFiniteValues() {
    return Stream.of(
        new String[] {"NaN", "null", "1"},
        new String[] {"-Infinity", "null", "1"},
        new String[] {"[Infinity,-Infinity,NaN]", "[null,null,null]", "3"},
        new String[] {"[-1,-Infinity , -0.5,\"-Infinity\"]", "[-1,null , -0.5,\"-Infinity\"]", "1"},
        new String[] {
          "{\"NaN\":NaN,\"s\":\"\\\"NaN\\\\\",\"d\":[ NaN ]}",
          "{\"NaN\":null,\"s\":\"\\\"NaN\\\\\",\"d\":[ null ]}",
          "2"
        },
        new String[] {
          "{\"request_rate\":Infinity,\"mean\":1.10}", "{\"request_rate\":null,\"mean\":1.10}", "1"
        });
  }

  @ParameterizedTest
  @MethodSource("nonFiniteValues")
  void nonFiniteNumbersAreKeptAndAreNullInTheDetail(String data, String strict, String count) {
    String name = "non-finite " + data.hashCode();
    Answer saved = service.client().post("/raw_input", Bodies.withData(name, data));

    Answer alone = service.client().get(Bodies.path(name) + "/data");
    Answer detail = service.client().get(Bodies.path(name));

    assertEquals(200, saved.status(), saved::toString);
    assertEquals(Buffer.buffer(data), alone.body());
    assertEquals(strict, dataIn(detail));
    assertEquals(Integer.valueOf(count), detail.json().getInteger("non_finite"));
  }

  static Stream<String> structuresInStrings() {
    return Stream.of(
        "{}",
        "[1.10, NaN]",
        " \t\r\n{\"a\":\"\\u00e9\\n\",\"b\":[1e400]} \n",
        "{\"한국어\":\"\uD83E\uDD17\",\"nul\":\"\\u0000\",\"half\":\"\\ud83d\"}",
        "{\"a\":1,\"a\":2}");
  }

  @ParameterizedTest
  @MethodSource("structuresInStrings")
  void aStringHoldingAnObjectOrArrayIsThatObjectOrArray(String text) {
    String name = "in a string " + text.hashCode();
    Answer saved = service.client().post("/raw_input", Bodies.withData(name, Json.encode(text)));

    Answer alone = service.client().get(Bodies.path(name) + "/data");

    assertEquals(200, saved.status(), saved::toString);
    assertEquals(Buffer.buffer(text), alone.body());
  }

  @Test
  void escapesInAStringHoldingAnObjectAreRead() {
    String name = "escaped string";
    String data = "\"\\u007b\\\"a\\\":\\\"\\u00e9\\ud83d\\ude00\\/\\\"}\"";
    Answer saved = service.client().post("/raw_input", Bodies.withData(name, data));

    Answer alone = service.client().get(Bodies.path(name) + "/data");

    assertEquals(200, saved.status(), saved::toString);
    assertEquals("{\"a\":\"é\uD83D\uDE00/\"}", alone.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123",
        "\\\"text\\\"",
        "null",
        "NaN",
        "{",
        "{}{}",
        "{} x",
        "{\\\"a\\\":1,}",
        "[1",
        "]",
        " ",
        "{\\\"a\\\":\\\"\\ud83d\\\"}",
        "{\\\"half\\\":1}\\ud83d"
      })
  void anyOtherStringStaysAString(String inside) {
    String name = "other string " + inside.hashCode();
    String data = '"' + inside + '"';
    Answer saved = service.client().post("/raw_input", Bodies.withData(name, data));

    Answer alone = service.client().get(Bodies.path(name) + "/data");

    assertEquals(200, saved.status(), saved::toString);
    assertEquals(data, alone.text());
  }

  @Test
  void theDigestIsOfTheBytesThatComeBack() {
    String name = "digest";
    String data = "{ \"a\" : 1.10 }";
    JsonObject saved = service.client().post("/raw_input", Bodies.withData(name, data)).json();

    Answer alone = service.client().get(Bodies.path(name) + "/data");

    assertEquals(Sha256.of(alone.body()), saved.getString("digest"));
  }

  /** The text of the last member, {@code data}. */
  private static String dataIn(Answer detail) {
    String text = detail.text();
    String member = "\"data\":";
    return text.substring(text.indexOf(member) + member.length(), text.length() - 1);
  }
}
