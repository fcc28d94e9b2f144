package org.benchmarkresults.http.body;

/** A number as it was written. Its value is asked for by nobody: it tells schemas its type. */
public final class NumberToken extends Number {
  private final String text;

  public NumberToken(String text) {
    this.text = text;
  }

  @Override
  public int intValue() {
    return (int) doubleValue();
  }

  @Override
  public long longValue() {
    return (long) doubleValue();
  }

  @Override
  public float floatValue() {
    return (float) doubleValue();
  }

  @Override
  public double doubleValue() {
    return Double.parseDouble(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
