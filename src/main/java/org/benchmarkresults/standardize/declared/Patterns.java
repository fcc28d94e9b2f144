package org.benchmarkresults.standardize.declared;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions of declarations. */
final class Patterns {
  private Patterns() {}

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
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the regular expression in '" + text + "' is wrong: " + e.getDescription(), e);
    }
  }
}
