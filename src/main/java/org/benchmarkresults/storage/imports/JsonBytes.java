package org.benchmarkresults.storage.imports;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing buffer of JSON text, or a counter of the bytes that it would have. */
final class JsonBytes {
  private final boolean counting;
  private byte[] bytes;
  private int size;

  private JsonBytes(boolean counting, int expectedSize) {
    this.counting = counting;
    bytes = new byte[expectedSize];
  }

  JsonBytes(int expectedSize) {
    this(false, expectedSize);
  }

  /** Counts bytes without storing them. */
  static JsonBytes counting() {
    return new JsonBytes(true, 0);
  }

  int size() {
    return size;
  }

  /** A view of the content. */
  ByteBuffer content() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  void ascii(String text) {
    int length = text.length();
    int start = reserve(length);
    for (int i = 0; i < length && !counting; i++) {
      bytes[start + i] = (byte) text.charAt(i);
    }
  }

  /**
   * Writes UTF-8 bytes as a JSON string.
   *
   * @throws NotUtf8Exception when they are neither UTF-8 nor a lone surrogate
   */
  void text(byte[] source, int from, int to) {
    ascii("\"");
    int copied = from;
    int at = from;
    while (at < to) {
      int unit = source[at] & 0xff;
      if (unit >= 0x20 && unit < 0x80 && unit != '"' && unit != '\\') {
        at++;
        continue;
      }
      int length = unit < 0x80 ? 0 : Utf8.length(source, at, to);
      if (length > 0) {
        at += length;
        continue;
      }
      copy(source, copied, at);
      at += unit < 0x80 ? escape(unit) : surrogate(source, at, to);
      copied = at;
    }
    copy(source, copied, to);
    ascii("\"");
  }

  private int escape(int unit) {
    switch (unit) {
      case '"' -> ascii("\\\"");
      case '\\' -> ascii("\\\\");
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      default -> hexEscape(unit);
    }
    return 1;
  }

  private int surrogate(byte[] source, int at, int to) {
    if (!Utf8.isSurrogate(source, at, to)) {
      throw new NotUtf8Exception();
    }
    hexEscape(0xd000 | (source[at + 1] & 0x3f) << 6 | (source[at + 2] & 0x3f));
    return 3;
  }

  private void hexEscape(int unit) {
    ascii("\\u");
    int start = reserve(4);
    for (int i = 0; i < 4 && !counting; i++) {
      bytes[start + i] = (byte) Character.forDigit((unit >> (12 - 4 * i)) & 0xf, 16);
    }
  }

  private void copy(byte[] source, int from, int to) {
    int start = reserve(to - from);
    if (!counting) {
      System.arraycopy(source, from, bytes, start, to - from);
    }
  }

  /** Reserves bytes at the end and returns their offset. */
  private int reserve(int more) {
    int start = size;
    size = Math.addExact(size, more);
    if (size > bytes.length && !counting) {
      int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L);
      bytes = Arrays.copyOf(bytes, Math.max(size, doubled));
    }
    return start;
  }
}
