package org.benchmarkresults.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Splits a whole body into pieces, since the socket copies what is written and not yet sent. */
final class Slices implements Response.Source {
  static final int PIECE_BYTES = 128 << 10;

  private final Buffer body;
  private int written;

  Slices(Buffer body) {
    this.body = body;
  }

  @Override
  public Future<Optional<Buffer>> next() {
    int from = written;
    written = Math.min(body.length(), from + PIECE_BYTES);
    return Future.succeededFuture(
        from == written ? Optional.empty() : Optional.of(body.slice(from, written)));
  }
}
