package org.benchmarkresults.standardize.declared;

/** A regular expression of a declaration takes too long on a text of the data. */
public final class SlowPatternException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SlowPatternException() {
    super("A regular expression of the adapter takes too long on the data.");
  }
}
