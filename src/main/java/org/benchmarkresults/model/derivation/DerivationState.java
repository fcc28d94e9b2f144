package org.benchmarkresults.model.derivation;

/** The state of a result's observations. */
public enum DerivationState {
  /** Its observations are stored; there may be none in it. */
  DERIVED("derived"),
  /** It has not been read yet, or not as the newest version or by the newest adapter. */
  PENDING("pending"),
  /** It could not be read. */
  FAILED("failed");

  private final String text;

  DerivationState(String text) {
    this.text = text;
  }

  /** The name in responses and in the database. */
  public String text() {
    return text;
  }
}
