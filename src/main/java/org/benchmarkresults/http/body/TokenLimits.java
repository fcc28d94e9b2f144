package org.benchmarkresults.http.body;

import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;

/**
 * Refuses what the JSON parser would hold in memory at twice its length and no tool writes: names
 * and numbers of megabytes. Strings may be of any length, since they are skipped.
 */
final class TokenLimits {
  static final int MOST_BYTES = 4 << 20;

  private TokenLimits() {}

  /**
   * Looks at bodies that are long enough for one; linear in their length.
   *
   * @throws ProblemException 400 with the offset of the token
   */
  static void refuse(byte[] bytes, int start, int end) {
    if (end - start <= MOST_BYTES) {
      return;
    }
    int at = start;
    while (at < end) {
      int from = at;
      if (bytes[at] == '"') {
        at = JsonText.stringEnd(bytes, at, end);
        require(at - from <= MOST_BYTES || !isName(bytes, at, end), from, "the name of a member");
      } else {
        while (at < end && isPartOfNumber(bytes[at])) {
          at++;
        }
        require(at - from <= MOST_BYTES, from, "a number");
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

  private static boolean isPartOfNumber(byte unit) {
    return (unit >= '0' && unit <= '9')
        || unit == '.'
        || unit == '-'
        || unit == '+'
        || unit == 'e'
        || unit == 'E';
  }

  private static void require(boolean holds, int offset, String what) {
    if (!holds) {
      throw new ProblemException(Problem.brokenJson(offset, what + " is longer than 4 MiB"));
    }
  }
}
