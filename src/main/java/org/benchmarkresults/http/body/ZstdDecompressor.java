package org.benchmarkresults.http.body;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;

/** The Zstandard format (RFC 8878): one or more frames. */
final class ZstdDecompressor implements Decompressor {
  /** 8 MiB, the maximum for a content encoding (RFC 9659). */
  private static final int MAX_WINDOW_LOG = 23;

  private static final int PIECE_BYTES = 64 << 10;

  private final ZstdDecompressCtx context = new ZstdDecompressCtx().setLongMax(MAX_WINDOW_LOG);
  private final ByteBuffer in = ByteBuffer.allocateDirect(PIECE_BYTES).limit(0);
  private final ByteBuffer out = ByteBuffer.allocateDirect(PIECE_BYTES);
  private byte[] input = {};
  private int at;
  private boolean isBetweenFrames;
  private boolean hasMoreOutput;

  @Override
  public void feed(byte[] compressed) {
    input = compressed;
    at = 0;
  }

  @Override
  public int decompress(byte[] into) {
    out.clear().limit(Math.min(into.length, PIECE_BYTES));
    while (out.position() == 0 && (hasMoreOutput || refill())) {
      try {
        isBetweenFrames = context.decompressDirectByteBufferStream(out, in);
      } catch (ZstdException e) {
        throw invalid("the compressed data is invalid, or requires a window larger than 8 MiB");
      }
      // With a full output buffer there may be more, without further input.
      hasMoreOutput = !out.hasRemaining() && !isBetweenFrames;
    }
    int length = out.flip().remaining();
    out.get(into, 0, length);
    return length;
  }

  private boolean refill() {
    if (!in.hasRemaining()) {
      int length = Math.min(input.length - at, PIECE_BYTES);
      in.clear().put(input, at, length).flip();
      at += length;
    }
    return in.hasRemaining();
  }

  @Override
  public void requireEnd() {
    if (!isBetweenFrames) {
      throw invalid("it is incomplete");
    }
  }

  @Override
  public void close() {
    context.close();
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(Problem.brokenEncoding("zstd", detail));
  }
}
