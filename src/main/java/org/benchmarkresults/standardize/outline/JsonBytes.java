package org.benchmarkresults.standardize.outline;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of valid JSON, value by value. Values are skipped without objects for what is in them,
 * and their offsets and bytes are exact, which a token parser does not give for numbers and strings
 * of any length.
 */
final class JsonBytes {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int END = -1;

  private final InputStream stream;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int end;
  private long before;
  private @Nullable Capture outer;
  private @Nullable Capture inner;

  /** The first bytes of a value, while it passes by. */
  static final class Capture {
    private final int limit;
    private byte[] bytes = new byte[64];
    private int length;
    private boolean isCut;

    Capture(int limit) {
      this.limit = limit;
    }

    private void add(byte unit) {
      if (length == limit) {
        isCut = true;
        return;
      }
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      bytes[length++] = unit;
    }

    byte[] bytes() {
      return Arrays.copyOf(bytes, length);
    }

    /** Whether more passed by than was kept. */
    boolean isCut() {
      return isCut;
    }
  }

  /**
   * A value that passed by.
   *
   * @param members members or elements of a container
   */
  record Passed(String kind, long bytes, int members) {}

  JsonBytes(InputStream stream) {
    this.stream = stream;
  }

  /** The offset of the next byte. */
  long offset() {
    return before + at;
  }

  /** The next byte behind blanks, which stays; negative at the end. */
  int peek() throws IOException {
    while (at < end || fill()) {
      byte unit = buffer[at];
      if (unit != ' ' && unit != '\n' && unit != '\r' && unit != '\t') {
        return unit & 0xFF;
      }
      byte unused = next();
    }
    return END;
  }

  private boolean fill() throws IOException {
    before += end;
    at = 0;
    end = Math.max(0, stream.read(buffer, 0, buffer.length));
    return end > 0;
  }

  /** Takes the next byte. */
  byte next() throws IOException {
    if (at == end && !fill()) {
      throw new IOException("the data end within a value");
    }
    byte unit = buffer[at++];
    if (outer != null) {
      outer.add(unit);
    }
    if (inner != null) {
      inner.add(unit);
    }
    return unit;
  }

  /** Keeps the first bytes from here on, of a value and of one within it at a time. */
  Capture capture(int limit, boolean isInner) {
    Capture capture = new Capture(limit);
    if (isInner) {
      inner = capture;
    } else {
      outer = capture;
    }
    return capture;
  }

  void endCapture(boolean isInner) {
    if (isInner) {
      inner = null;
    } else {
      outer = null;
    }
  }

  /** The kind of the value that begins with a byte. */
  static String kind(int first) {
    return switch (first) {
      case '{' -> "object";
      case '[' -> "array";
      case '"' -> "string";
      case 't' -> "true";
      case 'f' -> "false";
      case 'n' -> "null";
      default -> "number";
    };
  }

  /** Passes the next value. */
  Passed pass() throws IOException {
    int first = peek();
    long start = offset();
    int members = 0;
    switch (first) {
      case '{', '[' -> members = passContainer();
      case '"' -> passString();
      default -> passLiteral();
    }
    return new Passed(kind(first), offset() - start, members);
  }

  private int passContainer() throws IOException {
    byte unused = next();
    int second = peek();
    boolean isEmpty = second == '}' || second == ']';
    int members = isEmpty ? 0 : 1;
    int depth = 1;
    while (depth > 0) {
      switch (next()) {
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case '"' -> passRestOfString();
        case ',' -> members += depth == 1 ? 1 : 0;
        default -> {}
      }
    }
    return members;
  }

  /** Passes a string with its quotes. */
  void passString() throws IOException {
    byte unused = next();
    passRestOfString();
  }

  private void passRestOfString() throws IOException {
    byte unit = next();
    while (unit != '"') {
      if (unit == '\\') {
        byte unused = next();
      }
      unit = next();
    }
  }

  private void passLiteral() throws IOException {
    while (at < end || fill()) {
      switch (buffer[at]) {
        case ',', '}', ']', ' ', '\n', '\r', '\t' -> {
          return;
        }
        default -> {
          byte unused = next();
        }
      }
    }
  }
}
