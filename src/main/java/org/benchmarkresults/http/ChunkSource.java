package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.ChunkRef;
import org.benchmarkresults.model.ResultRef;
import org.benchmarkresults.model.StoredData;
import org.jspecify.annotations.Nullable;

/** A large result's data, chunk after chunk, between a head and a tail. */
final class ChunkSource implements Reply.Source {
  private final Bus bus;
  private final ResultRef ref;
  private final StoredData.Chunked chunked;
  private final Buffer head;
  private final Buffer tail;
  private final @Nullable StrictJson strict;
  private int number;

  /**
   * @param strict makes strict JSON of the chunks; null to leave them as they are
   */
  ChunkSource(
      Bus bus,
      ResultRef ref,
      StoredData.Chunked chunked,
      Buffer head,
      Buffer tail,
      @Nullable StrictJson strict) {
    this.bus = bus;
    this.ref = ref;
    this.chunked = chunked;
    this.head = head;
    this.tail = tail;
    this.strict = strict;
  }

  @Override
  public Future<Optional<Buffer>> next() {
    if (number == chunked.count()) {
      return Future.succeededFuture(Optional.empty());
    }
    ChunkRef chunk = new ChunkRef(ref.stage(), chunked.upload(), number++);
    return bus.ask(Addresses.CHUNK, chunk)
        .map(answer -> Optional.of(dressed(ResultJson.array(answer.bytes()))));
  }

  private Buffer dressed(byte[] chunk) {
    Buffer piece = number == 1 ? head.copy() : Buffer.buffer(chunk.length + tail.length());
    if (strict == null) {
      piece.appendBytes(chunk);
    } else {
      piece.appendBuffer(strict.next(chunk));
    }
    return number == chunked.count() ? piece.appendBuffer(tail) : piece;
  }
}
