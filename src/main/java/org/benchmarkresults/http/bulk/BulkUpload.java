package org.benchmarkresults.http.bulk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.bulk.LineBatch.Accepted;
import org.benchmarkresults.http.bulk.LineBatch.Refused;
import org.benchmarkresults.http.connection.StallTimer;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ShutdownDeadline;
import org.benchmarkresults.http.log.LineRefusals;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * One bulk upload: a worker parses lines of the request batch by batch, the lines are saved in
 * batches, and a response line follows each save. Socket, worker and database work concurrently;
 * the window bounds the bytes in flight. While nothing is in progress and the client is silent,
 * only the beginning of a line is kept in memory. Confined to the request's event loop.
 */
public final class BulkUpload implements Response.Source {
  /** Memory of an upload in progress. */
  public static final int WINDOW_BYTES = 4 << 20;

  private static final long LINE_GROWTH = 4;

  /** Less than this is not accounted for; a connection takes more. */
  private static final int UNCOUNTED_BYTES = 4 << 10;

  /** Larger lines are saved individually, so that they do not delay their batch. */
  private static final int MAX_BATCHED_BYTES = 64 << 10;

  private final Vertx vertx;
  private final RoutingContext context;
  private final Intake intake;
  private final BulkUploadSaves saves;
  private final BulkUploadReader reader;
  private final long limit;
  private final BulkMemory memory;
  private final UnreadResponses responses;
  private final StallTimer stall;
  private boolean isReading;

  /** Whether the reader can continue without further input. */
  private boolean hasMoreToRead;

  private boolean isAllRead;
  private boolean hasResponded;
  private boolean isClosed;
  private @Nullable Throwable failure;
  private @Nullable Promise<Optional<Buffer>> requested;

  BulkUpload(
      Vertx vertx,
      RoutingContext context,
      Bus bus,
      Stage stage,
      BulkUploadReader reader,
      BulkUploads.Memory memory,
      ShutdownDeadline deadline) {
    this.vertx = vertx;
    this.context = context;
    intake = new Intake(context.request(), this::advance);
    saves = new BulkUploadSaves(bus, stage, context, deadline, this::saved);
    this.reader = reader;
    limit = memory.limit();
    this.memory = new BulkMemory(memory, this::evict);
    responses = new UnreadResponses(memory.windows(), memory.maxUnreadBytes());
    stall = new StallTimer(memory.timeout().toMillis(), this::abort);
  }

  void start() {
    int unused = context.addEndHandler(ended -> close());
    intake.open(this::abort);
    advance();
  }

  private void evict() {
    fail(
        new ProblemException(
            Problem.unavailable(
                "The lines arrive too slowly while other requests wait for memory."
                    + " Send the lines without a response line again.")));
  }

  /** The client has disconnected or timed out. */
  private void abort() {
    fail(new ProblemException(Problem.brokenTransfer()));
  }

  private void advance() {
    if (isClosed || isAllRead) {
      return;
    }
    if (hasInput()) {
      memory.acquireWindow(this::advanceOrClose);
    }
    if (memory.hasWindow()
        && !isReading
        && !memory.isWaitingForLine()
        && hasInput()
        && saves.inFlightBytes() <= BulkMemory.MAX_IN_FLIGHT_BYTES
        && responses.hasRoom()) {
      read();
    }
    boolean isReceiving =
        intake.listen(memory.hasWindow())
            && !isReading
            && !memory.isWaitingForLine()
            && saves.areDone()
            && requested != null;
    if (isReceiving) {
      stall.start();
      if (responses.isEmpty()) {
        long held = reader.heldBytes();
        memory.shrinkWindow(held <= UNCOUNTED_BYTES ? 0 : held);
      }
    } else {
      stall.stop();
    }
    memory.setReceiving(isReceiving);
  }

  private void advanceOrClose() {
    if (isClosed) {
      close();
    }
    advance();
  }

  private boolean hasInput() {
    return hasMoreToRead || intake.isEnded() || !intake.isEmpty();
  }

