package org.benchmarkresults.http.server;

import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import java.util.ArrayList;
import java.util.List;

/**
 * Compression of answers, as gzip or zstd, for callers that accept it; the server does it while it
 * writes, so an answer of any length takes no more memory.
 */
public final class Compression implements PlatformHandler {
  /** Smaller answers fit a packet or two as they are. */
  private static final int SMALLEST = 1_024;

  /** Lists shrink to a ninth by it, at twice the speed of the default level 6. */
  private static final int GZIP_LEVEL = 3;

  private static final int GZIP_WINDOW_BITS = 15;
  private static final int GZIP_MEMORY_LEVEL = 8;

  public static HttpServerOptions on(HttpServerOptions options) {
    return options
        .setCompressionSupported(true)
        .setCompressionContentSizeThreshold(SMALLEST)
        .setCompressors(
            new ArrayList<>(
                List.of(
                    StandardCompressionOptions.gzip(
                        GZIP_LEVEL, GZIP_WINDOW_BITS, GZIP_MEMORY_LEVEL),
                    StandardCompressionOptions.zstd())));
  }

  /**
   * Says what compression makes of an answer: caches must keep what was asked for differently
   * apart, and the tag of bytes that were compressed is a weak one (RFC 9110, section 8.8.3).
   */
  @Override
  public void handle(RoutingContext context) {
    int unused = context.addHeadersEndHandler(headersEnd -> mark(context));
    context.next();
  }

  private static void mark(RoutingContext context) {
    MultiMap headers = context.response().headers();
    if (context.response().getStatusCode() >= 400
        || headers.contains(HttpHeaders.CONTENT_ENCODING)) {
      return;
    }
    headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    String tag = headers.get(HttpHeaders.ETAG);
    boolean mayBeCompressed = context.request().headers().contains(HttpHeaders.ACCEPT_ENCODING);
    if (tag != null && mayBeCompressed && !tag.startsWith("W/")) {
      headers.set(HttpHeaders.ETAG, "W/" + tag);
    }
  }
}
