package org.benchmarkresults.bus;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A message whose large byte buffers are sent in parts after its head, so that no frame has the
 * size of the whole. Offsets count over all buffers, in the order of the head.
 *
 * <p>The head on the wire: the number of buffers (int32), the length of each (int32), the record as
 * {@link RecordCodec} writes it.
 *
 * @param buffers the large byte buffers, read only
 */
record SplitMessage(Buffer head, List<ByteBuffer> buffers) {
  /** The largest part, in bytes. */
  static final int PART_BYTES = 512 * 1024;

  /** Messages with fewer bytes of data are sent whole. */
  static final int LEAST_BYTES = 256 * 1024;

  static SplitMessage of(Object message) {
    List<ByteBuffer> buffers = new ArrayList<>();
    Buffer record = Buffer.buffer();
    RecordCodec.split(record, message, buffers);
    Buffer head = Buffer.buffer().appendInt(buffers.size());
    buffers.forEach(buffer -> head.appendInt(buffer.remaining()));
    return new SplitMessage(head.appendBuffer(record), buffers);
  }

  /** The part that begins at an offset; at most {@link #PART_BYTES} bytes. */
  Buffer part(long offset) {
    Buffer part = Buffer.buffer(PART_BYTES);
    long skipped = 0;
    for (ByteBuffer buffer : buffers) {
      int from = (int) Math.max(0, Math.min(buffer.remaining(), offset - skipped));
      int length = Math.min(buffer.remaining() - from, PART_BYTES - part.length());
      if (length > 0) {
        byte[] bytes = new byte[length];
        buffer.get(buffer.position() + from, bytes);
        part.appendBytes(bytes);
      }
      skipped += buffer.remaining();
    }
    return part;
  }

  /** A message whose head has arrived and whose parts are still to come. */
  static final class Arriving {
    private final Buffer head;
    private final int[] lengths;
    private final byte[] bytes;
    private int received;

    /** The bytes of all buffers of a message with this head. */
    static long size(Buffer head) {
      long size = 0;
      for (int i = 0; i < head.getInt(0); i++) {
        size += length(head, i);
      }
      return size;
    }

    private static int length(Buffer head, int index) {
      int length = head.getInt(4 + 4 * index);
      if (length < 0) {
        throw new IllegalArgumentException("a length is " + length);
      }
      return length;
    }

    /** Allocates memory for all buffers. */
    Arriving(Buffer head) {
      this.head = head;
      lengths = new int[head.getInt(0)];
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = length(head, i);
      }
      bytes = new byte[Math.toIntExact(size(head))];
    }

    boolean isWhole() {
      return received == bytes.length;
    }

    /** The offset of the next part. */
    int received() {
      return received;
    }

    void add(Buffer part) {
      if (part.length() == 0 || part.length() > bytes.length - received) {
        throw new IllegalArgumentException("a part has " + part.length() + " bytes");
      }
      part.getBytes(bytes, received);
      received += part.length();
    }

    /** The whole message; it shares the bytes of this object. */
    Object message() {
      List<ByteBuffer> buffers = new ArrayList<>();
      int offset = 0;
      for (int length : lengths) {
        buffers.add(ByteBuffer.wrap(bytes, offset, length).slice());
        offset += length;
      }
      return RecordCodec.join(4 + 4 * lengths.length, head, buffers);
    }
  }
}
