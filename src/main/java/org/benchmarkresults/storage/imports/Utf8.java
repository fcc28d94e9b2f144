package org.benchmarkresults.storage.imports;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Validation of UTF-8 (RFC 3629, section 4). */
final class Utf8 {
  private Utf8() {}

  /** The length of the character in bytes; 0 when it is invalid. */
  static int length(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xff;
    int length =
        lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length < 3 || isAllowed(lead, bytes[at + 1] & 0xff) ? length : 0;
  }

  /** Excludes overlong forms, surrogates and code points above U+10FFFF. */
  private static boolean isAllowed(int lead, int second) {
    return switch (lead) {
      case 0xe0 -> second >= 0xa0;
      case 0xed -> second < 0xa0;
      case 0xf0 -> second >= 0x90;
      case 0xf4 -> second < 0x90;
      default -> true;
    };
  }

  /** Whether there is a surrogate encoded in three bytes. */
  static boolean isSurrogate(byte[] bytes, int at, int to) {
    return at + 3 <= to
        && (bytes[at] & 0xff) == 0xed
        && (bytes[at + 1] & 0xe0) == 0xa0
        && (bytes[at + 2] & 0xc0) == 0x80;
  }

  /** The string; null when the bytes are not UTF-8. */
  static @Nullable String text(byte[] bytes, int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
