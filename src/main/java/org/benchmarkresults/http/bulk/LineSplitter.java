package org.benchmarkresults.http.bulk;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Splits a body into lines as its pieces arrive. Each line has its own array, so that it keeps no
 * other line in memory. Used by one thread at a time.
 */
final class LineSplitter {
  /** Results of {@link #next}. */
  enum Found {
    /** A line, in {@link #line}. */
    LINE,
    /** A line above the limit, whose rest is skipped. */
    TOO_LARGE,
    /** A line above the capacity. */
    NEEDS_MEMORY,
    /** No line without further input. */
    NEEDS_INPUT
  }

  private static final byte[] NONE = {};

  private final long limit;
  private long capacity;
  private byte[] piece = NONE;
  private int at;
  private int end;
  private byte[] held = NONE;
  private int heldLength;
  private boolean isSkipping;
  private ByteBuffer line = ByteBuffer.wrap(NONE);
  private long number = 1;
  private long skippedBytes;
  private boolean isLineDone;

  /**
   * @param limit largest line in bytes
   * @param capacity bytes of a line that need no further memory
   */
  LineSplitter(long limit, long capacity) {
    this.limit = limit;
    this.capacity = Math.min(limit, capacity);
  }

  /** Sets the next bytes, once {@link #next} needs input. */
  void feed(byte[] bytes, int length) {
    piece = bytes;
    at = 0;
    end = length;
  }

  /** Sets the capacity of the current and later lines. */
  void setCapacity(long bytes) {
    capacity = Math.min(limit, bytes);
  }

  long capacity() {
    return capacity;
  }

  /** The number of the current line, from 1. */
  long number() {
    return number;
  }

  /** The line found, without its line feed, from position 0 of its array. */
  ByteBuffer line() {
    return line;
  }

  /** Skips the line found if it is blank; a byte order mark at the start counts as blank. */
  boolean skipBlank() {
    byte[] bytes = line.array();
    int from = number == 1 && startsWithByteOrderMark() ? 3 : 0;
    for (int i = from; i < line.limit(); i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    skippedBytes += line.limit() + 1;
    return true;
  }

  /** Whether the rest of a line above the limit is being skipped. */
  boolean isSkipping() {
    return isSkipping;
  }

  /** Bytes skipped so far: blank lines, and the rest of lines above the limit. */
  long skippedBytes() {
    return skippedBytes;
  }

  private boolean startsWithByteOrderMark() {
    byte[] bytes = line.array();
    return line.limit() >= 3
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf;
  }

  /** Bytes of the current line that are in memory. */
  int heldBytes() {
    return heldLength;
  }

  Found next() {
    if (isLineDone) {
      isLineDone = false;
      number++;
    }
    int newline = newline();
    int until = newline < 0 ? end : newline;
    int length = until - at;
    if (isSkipping) {
      skippedBytes += length;
      at = until;
      return newline < 0 ? Found.NEEDS_INPUT : endSkipping();
    }
    if ((long) heldLength + length > limit) {
      held = NONE;
      heldLength = 0;
      isSkipping = true;
      return Found.TOO_LARGE;
    }
    if ((long) heldLength + length > capacity) {
      return Found.NEEDS_MEMORY;
    }
    if (newline < 0) {
      hold(length);
      return Found.NEEDS_INPUT;
    }
    found(length);
    at = newline + 1;
    return Found.LINE;
  }

  private int newline() {
    for (int i = at; i < end; i++) {
      if (piece[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private Found endSkipping() {
    at++;
    isSkipping = false;
    number++;
    return next();
  }

  private void hold(int length) {
    if (heldLength + length > held.length) {
      long grown = Math.max(2L * held.length, (long) heldLength + length);
      held = Arrays.copyOf(held, (int) Math.min(capacity, grown));
    }
    System.arraycopy(piece, at, held, heldLength, length);
    heldLength += length;
    at = end;
  }

  private void found(int length) {
    if (heldLength == 0) {
      line = ByteBuffer.wrap(Arrays.copyOfRange(piece, at, at + length));
    } else {
      hold(length);
      // Keeps the array, since a copy of a large line would take its memory twice.
      line = ByteBuffer.wrap(held, 0, heldLength);
      held = NONE;
      heldLength = 0;
    }
    isLineDone = true;
  }

  /** Ends a last line without a line feed; false when there is none. */
  boolean endLastLine() {
    if (isLineDone) {
      isLineDone = false;
      number++;
    }
    if (heldLength == 0) {
      return false;
    }
    at = end;
    found(0);
    return true;
  }
}
