package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.ChunkRef;
import org.benchmarkresults.model.ResultRef;
import org.benchmarkresults.model.SearchOutcome.Row;
import org.benchmarkresults.model.Stage;
import org.benchmarkresults.model.StoredData;

/** A large result's data, chunk after chunk, between a head and a tail. */
final class ChunkSource implements Reply.Source {
  private final Bus bus;
  private final ResultRef ref;
  private final StoredData.Chunked chunked;
  private final Buffer head;
  private final Buffer tail;
  private final Function<byte[], Buffer> dress;
  private int number;

  /**
   * @param dress makes of each chunk what is written; called in order
   */
  ChunkSource(
      Bus bus,
      ResultRef ref,
      StoredData.Chunked chunked,
      Buffer head,
      Buffer tail,
      Function<byte[], Buffer> dress) {
    this.bus = bus;
    this.ref = ref;
    this.chunked = chunked;
    this.head = head;
    this.tail = tail;
    this.dress = dress;
  }

  /**
   * The data of a row of a list.
   *
   * @param opening what stands before the row
   */
  static ChunkSource of(
      Bus bus, Stage stage, Row row, RowFormat.AroundData around, Buffer opening) {
    StoredData.Chunked chunked = (StoredData.Chunked) Objects.requireNonNull(row.data());
    ResultRef ref =
        new ResultRef(stage, row.summary().resultName(), row.summary().version());
    Buffer head = opening.appendBuffer(around.before());
    return new ChunkSource(bus, ref, chunked, head, around.after(), around.writing());
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
    piece.appendBuffer(dress.apply(chunk));
    return number == chunked.count() ? piece.appendBuffer(tail) : piece;
  }
}
