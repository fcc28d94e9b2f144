package org.benchmarkresults.storage.embedded.rows;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that are compared as unsigned numbers, the first one first; they are never changed. */
public final class KeyBytes implements Comparable<KeyBytes> {
  private final byte[] bytes;

  public KeyBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int compareTo(KeyBytes other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  /** The bytes of both, one after the other. */
  KeyBytes then(KeyBytes next) {
    byte[] both = Arrays.copyOf(bytes, bytes.length + next.bytes.length);
    System.arraycopy(next.bytes, 0, both, bytes.length, next.bytes.length);
    return new KeyBytes(both);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyBytes key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
