package org.benchmarkresults.standardize.outline;

import java.nio.charset.StandardCharsets;

/** The beginning of a value's text for people. */
record Preview(String text, boolean isCut) {
  private static final int LONGEST = 100;

  /** With indentation, a value needs more bytes than its preview has. */
  static final int CAPTURED_BYTES = 2 << 10;

  /** Leaves blanks between tokens out, and ends behind a hundred characters. */
  static Preview of(JsonBytes.Capture capture) {
    String text = new String(capture.bytes(), StandardCharsets.UTF_8);
    StringBuilder preview = new StringBuilder();
    int characters = 0;
    int at = 0;
    boolean inString = false;
    boolean afterBackslash = false;
    while (at < text.length() && characters < LONGEST) {
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      if (!inString && Character.isWhitespace(character)) {
        continue;
      }
      if (character == '"' && !afterBackslash) {
        inString = !inString;
      }
      afterBackslash = character == '\\' && !afterBackslash;
      preview.appendCodePoint(character);
      characters++;
    }
    return new Preview(preview.toString(), capture.isCut() || at < text.length());
  }
}
