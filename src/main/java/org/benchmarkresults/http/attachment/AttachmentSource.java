package org.benchmarkresults.http.attachment;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.benchmarkresults.bus.AttachmentAddresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.exchange.PageRetry;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.exchange.ResponseBudget.Share;
import org.benchmarkresults.http.exchange.ResponseBudget.Use;
import org.benchmarkresults.model.attachment.AttachmentChunkRef;
import org.benchmarkresults.model.attachment.AttachmentPart;
import org.jspecify.annotations.Nullable;

/** A range of the bytes of an attachment, chunk after chunk. Confined to one event loop. */
final class AttachmentSource implements Response.Source {
  /** A chunk in the database's reply and as what is written. */
  private static final long READ_BYTES = 512 << 10;

  private final Bus bus;
  private final ResponseBudget budget;
  private final String upload;
  private final ByteRange range;
  private long at;
  private @Nullable Share share;
  private boolean isClosed;

  AttachmentSource(Bus bus, ResponseBudget budget, String upload, ByteRange range) {
    this.bus = bus;
    this.budget = budget;
    this.upload = upload;
    this.range = range;
    at = range.from();
  }

  @Override
  public Future<Optional<Buffer>> next() {
    release();
    if (at >= range.to()) {
      return Future.succeededFuture(Optional.empty());
    }
    Future<Share> memory =
        isFirst()
            ? budget.acquire(Use.CHUNKS, READ_BYTES)
            : budget.acquireNext(Use.CHUNKS, READ_BYTES);
    return memory.compose(this::read);
  }

  private boolean isFirst() {
    return at == range.from();
  }

  private Future<Optional<Buffer>> read(Share acquired) {
    if (isClosed) {
      acquired.close();
      return Future.succeededFuture(Optional.empty());
    }
    share = acquired;
    int number = (int) (at / AttachmentPart.BYTES);
    AttachmentChunkRef ref = new AttachmentChunkRef(upload, number);
    // The first read can still be answered with a status.
    return (isFirst()
            ? bus.request(AttachmentAddresses.READ, ref)
            : PageRetry.call(() -> bus.request(AttachmentAddresses.READ, ref), () -> !isClosed))
        .map(
            chunk -> {
              long chunkStart = (long) number * AttachmentPart.BYTES;
              int from = (int) (at - chunkStart);
              int to = (int) Math.min(chunk.bytes().remaining(), range.to() - chunkStart);
              byte[] piece = new byte[to - from];
              chunk.bytes().get(chunk.bytes().position() + from, piece);
              at = chunkStart + to;
              acquired.shrinkTo(piece.length);
              return Optional.of(Buffer.buffer(piece));
            })
        .onFailure(failure -> acquired.close());
  }

  @Override
  public void close() {
    isClosed = true;
    release();
  }

  private void release() {
    if (share != null) {
      share.close();
      share = null;
    }
  }
}
