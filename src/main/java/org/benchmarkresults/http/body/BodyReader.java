package org.benchmarkresults.http.body;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.benchmarkresults.http.body.UploadBudget.Share;
import org.benchmarkresults.http.headers.BodyType;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Reads request bodies into memory within a budget. Memory is acquired as bytes arrive; the socket
 * of a body without memory is paused.
 */
public final class BodyReader {
  /** A whole body on the heap. */
  public static final class Body implements AutoCloseable {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final Share share;
    private ByteBuffer bytes;

    Body(ByteBuffer bytes, Share share) {
      this.bytes = bytes;
      this.share = share;
    }

    public ByteBuffer bytes() {
      return bytes;
    }

    /** Releases the memory, to which nothing here refers afterwards. */
    @Override
    public void close() {
      bytes = NONE;
      share.close();
    }
  }

  /** Largest body that uses the budgets of small bodies. */
  static final int SMALL = 64 << 10;

  /** Memory of the decompressor and of the piece that it decompresses. */
  private static final int DECOMPRESSOR_BYTES = 64 << 10;

  /** Copies of a small body while it is saved: its document and the messages. */
  private static final int COPIES_OF_SMALL = 3;

  private static final int SMALL_OVERHEAD = 2 << 10;
  private static final int LARGE_OVERHEAD = 512 << 10;

  /**
   * Limits and memory of bodies.
   *
   * @param limit largest body in bytes
   * @param whole budget of small bodies that have arrived whole
   * @param small budget of small bodies, and of the beginnings of large ones
   * @param timeoutMillis longest silence of a sender
   * @param minBytesPerSecond minimum rate of a sender
   */
  record Limits(
      long limit,
      UploadBudget whole,
      UploadBudget small,
      UploadBudget large,
      long timeoutMillis,
      long minBytesPerSecond) {}

  private final Limits limits;

  /**
   * @param limit largest body in bytes
   * @param budget bytes of large bodies at once; small bodies get a quarter of it in addition
   * @param large a budget of that size
   * @param timeout longest silence of a sender
   * @param minBytesPerSecond minimum rate of a sender, once its body takes the timeout
   */
  public BodyReader(
      long limit, long budget, UploadBudget large, Duration timeout, long minBytesPerSecond) {
    limits =
        new Limits(
            limit,
            new UploadBudget(Math.max(cost(SMALL, false), budget / 16)),
            new UploadBudget(Math.max(2 * cost(SMALL, true), budget * 3 / 16)),
            large,
            timeout.toMillis(),
            minBytesPerSecond);
  }

  /**
   * Succeeds with the decompressed body; fails with a {@link ProblemException}: 413 when it is too
   * large, 415 when it is not JSON, 400 when it is incomplete, 503 when it arrives too slowly while
   * memory is short.
   */
  public Future<Body> read(HttpServerRequest request) {
    return read(request, BodyReader::requireJson);
  }

  /** The same of a JSON merge patch. */
  public Future<Body> readPatch(HttpServerRequest request) {
    return read(
        request,
        type -> {
          if (!BodyType.isMergePatch(type)) {
            requireJson(type);
          }
        });
  }

  /** The same of a body of any type but multipart. */
  public Future<Body> readFile(HttpServerRequest request) {
    return read(request, BodyReader::requireSinglePart);
  }

  /** The same of a body of any type. */
  public Future<Body> readAny(HttpServerRequest request) {
    return read(request, type -> {});
  }

  private Future<Body> read(HttpServerRequest request, Consumer<@Nullable String> typeCheck) {
    request.pause();
    try {
      typeCheck.accept(request.getHeader(HttpHeaders.CONTENT_TYPE));
      Encoding encoding = Encoding.of(request);
      long declared = contentLength(request);
      if (declared > limits.limit) {
        throw new ProblemException(Problem.tooLarge(limits.limit));
      }
      // Content-Length is the length of the compressed bytes.
      long length = encoding == Encoding.IDENTITY ? declared : -1;
      return new IncomingBody(limits, request, length, encoding).start();
    } catch (ProblemException e) {
      // The rest is read and dropped, otherwise the client might not read the response.
      request.resume();
      return Future.failedFuture(e);
    }
  }

  private static long contentLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? -1 : Long.parseLong(length);
  }

  private static void requireSinglePart(@Nullable String type) {
    if (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      throw new ProblemException(
          Problem.unsupportedMediaType(
              "The body must be the file itself, as curl -T FILE sends it, not a form."));
    }
  }

  private static void requireJson(@Nullable String type) {
    if (BodyType.of(type) != BodyType.JSON) {
      throw new ProblemException(
          Problem.unsupportedMediaType(
              "The body must be application/json in UTF-8, not " + type + "."));
    }
  }

  /** Memory of a body whose array has the given capacity. */
  static long cost(long capacity, boolean isCompressed) {
    long decompressor = isCompressed ? DECOMPRESSOR_BYTES : 0;
    return capacity <= SMALL
        ? capacity * COPIES_OF_SMALL + SMALL_OVERHEAD + decompressor
        : capacity + LARGE_OVERHEAD + decompressor;
  }
}
