package org.benchmarkresults.bus;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A message whose large byte buffers travel in parts behind its head, so that neither node ever
 * holds a frame of its whole size. The buffers count as one sequence of bytes, in the order of the
 * head.
 *
 * <p>The head on the wire: how many buffers (int32), the length of each (int32), the record as
 * {@link RecordCodec} writes it.
 *
 * @param buffers the large ones; their content is never written to
 */
record SplitMessage(Buffer head, List<ByteBuffer> buffers) {
  /** Bytes of one part; a frame of so much costs no node its memory. */
  static final int PART_BYTES = 512 * 1024;

  /** What carries less data than this is sent whole. */
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

  /** A message that arrives: its head is there, its parts are to come. */
  static final class Arriving {
    private final Buffer head;
    private final int[] lengths;
    private final byte[] bytes;
    private int received;

    /** How many bytes a message with this head will hold. */
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

    /** Takes memory for all of it. */
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

    /** Where the next part begins. */
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

    /** The message; it shares this one's bytes. */
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
