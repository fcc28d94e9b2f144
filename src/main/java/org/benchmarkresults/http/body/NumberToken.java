package org.benchmarkresults.http.body;

/** The text of a number, as sent; a Number only for the type check of schemas. */
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
