package org.benchmarkresults.storage.document;

/** One BSON value where it stands among the bytes of its document. */
public final class BsonSlice {
  private final byte[] bytes;
  private final byte type;
  private final int from;
  private final int to;

  public BsonSlice(byte[] bytes, byte type, int from, int to) {
    this.bytes = bytes;
    this.type = type;
    this.from = from;
    this.to = to;
  }

  /** All of the document, never to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  public byte type() {
    return type;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  public int size() {
    return to - from;
  }

  public boolean isText() {
    return type == BsonElements.STRING;
  }

  /** Where the characters of a text begin: behind its length. */
  public int textFrom() {
    return from + 4;
  }

  /** Where the characters of a text end: before the zero byte. */
  public int textTo() {
    return to - 1;
  }
}
