package org.benchmarkresults.bus;

/**
 * What was asked for cannot be had now; the same question may be asked again. The one exception
 * that crosses rooms. Its message is a sentence for the client and names no inner cause.
 */
public final class Unavailable extends RuntimeException {
  public Unavailable(String sentence) {
    super(sentence);
  }

  public Unavailable(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
