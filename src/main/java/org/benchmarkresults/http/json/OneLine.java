package org.benchmarkresults.http.json;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Keeps JSON text on one line, as JSON lines must be. */
public final class OneLine {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private OneLine() {}

  /**
   * Whether the text of a value can be written into a line and be read back as the same bytes:
   * without line breaks, and without blanks around it, which would belong to the line.
   */
  public static boolean canStandIn(byte[] text) {
    return !isBlank(text[0]) && !isBlank(text[text.length - 1]) && !hasBreak(text);
  }

  /** A copy searched by the processor's wide instructions is faster than a look at each byte. */
  private static boolean hasBreak(byte[] text) {
    return hasBreak(new String(text, StandardCharsets.ISO_8859_1));
  }

  private static boolean hasBreak(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }

  private static boolean isBlank(byte unit) {
    return unit == ' ' || unit == '\t';
  }

  /** Valid JSON with blanks in place of the line breaks, which can stand between values alone. */
  public static String of(String json) {
    return hasBreak(json) ? json.replace('\n', ' ').replace('\r', ' ') : json;
  }

  /** The same, in the bytes themselves, which must be on the heap. */
  public static void make(ByteBuffer json) {
    for (int i = json.position(); i < json.limit(); i++) {
      byte unit = json.get(i);
      if (unit == '\n' || unit == '\r') {
        json.put(i, (byte) ' ');
      }
    }
  }

  /** The same of a piece of such text, in the piece itself. */
  public static byte[] made(byte[] piece) {
    make(ByteBuffer.wrap(piece));
    return piece;
  }

  /** The text as the inside of a JSON string. */
  public static Buffer escaped(byte[] text) {
    Buffer out = Buffer.buffer(text.length + text.length / 8);
    int copied = 0;
    for (int i = 0; i < text.length; i++) {
      byte unit = text[i];
      if (unit == '"' || unit == '\\' || (unit >= 0 && unit < 0x20)) {
        out.appendBytes(text, copied, i - copied).appendByte((byte) '\\');
        escape(unit, out);
        copied = i + 1;
      }
    }
    return out.appendBytes(text, copied, text.length - copied);
  }

  private static void escape(byte unit, Buffer out) {
    switch (unit) {
      case '\n' -> out.appendByte((byte) 'n');
      case '\r' -> out.appendByte((byte) 'r');
      case '\t' -> out.appendByte((byte) 't');
      case '"', '\\' -> out.appendByte(unit);
      default -> out.appendString("u00").appendByte(HEX[unit >> 4]).appendByte(HEX[unit & 0xf]);
    }
  }
}
