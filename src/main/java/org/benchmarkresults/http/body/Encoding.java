package org.benchmarkresults.http.body;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** How the bytes of a request body are compressed. */
public enum Encoding {
  IDENTITY,
  GZIP,
  ZSTD;

  /** What a sender may choose from, as {@code Accept-Encoding} says it. */
  public static final String ACCEPTED = "gzip, zstd";

  /**
   * As the request says.
   *
   * @throws ProblemException 415 when it is another one, or several one over the other
   */
  public static Encoding of(HttpServerRequest request) {
    String encoding = String.join(",", request.headers().getAll(HttpHeaders.CONTENT_ENCODING));
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      case "zstd" -> ZSTD;
      default -> throw new ProblemException(Problem.unsupportedEncoding(encoding));
    };
  }

  /** What inflates one body; null when there is nothing to inflate. To be closed. */
  public @Nullable Decompressor inflating() {
    return switch (this) {
      case IDENTITY -> null;
      case GZIP -> new GzipDecompressor();
      case ZSTD -> new ZstdDecompressor();
    };
  }
}
