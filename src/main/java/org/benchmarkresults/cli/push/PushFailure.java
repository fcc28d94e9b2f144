package org.benchmarkresults.cli.push;

/** Ends the command, because no other file would fare better. */
final class PushFailure extends RuntimeException {
  PushFailure(String message) {
    super(message, null, false, false);
  }
}
