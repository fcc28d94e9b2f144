package org.benchmarkresults.http.format;

import java.util.regex.Pattern;

/**
 * Writes fields of a table as RFC 4180 has them.
 *
 * <p>A text that a spreadsheet would run as a formula gets an apostrophe before it (as OWASP
 * advises against CSV injection), for names come from anybody. Numbers get none, or their column
 * would be one of texts.
 */
public final class CsvField {
  /** The wide and small ones are what spreadsheets in East Asian locales take for the others. */
  private static final String STARTS_FORMULA =
      "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212";

  /** Without a way back in it: texts may be long. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "\\s*+[+-]?((\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d++)?|Infinity|infinity|INF|Inf|inf|NaN|nan)\\s*");

  private final boolean guarded;

  /**
   * @param guarded whether texts that a spreadsheet would run get the apostrophe
   */
  public CsvField(boolean guarded) {
    this.guarded = guarded;
  }

  /** Writes a text; an empty one as two quotes, for an empty field is one that is missing. */
  public void text(StringBuilder line, String text) {
    if (text.isEmpty()) {
      line.append("\"\"");
    } else {
      quoted(line, guarded && isRun(text) ? "'" + text : text);
    }
  }

  /**
   * Whether a spreadsheet might run it as a formula; some ignore invisible characters at its start.
   */
  private static boolean isRun(String text) {
    int start = 0;
    while (start < text.length() && isUnseen(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    boolean breaksField = "\t\r\n".indexOf(text.charAt(0)) >= 0;
    boolean formula = start < text.length() && STARTS_FORMULA.indexOf(text.charAt(start)) >= 0;
    return (breaksField || formula) && !NUMBER.matcher(text).matches();
  }

  private static boolean isUnseen(int point) {
    int type = Character.getType(point);
    return Character.isWhitespace(point)
        || Character.isSpaceChar(point)
        || Character.isISOControl(point)
        || type == Character.FORMAT
        || type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || "\u115f\u1160\u2800\u3164\uffa0".indexOf(point) >= 0;
  }

  /** Semicolons and tabs too: there are spreadsheets that split at these. */
  private static void quoted(StringBuilder line, String text) {
    if (isPlain(text)) {
      line.append(text);
    } else {
      line.append('"').append(text.replace("\"", "\"\"")).append('"');
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit <= ';' && ",;\"\t\r\n".indexOf(unit) >= 0) {
        return false;
      }
    }
    return true;
  }
}
