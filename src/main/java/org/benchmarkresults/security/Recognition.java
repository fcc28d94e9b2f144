package org.benchmarkresults.security;

/** The outcome of an authentication. */
public sealed interface Recognition {
  /** The token is valid. */
  record Known(Caller caller) implements Recognition {}

  /**
   * The token is refused.
   *
   * @param reason sent to the caller; reveals nothing about the token
   */
  record Refused(String reason) implements Recognition {}
}
