package org.benchmarkresults.model.text;

/** Texts in which nothing can be seen: blanks of any kind and characters without a width. */
public final class Blank {
  private Blank() {}

  /** Whether there is nothing but such characters in the text; true of an empty one. */
  public static boolean is(String text) {
    return text.codePoints().allMatch(Blank::isUnseen);
  }

  private static boolean isUnseen(int point) {
    return Character.isWhitespace(point)
        || Character.isSpaceChar(point)
        || Character.getType(point) == Character.FORMAT;
  }
}
