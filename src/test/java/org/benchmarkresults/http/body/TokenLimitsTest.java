package org.benchmarkresults.http.body;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.benchmarkresults.http.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and numbers of several megabytes. */
class TokenLimitsTest {
  private static final String DIGITS = "1".repeat(TokenLimits.MAX_BYTES + 1);

  private static void require(String body) {
    byte[] bytes = body.formatted(DIGITS).getBytes(StandardCharsets.UTF_8);
    TokenLimits.require(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"data\":%s}", "[0,-%s.5]", "%s", "{\"data\":{\"%s\" : 1}}", "{\"a\\\"%s\":0"})
  void longNamesAndNumbersAreRefused(String body) {
    ProblemException failure = assertThrows(ProblemException.class, () -> require(body));

    assertTrue(failure.problem().detail().contains("4 MiB"), failure.problem()::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":\"%s\"}",
        "{\"data\":\"{\\\"a\\\":%s}\"}",
        "[\"%s\", 1]",
        "{\"data\":\"%s",
        "\"\\%s"
      })
  void longStringsAreAccepted(String body) {
    assertDoesNotThrow(() -> require(body));
  }
}
