package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Consumer;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.Batch.Taken;
import org.benchmarkresults.http.UploadBudget.Share;
import org.benchmarkresults.model.ResultBatch;
import org.benchmarkresults.model.SaveOutcome;
import org.benchmarkresults.model.Stage;
import org.jspecify.annotations.Nullable;

/** The lines of one load that are being saved. Confined to the request's event loop. */
final class LoadSaves {
  /** What a line takes in flight beside its own bytes: its result, its document, the copy on the wire. */
  static final int LINE_BYTES = 3 << 10;

  private final Bus bus;
  private final Stage stage;
  private final RoutingContext context;
  private final Consumer<Buffer> answered;
  private int questions;
  private long inFlightBytes;

  /**
   * @param answered takes the answers of lines whose fate is known
   */
  LoadSaves(Bus bus, Stage stage, RoutingContext context, Consumer<Buffer> answered) {
    this.bus = bus;
    this.stage = stage;
    this.context = context;
    this.answered = answered;
  }

  boolean areDone() {
    return questions == 0;
  }

  long inFlightBytes() {
    return inFlightBytes;
  }

  /** Saves lines as one batch. */
  void together(List<Taken> lines) {
    ResultBatch batch = new ResultBatch(stage, lines.stream().map(Taken::result).toList());
    long bytes = lines.stream().mapToLong(line -> line.bytes() + LINE_BYTES).sum();
    settle(lines, bus.ask(Addresses.SAVE_ALL, batch).map(saved -> saved.outcomes()), bytes, null);
  }

  /**
   * Saves a line by itself.
   *
   * @param share the memory it has of its own, given back when it is saved; null for none
   */
  void apart(Taken line, @Nullable Share share) {
    if (share != null) {
      share.shrinkTo(line.bytes());
    }
    settle(
        List.of(line),
        bus.ask(Addresses.SAVE, line.result()).map(List::of),
        share == null ? line.bytes() + LINE_BYTES : LINE_BYTES,
        share);
  }

  private void settle(
      List<Taken> lines, Future<List<SaveOutcome>> saved, long bytes, @Nullable Share share) {
    questions++;
    inFlightBytes += bytes;
    Future<Buffer> unused =
        saved
            .map(outcomes -> AnswerLines.saved(lines, outcomes))
            .otherwise(
                reason -> AnswerLines.notSaved(lines, Failures.problem(reason, context)))
            .onSuccess(
                answer -> {
                  questions--;
                  inFlightBytes -= bytes;
                  if (share != null) {
                    share.close();
                  }
                  answered.accept(answer);
                });
  }
}
