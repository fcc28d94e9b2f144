package org.benchmarkresults.query;

/** A parameter is invalid; the message is for the client. */
public final class QueryRefused extends RuntimeException {
  private final String parameter;

  public QueryRefused(String parameter, String sentence) {
    super(sentence);
    this.parameter = parameter;
  }

  /** The name of the parameter at fault. */
  public String parameter() {
    return parameter;
  }
}
