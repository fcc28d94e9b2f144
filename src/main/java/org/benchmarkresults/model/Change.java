package org.benchmarkresults.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit trail: who did what to which result, and when.
 *
 * @param version of the result; null where the action has none
 * @param caller who it was, such as {@code key:7m2k…} or {@code jwt:somebody}
 * @param address where the request came from
 * @param requestId as the answer and the log have it
 */
public record Change(
    Instant at,
    Action action,
    Stage stage,
    String resultName,
    @Nullable Integer version,
    String caller,
    String address,
    String requestId) {
  /** What was done. */
  public enum Action {
    STORED("stored"),
    /** The same was sent again. */
    ALREADY_STORED("already_stored"),
    NEW_VERSION("new_version"),
    DELETED("deleted"),
    RESTORED("restored"),
    /** Removed for good, with all its versions. */
    PURGED("purged");

    private final String text;

    Action(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }

    public static Optional<Action> named(String text) {
      return Arrays.stream(values()).filter(action -> action.text.equals(text)).findFirst();
    }
  }
}