  private void read() {
    isReading = true;
    List<byte[]> pieces = intake.take();
    memory.received(pieces.stream().mapToInt(piece -> piece.length).sum());
    boolean isLast = intake.isEnded();
    Future<LineBatch> unused =
        vertx
            .executeBlocking(
                () -> {
                  reader.feed(pieces, isLast);
                  return reader.read();
                },
                false)
            .onSuccess(this::read)
            .onFailure(
                bug -> {
                  isReading = false;
                  fail(bug);
                });
  }

  private void read(LineBatch batch) {
    isReading = false;
    if (isClosed) {
      close();
      return;
    }
    intake.setUnreadBytes(reader.unreadBytes());
    hasMoreToRead = batch.end() == LineBatch.End.FULL;
    if (!batch.refused().isEmpty()) {
      respond(ResponseLines.refused(batch.refused(), LineRefusals.of(context)));
    }
    save(batch.accepted());
    switch (batch.end()) {
      case FULL, NEEDS_INPUT -> {}
      case NEEDS_MEMORY -> growLine();
      case BODY_ENDED -> allRead();
      case BODY_BROKEN -> broken(batch);
    }
    advance();
    send();
  }

  private void save(List<Accepted> lines) {
    List<Accepted> batch = new ArrayList<>(lines.size());
    for (Accepted line : lines) {
      if (line.bytes() <= MAX_BATCHED_BYTES) {
        batch.add(line);
        continue;
      }
      saves.saveBatch(batch);
      batch = new ArrayList<>();
      saves.save(line, line.bytes() > BulkUploadReader.MAX_LINE_BYTES ? memory.takeLine() : null);
    }
    saves.saveBatch(batch);
    if (!reader.isInLargeLine()) {
      memory.releaseLine();
    }
  }

  private void saved(Buffer lines) {
    if (isClosed) {
      close();
      return;
    }
    respond(lines);
    advance();
    send();
  }

  /** Acquires a multiple of the memory that a large line has so far. */
  private void growLine() {
    long wanted =
        Math.min(limit, LINE_GROWTH * Math.max(reader.lineCapacity(), reader.heldBytes()));
    memory.growLine(
        wanted,
        () -> {
          reader.setLineCapacity(wanted);
          hasMoreToRead = true;
          advanceOrClose();
        });
  }

  private void allRead() {
    isAllRead = true;
    intake.drop();
    stall.stop();
  }

  /** Fails an upload without responses so far; otherwise the broken line gets the problem. */
  private void broken(LineBatch batch) {
    Refused broken = batch.broken();
    allRead();
    intake.drain();
    if (broken != null && (hasResponded || !saves.areDone())) {
      respond(ResponseLines.refused(List.of(broken), LineRefusals.of(context)));
    } else if (broken != null) {
      fail(new ProblemException(broken.problem()));
    }
  }

  private void respond(Buffer lines) {
    hasResponded = true;
    responses.add(lines);
  }

  @Override
  public Future<Optional<Buffer>> next() {
    Promise<Optional<Buffer>> promise = Promise.promise();
    requested = promise;
    send();
    // The client has read responses, which may allow to read more of the request.
    advance();
    return promise.future();
  }

  private void send() {
    Promise<Optional<Buffer>> promise = requested;
    if (promise == null) {
      return;
    }
    Buffer piece = responses.next();
    if (piece != null) {
      requested = null;
      promise.complete(Optional.of(piece));
    } else if (failure != null) {
      requested = null;
      promise.fail(failure);
    } else if (isAllRead && saves.areDone()) {
      requested = null;
      promise.complete(Optional.empty());
    }
  }

  private void fail(Throwable reason) {
    if (failure == null) {
      failure = reason;
      allRead();
      intake.drain();
      send();
    }
  }

  /** Releases the memory once neither the worker nor a save uses it. */
  @Override
  public void close() {
    isClosed = true;
    intake.drop();
    stall.stop();
    if (!isReading && saves.areDone()) {
      reader.close();
      responses.close();
      memory.close();
    }
  }
}
