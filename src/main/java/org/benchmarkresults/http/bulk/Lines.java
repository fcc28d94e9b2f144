package org.benchmarkresults.http.bulk;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Splits a body into lines as its pieces come. Each line has an array of its own, so that whoever
 * holds one holds no other. Used by one thread at a time.
 */
public final class Lines {
  /** What was found next. */
  enum Found {
    /** A line, in {@link #line}. */
    LINE,
    /** A line that is larger than any may be; what is left of it is passed over. */
    TOO_LARGE,
    /** A line that needs more room than was given. */
    OUTGROWN,
    /** Nothing until more is fed. */
    NOTHING
  }

  private static final byte[] NONE = {};

  private final long limit;
  private long room;
  private byte[] piece = NONE;
  private int at;
  private int end;
  private byte[] held = NONE;
  private int heldLength;
  private boolean isPassedOver;
  private ByteBuffer line = ByteBuffer.wrap(NONE);
  private long number = 1;
  private long uselessBytes;
  private boolean isDone;

  /**
   * @param limit of a line in bytes
   * @param room of a line in bytes that needs no asking
   */
  Lines(long limit, long room) {
    this.limit = limit;
    this.room = Math.min(limit, room);
  }

  /** Takes the next bytes, once nothing is left of those before. */
  void feed(byte[] bytes, int length) {
    piece = bytes;
    at = 0;
    end = length;
  }

  /** Lets the lines from here on take so many bytes without asking. */
  void giveRoom(long bytes) {
    room = Math.min(limit, bytes);
  }

  long room() {
    return room;
  }

  /** The number of the line that is being read or was found, from 1. */
  long number() {
    return number;
  }

  /** The line that was found, without its line feed, from position 0 of its array. */
  ByteBuffer line() {
    return line;
  }

  /**
   * Passes over the line that was found if it holds nothing; a byte order mark at the start is
   * nothing.
   */
  boolean skipBlank() {
    byte[] bytes = line.array();
    int from = number == 1 && startsWithByteOrderMark() ? 3 : 0;
    for (int i = from; i < line.limit(); i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    uselessBytes += line.limit() + 1;
    return true;
  }

  /** Whether what comes next belongs to a line that is too large. */
  boolean isPassedOver() {
    return isPassedOver;
  }

  /** All that was passed over so far: blank lines, and what is left of lines that are too large. */
  long uselessBytes() {
    return uselessBytes;
  }

  private boolean startsWithByteOrderMark() {
    byte[] bytes = line.array();
    return line.limit() >= 3
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf;
  }

  /** The bytes that are there of the line that is being read. */
  int heldBytes() {
    return heldLength;
  }

  Found next() {
    if (isDone) {
      isDone = false;
      number++;
    }
    int newline = newline();
    int until = newline < 0 ? end : newline;
    int length = until - at;
    if (isPassedOver) {
      uselessBytes += length;
      at = until;
      return newline < 0 ? Found.NOTHING : passedOver();
    }
    if ((long) heldLength + length > limit) {
      held = NONE;
      heldLength = 0;
      isPassedOver = true;
      return Found.TOO_LARGE;
    }
    if ((long) heldLength + length > room) {
      return Found.OUTGROWN;
    }
    if (newline < 0) {
      hold(length);
      return Found.NOTHING;
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

  private Found passedOver() {
    at++;
    isPassedOver = false;
    number++;
    return next();
  }

  private void hold(int length) {
    if (heldLength + length > held.length) {
      long grown = Math.max(2L * held.length, (long) heldLength + length);
      held = Arrays.copyOf(held, (int) Math.min(room, grown));
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
      // In the array it grew in: a copy of a large line would take its room twice.
      line = ByteBuffer.wrap(held, 0, heldLength);
      held = NONE;
      heldLength = 0;
    }
    isDone = true;
  }

  /** The last line, which need not have an end; whether there is one. */
  boolean last() {
    if (isDone) {
      isDone = false;
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
