package org.benchmarkresults.http.json;

import io.vertx.core.buffer.Buffer;

/**
 * Makes strict JSON of valid text with non-finite literals, piece by piece: outside strings {@code
 * NaN}, {@code Infinity} and {@code -Infinity} become {@code null}. Keeps its place between pieces.
 */
public final class StrictJson {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private boolean inString;
  private boolean afterBackslash;
  private boolean minusHeld;
  private int lettersToSkip;

  /** The next piece, made strict. */
  public Buffer next(byte[] piece) {
    Buffer out = Buffer.buffer(piece.length + 8);
    int copiedTo = 0;
    for (int i = 0; i < piece.length; i++) {
      byte unit = piece[i];
      if (inString) {
        string(unit);
        continue;
      }
      if (lettersToSkip > 0) {
        lettersToSkip--;
        copiedTo = i + 1;
        continue;
      }
      if (minusHeld) {
        minusHeld = false;
        if (unit != 'I') {
          out.appendByte((byte) '-');
        }
      }
      switch (unit) {
        case '"' -> inString = true;
        case '-' -> {
          out.appendBytes(piece, copiedTo, i - copiedTo);
          copiedTo = i + 1;
          minusHeld = true;
        }
        case 'N', 'I' -> {
          out.appendBytes(piece, copiedTo, i - copiedTo).appendBytes(NULL);
          copiedTo = i + 1;
          lettersToSkip = unit == 'N' ? "NaN".length() - 1 : "Infinity".length() - 1;
        }
        default -> {}
      }
    }
    return out.appendBytes(piece, copiedTo, piece.length - copiedTo);
  }

  private void string(byte unit) {
    if (afterBackslash) {
      afterBackslash = false;
    } else if (unit == '\\') {
      afterBackslash = true;
    } else if (unit == '"') {
      inString = false;
    }
  }
}
