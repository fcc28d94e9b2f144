package org.benchmarkresults.bus;

import io.vertx.core.buffer.Buffer;

/**
 * Messages as bytes, in the format that they have between nodes. Bytes of an earlier release can be
 * read, so that a message can be stored.
 */
public final class StoredMessage {
  private static final RecordCodec CODEC = new RecordCodec();

  private StoredMessage() {}

  /** The bytes of a message of any address. */
  public static byte[] bytes(Object message) {
    Buffer buffer = Buffer.buffer();
    CODEC.encodeToWire(buffer, message);
    return buffer.getBytes();
  }

  /** The message that was written as these bytes. */
  public static <T> T read(byte[] bytes, Class<T> type) {
    return type.cast(CODEC.decodeFromWire(0, Buffer.buffer(bytes)));
  }
}
