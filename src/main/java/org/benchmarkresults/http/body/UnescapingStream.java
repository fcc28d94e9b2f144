package org.benchmarkresults.http.body;

import java.io.IOException;
import java.io.InputStream;

/**
 * The text of a JSON string as UTF-8, read from the bytes between its quotes, which must be valid.
 * The output never overtakes the input, so it may be written over its source.
 */
final class UnescapingStream extends InputStream {
  private final byte[] source;
  private final int end;
  private int position;
  private final byte[] pending = new byte[4];
  private int pendingFrom;
  private int pendingTo;

  UnescapingStream(byte[] source, int from, int end) {
    this.source = source;
    this.position = from;
    this.end = end;
  }

  /**
   * @throws IOException for an unpaired surrogate, which has no UTF-8
   */
  @Override
  public int read() throws IOException {
    if (pendingFrom < pendingTo) {
      return pending[pendingFrom++] & 0xff;
    }
    if (position >= end) {
      return -1;
    }
    byte next = source[position++];
    return next == '\\' ? escaped() : next & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int next = read();
      if (next < 0) {
        break;
      }
      into[offset + count++] = (byte) next;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  private int escaped() throws IOException {
    byte kind = source[position++];
    return switch (kind) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> kind & 0xff;
    };
  }

  private int unicode() throws IOException {
    int unit = hex();
    if (!Character.isSurrogate((char) unit)) {
      return utf8(unit);
    }
    boolean pair =
        Character.isHighSurrogate((char) unit)
            && position + 6 <= end
            && source[position] == '\\'
            && source[position + 1] == 'u';
    if (!pair) {
      throw new IOException("unpaired surrogate");
    }
    position += 2;
    int low = hex();
    if (!Character.isLowSurrogate((char) low)) {
      throw new IOException("unpaired surrogate");
    }
    return utf8(Character.toCodePoint((char) unit, (char) low));
  }

  private int hex() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = (value << 4) | Character.digit(source[position++], 16);
    }
    return value;
  }

  /** Returns the first byte of the code point; the others become pending. */
  private int utf8(int codePoint) {
    if (codePoint < 0x80) {
      return codePoint;
    }
    int more = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
    pendingFrom = 0;
    pendingTo = more;
    for (int i = 0; i < more; i++) {
      pending[i] = (byte) (0x80 | ((codePoint >> (6 * (more - 1 - i))) & 0x3f));
    }
    int lead = more == 1 ? 0xc0 : more == 2 ? 0xe0 : 0xf0;
    return lead | (codePoint >> (6 * more));
  }
}
