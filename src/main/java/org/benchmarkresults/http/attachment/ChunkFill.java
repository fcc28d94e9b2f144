package org.benchmarkresults.http.attachment;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.benchmarkresults.model.attachment.AttachmentPart;
import org.benchmarkresults.model.result.Digest;
import org.jspecify.annotations.Nullable;

/** Fills chunks of equal size and hands each over when it is full. Confined to one event loop. */
public final class ChunkFill {
  /** Writes one chunk. */
  interface Writer {
    Future<?> write(int number, ByteBuffer bytes);
  }

  /** The number of chunks, the size and the digest of the bytes that were written. */
  public record Total(int chunks, long size, Digest digest) {
    /** The total of a file that is in memory. */
    static Total of(int chunks, ByteBuffer file) {
      return new Total(chunks, file.remaining(), Digest.of(file));
    }
  }

  private final Writer writer;
  private final Consumer<@Nullable Throwable> written;
  private final AttachmentIntake.Observer observer;
  private final MessageDigest sha256 = BodyDigest.sha256();
  private byte[] chunk = {};
  private int filled;
  private int number;
  private int inFlight;
  private long size;

  /**
   * @param observer sees all bytes
   * @param written run after each write, with its failure
   */
  ChunkFill(
      Writer writer, AttachmentIntake.Observer observer, Consumer<@Nullable Throwable> written) {
    this.writer = writer;
    this.observer = observer;
    this.written = written;
  }

  long size() {
    return size;
  }

  int inFlight() {
    return inFlight;
  }

  void add(byte[] bytes, int length) {
    sha256.update(bytes, 0, length);
    observer.read(bytes, 0, length);
    size += length;
    int taken = 0;
    while (taken < length) {
      if (chunk.length == 0) {
        chunk = new byte[AttachmentPart.BYTES];
      }
      int part = Math.min(length - taken, chunk.length - filled);
      System.arraycopy(bytes, taken, chunk, filled, part);
      filled += part;
      taken += part;
      if (filled == chunk.length) {
        flush();
      }
    }
  }

  /** Hands over what has been filled, if there is anything. */
  void flush() {
    if (filled == 0) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, filled).slice();
    chunk = new byte[0];
    filled = 0;
    inFlight++;
    Future<?> unused =
        writer
            .write(number++, bytes)
            .onComplete(
                (done, failure) -> {
                  inFlight--;
                  written.accept(failure);
                });
  }

  /** The total, once everything is flushed; to be called once. */
  Total total() {
    return new Total(
        number, size, new Digest("sha256:" + HexFormat.of().formatHex(sha256.digest())));
  }
}
