package org.benchmarkresults.http.body;

import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;

/**
 * Limits names and numbers to 4 MiB, since the JSON parser holds them in memory at twice their
 * length. Strings are skipped and may be of any length.
 */
final class TokenLimits {
  static final int MAX_BYTES = 4 << 20;

  private TokenLimits() {}

  /**
   * Checks bodies longer than the limit, in linear time.
   *
   * @throws ProblemException 400 with the offset of the token
   */
  static void require(byte[] bytes, int start, int end) {
    if (end - start <= MAX_BYTES) {
      return;
    }
    int at = start;
    while (at < end) {
      int from = at;
      if (bytes[at] == '"') {
        at = JsonText.stringEnd(bytes, at, end);
        require(at - from <= MAX_BYTES || !isName(bytes, at, end), from, "the name of a member");
      } else {
        while (at < end && isPartOfNumber(bytes[at])) {
          at++;
        }
        require(at - from <= MAX_BYTES, from, "a number");
        at += at == from ? 1 : 0;
      }
    }
  }

  private static boolean isName(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
    return at < end && bytes[at] == ':';
  }

  private static boolean isPartOfNumber(byte octet) {
    return (octet >= '0' && octet <= '9')
        || octet == '.'
        || octet == '-'
        || octet == '+'
        || octet == 'e'
        || octet == 'E';
  }

  private static void require(boolean isWithin, int offset, String token) {
    if (!isWithin) {
      throw new ProblemException(Problem.brokenJson(offset, token + " is longer than 4 MiB"));
    }
  }
}
