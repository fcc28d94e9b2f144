package org.benchmarkresults.http.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the concurrent requests of each subject. An entry lasts as long as there is such a
 * request, however long that is. Thread-safe.
 */
final class ConcurrentRequests {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final int most;

  /**
   * @param most requests of one subject at once
   */
  ConcurrentRequests(int most) {
    this.most = most;
  }

  /** Counts a request, unless there are as many as there may be; tells whether it did. */
  boolean begin(String subject) {
    boolean[] begun = new boolean[1];
    int unused =
        counts.compute(
            subject,
            (id, count) -> {
              int before = count == null ? 0 : count;
              begun[0] = before < most;
              return begun[0] ? before + 1 : before;
            });
    return begun[0];
  }

  /** Counts the end of a request that was begun. */
  void end(String subject) {
    Integer unused = counts.computeIfPresent(subject, (id, count) -> count == 1 ? null : count - 1);
  }

  /** The number of subjects with concurrent requests. */
  int subjects() {
    return counts.size();
  }
}
