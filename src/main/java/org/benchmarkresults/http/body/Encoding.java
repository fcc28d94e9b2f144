package org.benchmarkresults.http.body;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Content encodings of request bodies. */
public enum Encoding {
  IDENTITY,
  GZIP,
  ZSTD;

  /** The value of {@code Accept-Encoding} in a response with 415. */
  public static final String ACCEPTED = "gzip, zstd";

  /**
   * @throws ProblemException 415 for other encodings, and for several
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

  /** A decompressor for one body, to be closed; null for identity. */
  public @Nullable Decompressor decompressor() {
    return switch (this) {
      case IDENTITY -> null;
      case GZIP -> new GzipDecompressor();
      case ZSTD -> new ZstdDecompressor();
    };
  }
}
