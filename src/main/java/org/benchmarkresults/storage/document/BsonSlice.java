package org.benchmarkresults.storage.document;

/** One BSON value within the bytes of its document. */
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

  /** The offset of the first character of a string, after its length. */
  public int textFrom() {
    return from + 4;
  }

  /** The offset of the zero byte after the characters of a string. */
  public int textTo() {
    return to - 1;
  }
}
