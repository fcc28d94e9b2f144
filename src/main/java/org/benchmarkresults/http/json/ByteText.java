package org.benchmarkresults.http.json;

import java.io.Reader;

/**
 * Bytes as characters, one for each, so that a parser's offsets in characters are offsets in bytes.
 * Text beyond ASCII must be decoded by who takes it out.
 */
public final class ByteText extends Reader {
  private final byte[] bytes;
  private final int end;
  private int at;

  public ByteText(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.end = end;
    at = from;
  }

  @Override
  public int read(char[] into, int offset, int length) {
    int count = Math.min(length, end - at);
    if (count <= 0) {
      return length == 0 ? 0 : -1;
    }
    for (int i = 0; i < count; i++) {
      into[offset + i] = (char) (bytes[at + i] & 0xff);
    }
    at += count;
    return count;
  }

  @Override
  public void close() {}
}
