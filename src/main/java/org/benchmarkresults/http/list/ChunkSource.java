package org.benchmarkresults.http.list;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.exchange.PageRetry;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.exchange.ResponseBudget.Share;
import org.benchmarkresults.http.exchange.ResponseBudget.Use;
import org.benchmarkresults.http.format.RowFormat;
import org.benchmarkresults.http.json.ResultJson;
import org.benchmarkresults.model.result.ChunkRef;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.jspecify.annotations.Nullable;

/** A large result's data, chunk after chunk, between a head and a tail. */
public final class ChunkSource implements Response.Source {
  /** A chunk in the database's answer and as what is written. */
  private static final long READ_BYTES = 512 << 10;

  private final Bus bus;
  private final ResponseBudget budget;
  private final boolean isAnswer;
  private final ResultRef ref;
  private final StoredData.Chunked chunked;
  private final Buffer head;
  private final Buffer tail;
  private final Function<byte[], Buffer> dress;
  private int number;
  private @Nullable Share share;
  private boolean closed;

  /**
   * @param isAnswer whether it is an answer by itself, which may still be refused
   * @param dress makes of each chunk what is written; called in order
   */
  public ChunkSource(
      Bus bus,
      ResponseBudget budget,
      boolean isAnswer,
      ResultRef ref,
      StoredData.Chunked chunked,
      Buffer head,
      Buffer tail,
      Function<byte[], Buffer> dress) {
    this.bus = bus;
    this.budget = budget;
    this.isAnswer = isAnswer;
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
      Bus bus,
      ResponseBudget budget,
      Stage stage,
      Row row,
      RowFormat.AroundData around,
      Buffer opening) {
    StoredData.Chunked chunked = (StoredData.Chunked) Objects.requireNonNull(row.data());
    ResultRef ref = new ResultRef(stage, row.summary().resultName(), row.summary().version());
    Buffer head = opening.appendBuffer(around.before());
    return new ChunkSource(
        bus, budget, false, ref, chunked, head, around.after(), around.writing());
  }

  @Override
  public Future<Optional<Buffer>> next() {
    giveBack();
    if (number == chunked.count()) {
      return Future.succeededFuture(Optional.empty());
    }
    Future<Share> room =
        isAnswer && number == 0
            ? budget.acquire(Use.CHUNKS, READ_BYTES)
            : budget.acquireNext(Use.CHUNKS, READ_BYTES);
    return room.compose(this::chunk);
  }

  private Future<Optional<Buffer>> chunk(Share given) {
    if (closed) {
      given.close();
      return Future.succeededFuture(Optional.empty());
    }
    share = given;
    return chunk()
        .onSuccess(piece -> given.shrinkTo(piece.map(Buffer::length).orElse(0)))
        .onFailure(failure -> given.close());
  }

  private Future<Optional<Buffer>> chunk() {
    ChunkRef chunk = new ChunkRef(ref.stage(), chunked.upload(), number++);
    boolean isFirst = isAnswer && chunk.number() == 0;
    return (isFirst
            ? bus.request(Addresses.CHUNK, chunk)
            : PageRetry.call(() -> bus.request(Addresses.CHUNK, chunk), () -> !closed))
        .map(answer -> Optional.of(dressed(ResultJson.array(answer.bytes()))));
  }

  @Override
  public void close() {
    closed = true;
    giveBack();
  }

  private void giveBack() {
    if (share != null) {
      share.close();
      share = null;
    }
  }

  private Buffer dressed(byte[] chunk) {
    if (number > 1 && number < chunked.count()) {
      return dress.apply(chunk);
    }
    Buffer piece = number == 1 ? head.copy() : Buffer.buffer(chunk.length + tail.length());
    piece.appendBuffer(dress.apply(chunk));
    return number == chunked.count() ? piece.appendBuffer(tail) : piece;
  }
}
