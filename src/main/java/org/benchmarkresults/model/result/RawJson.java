package org.benchmarkresults.model.result;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A JSON value exactly as it was received: UTF-8 text that is not parsed.
 *
 * @param bytes the text; a heap buffer whose content is never written to
 * @param nonFinite how many {@code NaN}, {@code Infinity} and {@code -Infinity} literals, which are
 *     no JSON, it holds
 */
public record RawJson(ByteBuffer bytes, int nonFinite) {
  public RawJson {
    if (!bytes.hasArray()) {
      throw new IllegalArgumentException("bytes are not on the heap");
    }
    if (nonFinite < 0) {
      throw new IllegalArgumentException("nonFinite is " + nonFinite);
    }
  }

  /** A value without non-finite literals. */
  public static RawJson of(String text) {
    return new RawJson(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  /** Length in bytes. */
  public int size() {
    return bytes.remaining();
  }

  /** The bytes in an array of their own. */
  public byte[] toByteArray() {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }

  /** The text; for small values only. */
  public String text() {
    return new String(
        bytes.array(), bytes.arrayOffset() + bytes.position(), size(), StandardCharsets.UTF_8);
  }

  /** Size and digest only: the text may be large and is nobody's business in a log. */
  @Override
  public String toString() {
    return "RawJson[" + size() + " bytes]";
  }
}
