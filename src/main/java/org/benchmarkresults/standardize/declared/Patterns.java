package org.benchmarkresults.standardize.declared;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions of declarations. */
final class Patterns {
  private Patterns() {}

  /** A matcher of a text of the data, which throws {@link SlowPatternException}. */
  static Matcher matcher(Pattern pattern, String text) {
    return pattern.matcher(new BoundedText(text));
  }

  /**
   * @throws IllegalArgumentException when the text is no regular expression; the message names it
   */
  static Pattern of(String text) {
    return of(text, text);
  }

  /**
   * A regular expression that was made of a text.
   *
   * @throws IllegalArgumentException when it is none; the message names the text
   */
  static Pattern of(String regex, String text) {
    try {
      return Pattern.compile(regex, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the regular expression in '" + text + "' is wrong: " + e.getDescription(), e);
    }
  }

  /**
   * A text that a regular expression reads a limited number of times: some expressions take a time
   * that grows with a high power of the text's length.
   */
  private static final class BoundedText implements CharSequence {
    private static final int LEAST_READS = 20_000;
    private static final int READS_OF_A_CHARACTER = 100;

    private final String text;
    private long readsLeft;

    BoundedText(String text) {
      this.text = text;
      readsLeft = LEAST_READS + (long) READS_OF_A_CHARACTER * text.length();
    }

    @Override
    public char charAt(int index) {
      if (--readsLeft < 0) {
        throw new SlowPatternException();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
