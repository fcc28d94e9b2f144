package org.benchmarkresults.storage.document;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over the elements of one BSON document (bsonspec.org, version 1.1) within its bytes. Names
 * and values are told as ranges: what a text holds is for the caller to judge, because the driver's
 * reader puts U+FFFD for bytes that are not UTF-8 and says nothing.
 */
public final class BsonElements {
  public static final byte DOUBLE = 0x01;
  public static final byte STRING = 0x02;
  public static final byte DOCUMENT = 0x03;
  public static final byte ARRAY = 0x04;
  public static final byte BINARY = 0x05;
  public static final byte UNDEFINED = 0x06;
  public static final byte OBJECT_ID = 0x07;
  public static final byte BOOLEAN = 0x08;
  public static final byte DATE = 0x09;
  public static final byte NULL = 0x0a;
  public static final byte REGULAR_EXPRESSION = 0x0b;
  public static final byte DB_POINTER = 0x0c;
  public static final byte JAVASCRIPT = 0x0d;
  public static final byte SYMBOL = 0x0e;
  public static final byte JAVASCRIPT_WITH_SCOPE = 0x0f;
  public static final byte INT32 = 0x10;
  public static final byte TIMESTAMP = 0x11;
  public static final byte INT64 = 0x12;
  public static final byte DECIMAL128 = 0x13;
  public static final byte MIN_KEY = (byte) 0xff;
  public static final byte MAX_KEY = 0x7f;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private int position;
  private byte type;
  private int nameFrom;
  private int nameTo;
  private int valueFrom;
  private int valueTo;

  /** The length of the document that begins there. */
  public BsonElements(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    end = from + int32(bytes, from) - 1;
    position = from + 4;
    if (end < position || end >= to || bytes[end] != 0) {
      throw new IllegalArgumentException("a BSON document has a wrong length");
    }
  }

  public static int int32(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  public static long int64(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** The position of the next zero byte. */
  public static int endOfName(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] != 0) {
      at++;
    }
    return at;
  }

  /**
   * Moves to the next element; false when there is none.
   *
   * @throws IllegalArgumentException when the bytes are no BSON
   */
  public boolean next() {
    if (position >= end) {
      return false;
    }
    type = bytes[position];
    nameFrom = position + 1;
    nameTo = endOfName(bytes, nameFrom);
    valueFrom = nameTo + 1;
    long to = valueFrom + length();
    if (to > end || to < valueFrom) {
      throw new IllegalArgumentException("a BSON value is longer than its document");
    }
    valueTo = (int) to;
    position = valueTo;
    return true;
  }

  private long length() {
    return switch (type) {
      case UNDEFINED, NULL, MIN_KEY, MAX_KEY -> 0;
      case BOOLEAN -> 1;
      case INT32 -> 4;
      case DOUBLE, DATE, TIMESTAMP, INT64 -> 8;
      case OBJECT_ID -> 12;
      case DECIMAL128 -> 16;
      case STRING, JAVASCRIPT, SYMBOL -> 4L + int32(bytes, valueFrom);
      case DOCUMENT, ARRAY, JAVASCRIPT_WITH_SCOPE -> int32(bytes, valueFrom);
      case BINARY -> 5L + int32(bytes, valueFrom);
      case DB_POINTER -> 16L + int32(bytes, valueFrom);
      case REGULAR_EXPRESSION -> endOfName(bytes, endOfName(bytes, valueFrom) + 1) + 1L - valueFrom;
      default -> throw new IllegalArgumentException("BSON has no type " + type);
    };
  }

  public BsonSlice value() {
    return new BsonSlice(bytes, type, valueFrom, valueTo);
  }

  public byte type() {
    return type;
  }

  public int nameFrom() {
    return nameFrom;
  }

  public int nameTo() {
    return nameTo;
  }

  public int valueFrom() {
    return valueFrom;
  }

  public int valueTo() {
    return valueTo;
  }
}
