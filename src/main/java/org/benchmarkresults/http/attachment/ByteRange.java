package org.benchmarkresults.http.attachment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of bytes (RFC 9110, section 14).
 *
 * @param from the first byte
 * @param to behind the last byte; {@code from} for a range outside the file
 */
record ByteRange(long from, long to) {
  private static final Pattern FORM =
      Pattern.compile("(?i:bytes)[ \\t]*=[ \\t]*([0-9]*)-([0-9]*)[ \\t]*");
  private static final int MAX_DIGITS = 18;

  /**
   * The range that a header asks for; null for the whole file, also when the header is malformed or
   * has several ranges, which a server may ignore.
   */
  static @Nullable ByteRange of(@Nullable String header, long size) {
    Matcher range = FORM.matcher(header == null ? "" : header);
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return null;
    }
    if (range.group(1).isEmpty()) {
      long last = Math.min(size, number(range.group(2)));
      return new ByteRange(size - last, size);
    }
    long from = number(range.group(1));
    long to = range.group(2).isEmpty() ? Long.MAX_VALUE : number(range.group(2));
    if (to < from) {
      return null;
    }
    return from >= size
        ? new ByteRange(size, size)
        : new ByteRange(from, Math.min(size - 1, to) + 1);
  }

  private static long number(String digits) {
    return digits.length() > MAX_DIGITS ? Long.MAX_VALUE - 1 : Long.parseLong(digits);
  }

  boolean isSatisfiable() {
    return from < to;
  }

  long length() {
    return to - from;
  }

  /** The value of {@code Content-Range}. */
  String header(long size) {
    return isSatisfiable() ? "bytes " + from + "-" + (to - 1) + "/" + size : "bytes */" + size;
  }
}
