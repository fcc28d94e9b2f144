package org.benchmarkresults.model.node;

import org.jspecify.annotations.Nullable;

/**
 * What the storage room knows of its database.
 *
 * @param kind {@code mongodb} or {@code embedded}
 * @param connected whether it answered
 * @param indexed whether every index is there
 * @param latencyMicros how long the answer took; null when there was none
 * @param error why it is not connected or not indexed, in one sentence; null when all is well
 * @param trouble why it does not answer; null when it does, or when that is not known
 * @param clockDifferenceMillis how far its clock is ahead of the node's; null when that is not
 *     known
 */
public record DatabaseState(
    String kind,
    boolean connected,
    boolean indexed,
    @Nullable Long latencyMicros,
    @Nullable String error,
    @Nullable Trouble trouble,
    @Nullable Long clockDifferenceMillis) {
  /** The reason where no other is known. */
  public static final String NO_ANSWER = "no_answer";

  /** One of which no more is known. */
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
   * @param words the reason as the end of a sentence; it names no host
   * @param detail for the log of the service alone; empty for none
   */
  public record Trouble(String reason, String words, String detail) {}

  /** The same; while there is no answer at all, the reason that was told last is the better one. */
  public DatabaseState keepingReasonOf(DatabaseState before) {
    boolean isVague = trouble == null || trouble.reason().equals(NO_ANSWER);
    return !connected && isVague && before.trouble != null
        ? unavailable(kind, before.trouble)
        : this;
  }

  /** One that does not answer. */
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
