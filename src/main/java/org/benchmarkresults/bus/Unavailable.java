package org.benchmarkresults.bus;

/**
 * An operation is not possible now but may succeed when it is retried. The one exception that
 * crosses modules. Its message is a sentence for the client and names no internal cause.
 */
public final class Unavailable extends RuntimeException {
  public Unavailable(String sentence) {
    super(sentence);
  }

  public Unavailable(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
