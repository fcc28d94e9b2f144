package org.benchmarkresults.storage;

/** One BSON value where it stands among the bytes of its document. */
final class BsonSlice {
  private final byte[] bytes;
  private final byte type;
  private final int from;
  private final int to;

  BsonSlice(byte[] bytes, byte type, int from, int to) {
    this.bytes = bytes;
    this.type = type;
    this.from = from;
    this.to = to;
  }

  /** All of the document, never to be written to. */
  byte[] bytes() {
    return bytes;
  }

  byte type() {
    return type;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  int size() {
    return to - from;
  }

  boolean isText() {
    return type == BsonElements.STRING;
  }

  /** Where the characters of a text begin: behind its length. */
  int textFrom() {
    return from + 4;
  }

  /** Where the characters of a text end: before the zero byte. */
  int textTo() {
    return to - 1;
  }
}
