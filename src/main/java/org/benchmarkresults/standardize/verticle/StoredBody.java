package org.benchmarkresults.standardize.verticle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.Chunk;
import org.benchmarkresults.model.result.ChunkRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.standardize.Deriver;

/**
 * The data of a stored result as a stream. Large data are read chunk by chunk, so that one chunk is
 * in memory. Its methods block, and fail with {@link Unavailable} when the database does.
 */
final class StoredBody implements Deriver.Body {
  private final Bus bus;
  private final Stage stage;
  private final StoredData data;
  private final BooleanSupplier isClosed;

  /**
   * @param isClosed whether the node stops, so that nothing more is read
   */
  StoredBody(Bus bus, Stage stage, StoredData data, BooleanSupplier isClosed) {
    this.bus = bus;
    this.stage = stage;
    this.data = data;
    this.isClosed = isClosed;
  }

  @Override
  public InputStream open() {
    return switch (data) {
      case StoredData.Inline(ByteBuffer bytes) -> stream(bytes);
      case StoredData.Chunked chunked -> new Chunks(chunked);
    };
  }

  static InputStream stream(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      return new ByteArrayInputStream(
          bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return new ByteArrayInputStream(copy);
  }

  private final class Chunks extends InputStream {
    private final StoredData.Chunked chunked;
    private InputStream chunk = InputStream.nullInputStream();
    private int next;

    Chunks(StoredData.Chunked chunked) {
      this.chunked = chunked;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = chunk.read(into, offset, length);
      while (read < 0 && next < chunked.count()) {
        chunk = stream(chunk(new ChunkRef(stage, chunked.upload(), next)));
        next++;
        read = chunk.read(into, offset, length);
      }
      return read;
    }
  }

  private ByteBuffer chunk(ChunkRef ref) throws IOException {
    if (isClosed.getAsBoolean()) {
      throw new CancellationException("the node stops");
    }
    return Waiting.forReply(
        bus.request(Addresses.CHUNK, ref).map(Chunk::bytes),
        Addresses.CHUNK.timeout(),
        "part " + ref.number() + " of the data");
  }
}
