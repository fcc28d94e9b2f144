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
import org.benchmarkresults.http.access.AuditWriter;
import org.benchmarkresults.http.body.UploadBudget.Share;
import org.benchmarkresults.http.bulk.LineBatch.Refused;
import org.benchmarkresults.http.bulk.LineBatch.Taken;
import org.benchmarkresults.http.connection.StallTimer;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ShutdownDeadline;
import org.benchmarkresults.http.log.LineRefusals;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * One load: lines are read from the request by a worker, a batch at a time, saved in batches, and
 * answered in the order in which they become safe. Socket, worker and database work side by side;
 * what is in flight between them is bounded by a window. Confined to the request's event loop.
 *
 * <p>Memory is asked for in one order: first the window, then, holding it, room for one large line.
 * A load that holds that room waits for no other memory, so loads do not wait in a circle. While
 * nothing is under way and the sender is silent, a load keeps no more of its window than the
 * beginning of a line.
 */
public final class BulkUpload implements Response.Source {
  /** What a load holds as long as it lasts. */
  public static final int WINDOW_BYTES = 4 << 20;

  private static final int BATCH_BYTES =
      BulkUploadReader.MOST_BYTES
          + BulkUploadReader.MOST_LINE_BYTES
          + BulkUploadReader.MOST_LINES * BulkUploadSaves.LINE_BYTES;
  private static final int MOST_IN_FLIGHT_BYTES =
      WINDOW_BYTES - Intake.AHEAD_BYTES - UnreadResponses.FIRST_BYTES - BATCH_BYTES;

  private static final long ROOM_GROWTH = 4;

  /** Less than its connection takes. */
  private static final int UNCOUNTED_BYTES = 4 << 10;

  /** Saved by itself, so that the lines around it are not kept waiting. */
  private static final int APART_BYTES = 64 << 10;

  private final Vertx vertx;
  private final RoutingContext context;
  private final Intake intake;
  private final BulkUploadSaves saves;
  private final BulkUploadReader reader;
  private final BulkUploads.Memory memory;
  private final UnreadResponses answers;
  private final StallTimer stall;

  private @Nullable Share window;
  private boolean hasWindow;
  private boolean isWaitingForWindow;
  private @Nullable Share room;
  private boolean isWaitingForRoom;
  private boolean isReading;

  /** Whether the reader can go on without further input. */
  private boolean isMoreToRead;

  private boolean isAllRead;
  private boolean isAnyAnswered;
  private boolean isOver;
  private @Nullable Throwable failure;
  private @Nullable Promise<Optional<Buffer>> asked;

  BulkUpload(
      Vertx vertx,
      RoutingContext context,
      Bus bus,
      AuditWriter audit,
      Stage stage,
      BulkUploadReader reader,
      BulkUploads.Memory memory,
      ShutdownDeadline deadline) {
    this.vertx = vertx;
    this.context = context;
    intake = new Intake(context.request(), this::advance);
    saves = new BulkUploadSaves(bus, audit, stage, context, deadline, this::saved);
    this.reader = reader;
    this.memory = memory;
    answers = new UnreadResponses(memory.windows(), memory.mostAnswers());
    stall = new StallTimer(memory.patience().toMillis(), this::stopped);
  }

  /** Waits for the first bytes, then in line for a window. */
  void begin() {
    int unused = context.addEndHandler(ended -> close());
    window = memory.windows().open(WINDOW_BYTES, this::givenUp);
    intake.open(this::stopped);
    advance();
  }

  private void askForWindow(Share asking) {
    Future<Void> granted = asking.growTo(WINDOW_BYTES);
    hasWindow = granted.succeeded();
    if (!hasWindow) {
      isWaitingForWindow = true;
      Future<Void> unused =
          granted.onSuccess(
              there -> {
                isWaitingForWindow = false;
                hasWindow = true;
                if (isOver) {
                  close();
                } else {
                  advance();
                }
              });
    }
  }

  private void givenUp() {
    fail(
        new ProblemException(
            Problem.unavailable(
                "The lines arrive too slowly while other requests wait for memory."
                    + " Send the lines without a response line again.")));
  }

  /** The sender has gone, or has been silent for too long. */
  private void stopped() {
    fail(new ProblemException(Problem.brokenTransfer()));
  }

  private void advance() {
    Share held = window;
    if (held == null || isOver || isAllRead) {
      return;
    }
    if (!hasWindow && !isWaitingForWindow && isAnythingToRead()) {
      askForWindow(held);
    }
    if (hasWindow && !isReading && !isWaitingForRoom && isAnythingToRead() && mayTakeMore()) {
      read();
    }
    boolean isSendersTurn =
        intake.listen(hasWindow)
            && !isReading
            && !isWaitingForRoom
            && saves.areDone()
            && asked != null;
    if (isSendersTurn) {
      stall.start();
      rest(held);
    } else {
      stall.stop();
    }
    held.setReceiving(isSendersTurn);
    if (room != null) {
      room.setReceiving(isSendersTurn);
    }
  }

