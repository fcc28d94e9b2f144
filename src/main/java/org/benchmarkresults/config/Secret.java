package org.benchmarkresults.config;

/** A setting whose value is never shown: its text form says only whether it is given. */
public record Secret(String value) {
  public boolean isEmpty() {
    return value.isEmpty();
  }

  @Override
  public String toString() {
    return value.isEmpty() ? "" : "(secret)";
  }
}
