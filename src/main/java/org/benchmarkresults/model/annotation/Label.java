package org.benchmarkresults.model.annotation;

import java.util.regex.Pattern;

/**
 * A label of a result.
 *
 * @param key a letter or digit, then letters, digits, dots, underscores and hyphens
 * @param value any text of one line; it may be empty
 */
public record Label(String key, String value) {
  /** The most labels of one result. */
  public static final int MOST = 64;

  /** The longest key. */
  public static final int LONGEST_KEY = 63;

  /** The longest value in UTF-16 code units. */
  public static final int LONGEST_VALUE = 256;

  private static final Pattern KEY =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (LONGEST_KEY - 1) + "}");

  /** Whether a text may be the key of a label. */
  public static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }

  /** Whether a text may be the value of a label. */
  public static boolean isValue(String text) {
    return text.length() <= LONGEST_VALUE
        && text.codePoints()
            .noneMatch(
                point -> {
                  int type = Character.getType(point);
                  return Character.isISOControl(point)
                      || type == Character.SURROGATE
                      || type == Character.LINE_SEPARATOR
                      || type == Character.PARAGRAPH_SEPARATOR;
                });
  }
}
