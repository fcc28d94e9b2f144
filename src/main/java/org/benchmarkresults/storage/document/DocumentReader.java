package org.benchmarkresults.storage.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the fields of a document of the service's own in its bytes, once and forward. Binaries
 * are not copied. The driver's reader asks four layers of buffers for every byte.
 *
 * <p>Behind each {@link #next()} the value may be read. Not thread-safe.
 */
final class DocumentReader {
  private final byte[] bytes;
  private final BsonElements elements;

  /** Stands before the first field. */
  DocumentReader(RawBsonDocument document) {
    ByteBuffer buffer = document.getByteBuffer().asNIO();
    bytes = buffer.array();
    int from = buffer.arrayOffset() + buffer.position();
    elements = new BsonElements(bytes, from, from + buffer.remaining());
  }

  private DocumentReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    elements = new BsonElements(bytes, from, to);
  }

  /** Goes to the next field; false when there is none. */
  boolean next() {
    return elements.next();
  }

  /** The name of the field; those of the service are ASCII. */
  String name() {
    int from = elements.nameFrom();
    return new String(bytes, from, elements.nameTo() - from, StandardCharsets.ISO_8859_1);
  }

  /** The length of the document or array that is the value, before its first field. */
  DocumentReader within() {
    if (elements.type() != BsonElements.ARRAY) {
      expect(BsonElements.DOCUMENT);
    }
    return new DocumentReader(bytes, elements.valueFrom(), elements.valueTo());
  }

  String text() {
    expect(BsonElements.STRING);
    int from = elements.valueFrom() + Integer.BYTES;
    return new String(bytes, from, elements.valueTo() - 1 - from, StandardCharsets.UTF_8);
  }

  @Nullable String textOrNull() {
    return elements.type() == BsonElements.NULL ? null : text();
  }

  Instant moment() {
    expect(BsonElements.DATE);
    return Instant.ofEpochMilli(BsonElements.int64(bytes, elements.valueFrom()));
  }

  @Nullable Instant momentOrNull() {
    return elements.type() == BsonElements.NULL ? null : moment();
  }

  /** The embedded database may give back a long as an int, and the other way round. */
  long integer() {
    if (elements.type() == BsonElements.INT32) {
      return BsonElements.int32(bytes, elements.valueFrom());
    }
    expect(BsonElements.INT64);
    return BsonElements.int64(bytes, elements.valueFrom());
  }

  boolean truth() {
    expect(BsonElements.BOOLEAN);
    return bytes[elements.valueFrom()] != 0;
  }

  /** A view of the document's bytes. */
  ByteBuffer binary() {
    expect(BsonElements.BINARY);
    int from = elements.valueFrom() + Integer.BYTES + 1;
    return ByteBuffer.wrap(bytes, from, elements.valueTo() - from).slice();
  }

  private void expect(byte type) {
    if (elements.type() != type) {
      throw new IllegalStateException(
          "BSON type " + elements.type() + " in " + name() + ", not " + type);
    }
  }
}