  /**
   * Keeps what it needs until there is more to do; a large line keeps all, to wait for nothing
   * again.
   */
  private void rest(Share held) {
    if (hasWindow && room == null && answers.isEmpty()) {
      hasWindow = false;
      held.shrinkTo(reader.heldBytes() <= UNCOUNTED_BYTES ? 0 : reader.heldBytes());
    }
  }

  private boolean isAnythingToRead() {
    return isMoreToRead || intake.isEnded() || !intake.isEmpty();
  }

  private boolean mayTakeMore() {
    return saves.inFlightBytes() <= MOST_IN_FLIGHT_BYTES && answers.hasRoom();
  }

  private void read() {
    isReading = true;
    List<byte[]> pieces = intake.take();
    heard(pieces);
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

  private void heard(List<byte[]> pieces) {
    int bytes = pieces.stream().mapToInt(piece -> piece.length).sum();
    if (window != null) {
      window.received(bytes);
    }
    if (room != null) {
      room.received(bytes);
    }
  }

  private void read(LineBatch batch) {
    isReading = false;
    if (isOver) {
      close();
      return;
    }
    intake.left(reader.waitingBytes());
    isMoreToRead = batch.end() == LineBatch.End.FULL;
    if (!batch.refused().isEmpty()) {
      answer(ResponseLines.refused(batch.refused(), LineRefusals.of(context)));
    }
    save(batch.taken());
    switch (batch.end()) {
      case FULL, NOTHING_LEFT -> {}
      case OUTGROWN -> askForRoom();
      case BODY_ENDED -> allRead();
      case BODY_BROKEN -> broken(batch);
    }
    advance();
    giveAnswer();
  }

  private void save(List<Taken> lines) {
    List<Taken> together = new ArrayList<>(lines.size());
    for (Taken line : lines) {
      if (line.bytes() <= APART_BYTES) {
        together.add(line);
        continue;
      }
      saves.together(together);
      together = new ArrayList<>();
      Share ofLine = line.bytes() > BulkUploadReader.MOST_LINE_BYTES ? room : null;
      room = ofLine == null ? room : null;
      saves.apart(line, ofLine);
    }
    saves.together(together);
    if (room != null && !reader.isInLargeLine() && !isWaitingForRoom) {
      room.close();
      room = null;
    }
  }

  private void saved(Buffer answer) {
    if (isOver) {
      close();
      return;
    }
    answer(answer);
    advance();
    giveAnswer();
  }

  /** The line needs more room: several times what there is of it, as long as it goes on. */
  private void askForRoom() {
    isWaitingForRoom = true;
    Share growing = room == null ? memory.large().open(memory.limit(), this::givenUp) : room;
    room = growing;
    long wanted =
        Math.min(memory.limit(), ROOM_GROWTH * Math.max(reader.room(), reader.heldBytes()));
    Future<Void> unused =
        growing
            .growTo(wanted)
            .onSuccess(
                grown -> {
                  isWaitingForRoom = false;
                  if (isOver) {
                    close();
                    return;
                  }
                  reader.giveRoom(wanted);
                  isMoreToRead = true;
                  advance();
                });
  }

  private void allRead() {
    isAllRead = true;
    intake.drop();
    stall.stop();
  }

  /** Who got no answer yet gets a clear one; otherwise the line where it broke has it. */
  private void broken(LineBatch batch) {
    Refused broken = batch.broken();
    allRead();
    intake.drain();
    if (broken == null) {
      return;
    }
    if (isAnyAnswered || !saves.areDone()) {
      answer(ResponseLines.refused(List.of(broken), LineRefusals.of(context)));
    } else {
      fail(new ProblemException(broken.problem()));
    }
  }

  private void answer(Buffer lines) {
    isAnyAnswered = true;
    answers.add(lines);
  }

  @Override
  public Future<Optional<Buffer>> next() {
    Promise<Optional<Buffer>> promise = Promise.promise();
    asked = promise;
    giveAnswer();
    // Answers were read, or nothing is left to do but to listen.
    advance();
    return promise.future();
  }

  private void giveAnswer() {
    Promise<Optional<Buffer>> promise = asked;
    if (promise == null) {
      return;
    }
    Buffer piece = answers.next();
    if (piece != null) {
      asked = null;
      promise.complete(Optional.of(piece));
    } else if (failure != null) {
      asked = null;
      promise.fail(failure);
    } else if (isAllRead && saves.areDone()) {
      asked = null;
      promise.complete(Optional.empty());
    }
  }

  private void fail(Throwable reason) {
    if (failure == null) {
      failure = reason;
      allRead();
      intake.drain();
      giveAnswer();
    }
  }

  /** Gives its memory back, as soon as nothing uses it any more. */
  @Override
  public void close() {
    isOver = true;
    intake.drop();
    stall.stop();
    if (isReading || !saves.areDone()) {
      return;
    }
    reader.close();
    answers.close();
    if (room != null) {
      room.close();
      room = null;
    }
    if (window != null) {
      window.close();
      window = null;
    }
  }
}
