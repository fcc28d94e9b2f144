package org.benchmarkresults.http.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.benchmarkresults.http.body.EnvelopeReader;
import org.benchmarkresults.http.body.EnvelopeReader.Parsed;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The nesting limit of bodies; the body itself is the first level. */
class NestingTest {
  private static final int LIMIT = 7;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":#}",
        "{\"further\":#}",
        "{\"run_id\":#}",
        "{\"data\":{\"a\":1,\"b\":[[#]]}}",
        "{\"data\":{\"a\":[0,{\"b\":#}]}}",
        "[#]",
        "[[1],[[2]],#]",
      })
  void depthLimit(String body) {
    int around = levelsAround(body);

    Parsed deepest = cut(body.replace("#", nested(LIMIT - around)));

    assertEquals(body.charAt(0) == '{', deepest.isObject());
    assertTooDeep(body.replace("#", nested(LIMIT - around + 1)));
    assertTooDeep(body.replace("#", nested(100_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s]", "{\\\"a\\\":%s}", " [1,[2],%s ]"})
  void depthLimitOfStringifiedJson(String inside) {
    String deepest = inside.formatted(nested(LIMIT - 2));
    String tooDeep = inside.formatted(nested(LIMIT - 1));

    Parsed cut = cut("{\"data\":\"" + deepest + "\"}");

    assertEquals(deepest.replace("\\\"", "\""), cut.data().text());
    assertTooDeep("{\"data\":\"" + tooDeep + "\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"data\":[[],[],[],[],[],[],[],[],[],[]]}'",
    "'{\"data\":\"[[[[[[[[[[[[[\"}'",
    "'{\"data\":\"{{{{{{{{{{{\"}'",
    "'{\"data\":{\"[[[[[[[[[[[[\":\"]]{{{{{{{{\"}}'"
  })
  void bracketsInStringsDoNotCount(String body) {
    Parsed cut = cut(body);

    assertEquals(List.of(), cut.faults());
  }

  private static int levelsAround(String body) {
    int levels = 0;
    for (char unit : body.substring(0, body.indexOf('#')).toCharArray()) {
      levels += unit == '{' || unit == '[' ? 1 : unit == '}' || unit == ']' ? -1 : 0;
    }
    return levels;
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  private static void assertTooDeep(String body) {
    Problem problem = assertThrows(ProblemException.class, () -> cut(body)).problem();
    assertEquals(400, problem.status());
    assertEquals("nested-too-deep", problem.kind());
    assertEquals(LIMIT, problem.limit());
  }

  private static Parsed cut(String body) {
    return EnvelopeReader.parse(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), LIMIT);
  }
}
