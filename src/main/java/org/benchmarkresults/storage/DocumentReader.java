package org.benchmarkresults.storage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the fields of a document in its bytes, once and forward (bsonspec.org, version 1.1).
 * Binaries are not copied. The driver's reader asks four layers of buffers for every byte.
 *
 * <p>Behind each {@link #next()} the value is read, entered or skipped, once. Not thread-safe.
 */
final class DocumentReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private int at;
  private int type;
  private int nameBegin;
  private int nameEnd;

  /** Stands before the first field. */
  DocumentReader(RawBsonDocument document) {
    ByteBuffer buffer = document.getByteBuffer().asNIO();
    bytes = buffer.array();
    at = buffer.arrayOffset() + buffer.position();
    enter();
  }

  /** Goes to the next field; at the end of what was entered last, leaves it and answers false. */
  boolean next() {
    type = bytes[at++];
    if (type == 0) {
      return false;
    }
    nameBegin = at;
    while (bytes[at] != 0) {
      at++;
    }
    nameEnd = at++;
    return true;
  }

  /** Of the field; a result's own are ASCII. */
  String name() {
    return new String(bytes, nameBegin, nameEnd - nameBegin, StandardCharsets.ISO_8859_1);
  }

  /** Goes into the document or array that is the value. */
  void enter() {
    at += Integer.BYTES;
  }

  String text() {
    expect(BsonType.STRING);
    int begin = at + Integer.BYTES;
    int length = length() - 1;
    at = begin + length + 1;
    return new String(bytes, begin, length, StandardCharsets.UTF_8);
  }

  @Nullable String textOrNull() {
    return is(BsonType.NULL) ? null : text();
  }

  Instant moment() {
    expect(BsonType.DATE_TIME);
    return Instant.ofEpochMilli(eightBytes());
  }

  @Nullable Instant momentOrNull() {
    return is(BsonType.NULL) ? null : moment();
  }

  /** The embedded database may give back a long as an int, and the other way round. */
  long integer() {
    if (is(BsonType.INT32)) {
      int value = length();
      at += Integer.BYTES;
      return value;
    }
    expect(BsonType.INT64);
    return eightBytes();
  }

  boolean truth() {
    expect(BsonType.BOOLEAN);
    return bytes[at++] != 0;
  }

  /** A view of the document's bytes. */
  ByteBuffer binary() {
    expect(BsonType.BINARY);
    int begin = at + Integer.BYTES + 1;
    int length = length();
    at = begin + length;
    return ByteBuffer.wrap(bytes, begin, length).slice();
  }

  void skip() {
    at +=
        switch (BsonType.findByValue(type)) {
          case NULL, UNDEFINED, MIN_KEY, MAX_KEY -> 0;
          case BOOLEAN -> 1;
          case INT32 -> 4;
          case DOUBLE, DATE_TIME, INT64, TIMESTAMP -> 8;
          case OBJECT_ID -> 12;
          case DECIMAL128 -> 16;
          case STRING, SYMBOL, JAVASCRIPT -> Integer.BYTES + length();
          case BINARY -> Integer.BYTES + 1 + length();
          case DOCUMENT, ARRAY, JAVASCRIPT_WITH_SCOPE -> length();
          default -> throw new IllegalStateException("BSON type " + type + " in " + name());
        };
  }

  private boolean is(BsonType wanted) {
    return type == wanted.getValue();
  }

  private void expect(BsonType wanted) {
    if (!is(wanted)) {
      throw new IllegalStateException("BSON type " + type + " in " + name() + ", not " + wanted);
    }
  }

  private int length() {
    return (int) INT.get(bytes, at);
  }

  private long eightBytes() {
    long value = (long) LONG.get(bytes, at);
    at += Long.BYTES;
    return value;
  }
}
