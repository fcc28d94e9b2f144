package org.benchmarkresults.http;

import java.util.Random;

/**
 * Makes JSON documents of every form that is accepted as data, the same ones for the same seed:
 * white space everywhere, any escape, long numbers, duplicate and empty keys, non-finite literals.
 */
public final class RandomJson {
  private static final String[] WORDS = {"true", "false", "null"};
  private static final String[] NON_FINITE = {"NaN", "Infinity", "-Infinity"};
  private static final String[] KEYS = {"", "$oid", "a.b", "data", "acc,none", "키", "\\u0000", "k"};
  private static final String[] PIECES = {
    "a",
    " ",
    "é",
    "한",
    "😀",
    "\u007f",
    "\u2028",
    "\ufeff",
    "NaN",
    "-",
    "I",
    "-Infinity",
    "{",
    "]",
    "\\\"",
    "\\\\",
    "\\/",
    "\\b",
    "\\f",
    "\\n",
    "\\r",
    "\\t",
    "\\u0000",
    "\\u00e9",
    "\\uFFFF",
    "\\ud83d\\ude00",
    "\\ud83d",
    "\\uDE00x",
    "\\u0022",
    "\\u005c"
  };

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private int nonFinite;

  public RandomJson(long seed) {
    random = new Random(seed);
  }

  /** Another document, nested no deeper than this. */
  public String next(int depth) {
    text.setLength(0);
    nonFinite = 0;
    value(depth);
    return text.toString();
  }

  /** Another document of strict JSON. */
  public String nextFinite(int depth) {
    String document = next(depth);
    while (nonFinite > 0) {
      document = next(depth);
    }
    return document;
  }

  /** How many non-finite literals the last document holds. */
  public int nonFinite() {
    return nonFinite;
  }

  public Random random() {
    return random;
  }

  /** White space that may stand between any two tokens; mostly none. */
  public String space() {
    return switch (random.nextInt(8)) {
      case 0 -> " ";
      case 1 -> "\r\n\t ";
      default -> "";
    };
  }

  private void value(int depth) {
    switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> text.append(WORDS[random.nextInt(WORDS.length)]);
      case 1 -> {
        text.append(NON_FINITE[random.nextInt(NON_FINITE.length)]);
        nonFinite++;
      }
      case 2 -> string();
      case 3, 4 -> number();
      case 5, 6 -> object(depth);
      default -> array(depth);
    }
  }

  private void object(int depth) {
    text.append('{');
    int members = random.nextInt(5);
    for (int i = 0; i < members; i++) {
      text.append(i == 0 ? "" : ",").append(space());
      text.append('"').append(KEYS[random.nextInt(KEYS.length)]).append('"');
      text.append(space()).append(':').append(space());
      value(depth - 1);
      text.append(space());
    }
    text.append(members == 0 ? space() : "").append('}');
  }

  private void array(int depth) {
    text.append('[');
    int elements = random.nextInt(5);
    for (int i = 0; i < elements; i++) {
      text.append(i == 0 ? "" : ",").append(space());
      value(depth - 1);
      text.append(space());
    }
    text.append(elements == 0 ? space() : "").append(']');
  }

  private void string() {
    text.append('"');
    int pieces = random.nextInt(6);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    text.append('"');
  }

  private void number() {
    text.append(random.nextBoolean() ? "-" : "");
    text.append(random.nextInt(4) == 0 ? "0" : 1 + random.nextInt(9) + digits(0, 30));
    text.append(random.nextBoolean() ? "." + digits(1, 30) : "");
    if (random.nextInt(3) == 0) {
      text.append(random.nextBoolean() ? 'e' : 'E');
      text.append(new String[] {"", "+", "-"}[random.nextInt(3)]).append(digits(1, 4));
    }
  }

  private String digits(int atLeast, int atMost) {
    StringBuilder digits = new StringBuilder();
    int count = atLeast + random.nextInt(atMost - atLeast + 1);
    for (int i = 0; i < count; i++) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  /** The document as a JSON string, each character written in one of the ways it may be. */
  public String quoted(String document) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < document.length(); i++) {
      char unit = document.charAt(i);
      boolean pair = Character.isSurrogate(unit);
      if (pair && random.nextBoolean()) {
        quoted.append(escape(unit)).append(escape(document.charAt(++i)));
      } else if (pair) {
        quoted.append(unit).append(document.charAt(++i));
      } else if (unit == '"' || unit == '\\') {
        quoted.append(random.nextInt(4) == 0 ? escape(unit) : "\\" + unit);
      } else if (unit < ' ' || random.nextInt(8) == 0) {
        quoted.append(escapeOrShort(unit));
      } else {
        quoted.append(unit);
      }
    }
    return quoted.append('"').toString();
  }

  private String escapeOrShort(char unit) {
    int at = "\n\r\t/".indexOf(unit);
    return at >= 0 && random.nextBoolean() ? "\\" + "nrt/".charAt(at) : escape(unit);
  }

  private String escape(char unit) {
    return String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) unit);
  }
}
