package org.benchmarkresults.model.node;

import org.jspecify.annotations.Nullable;

/**
 * The state of the database as the storage module sees it.
 *
 * @param kind {@code mongodb} or {@code embedded}
 * @param connected whether it answered
 * @param indexed whether all indexes exist
 * @param latencyMicros the round trip; null without an answer
 * @param error why it is not connected or not indexed, in one sentence; null otherwise
 * @param trouble why it does not answer; null when it does or the reason is not known
 * @param clockDifferenceMillis how far its clock is ahead of the node's; null when not known
 */
public record DatabaseState(
    String kind,
    boolean connected,
    boolean indexed,
    @Nullable Long latencyMicros,
    @Nullable String error,
    @Nullable Trouble trouble,
    @Nullable Long clockDifferenceMillis) {
  /** The reason code when no other is known. */
  public static final String NO_ANSWER = "no_answer";

  /** A state without a known reason or clock difference. */
  public DatabaseState(
      String kind,
      boolean connected,
      boolean indexed,
      @Nullable Long latencyMicros,
      @Nullable String error) {
    this(kind, connected, indexed, latencyMicros, error, null, null);
  }

  /**
   * Why a database does not answer.
   *
   * @param reason a code
   * @param words the reason as the end of a sentence, without host names
   * @param detail for the log only; may be empty
   */
  public record Trouble(String reason, String words, String detail) {}

  /** Keeps the reason of an earlier state when this one says no more than {@link #NO_ANSWER}. */
  public DatabaseState keepingReasonOf(DatabaseState before) {
    boolean isVague = trouble == null || trouble.reason().equals(NO_ANSWER);
    return !connected && isVague && before.trouble != null
        ? unavailable(kind, before.trouble)
        : this;
  }

  public static DatabaseState unavailable(String kind, Trouble trouble) {
    return new DatabaseState(
        kind,
        false,
        false,
        null,
        "The database does not answer: " + trouble.words() + ".",
        trouble,
        null);
  }
}
