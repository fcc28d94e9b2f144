package org.benchmarkresults.query;

/** What a caller wrote means nothing; the message is a sentence for the caller. */
public final class QueryRefused extends RuntimeException {
  private final String parameter;

  QueryRefused(String parameter, String sentence) {
    super(sentence);
    this.parameter = parameter;
  }

  /** The name of the parameter at fault. */
  public String parameter() {
    return parameter;
  }
}
