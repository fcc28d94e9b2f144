package org.benchmarkresults.security;

/** Whether a token says who calls. */
public sealed interface Recognition {
  /** It does. */
  record Known(Caller caller) implements Recognition {}

  /**
   * It does not.
   *
   * @param reason for the caller; tells nothing of the token
   */
  record Refused(String reason) implements Recognition {}
}
