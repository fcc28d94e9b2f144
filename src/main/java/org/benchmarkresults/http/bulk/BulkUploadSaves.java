package org.benchmarkresults.http.bulk;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.access.AuditWriter;
import org.benchmarkresults.http.body.UploadBudget.Share;
import org.benchmarkresults.http.bulk.LineBatch.Taken;
import org.benchmarkresults.http.exchange.Failures;
import org.benchmarkresults.http.exchange.ShutdownDeadline;
import org.benchmarkresults.http.log.LineRefusals;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultBatch;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one load that are being saved: side by side, but those of one result name in their
 * order, or its versions would be in any. Confined to the request's event loop.
 */
final class BulkUploadSaves {
  /**
   * What a line takes in flight beside its own bytes: its result, its document, the copy on the
   * wire.
   */
  static final int LINE_BYTES = 3 << 10;

  private final Bus bus;
  private final AuditWriter audit;
  private final Stage stage;
  private final RoutingContext context;
  private final ShutdownDeadline deadline;
  private final Consumer<Buffer> answered;

  /** The last save under way of each result name. */
  private final Map<String, Future<?>> underWay = new HashMap<>();

  private int questions;
  private long inFlightBytes;

  /**
   * @param answered takes the answers of lines whose fate is known
   */
  BulkUploadSaves(
      Bus bus,
      AuditWriter audit,
      Stage stage,
      RoutingContext context,
      ShutdownDeadline deadline,
      Consumer<Buffer> answered) {
    this.deadline = deadline;
    this.bus = bus;
    this.audit = audit;
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

  /** Saves lines as one batch, but for those that have to wait for another of their name. */
  void together(List<Taken> lines) {
    Map<String, Taken> batch = new LinkedHashMap<>();
    List<Taken> later = new ArrayList<>();
    for (Taken line : lines) {
      String name = name(line);
      if (underWay.containsKey(name) || batch.putIfAbsent(name, line) != null) {
        later.add(line);
      }
    }
    if (!batch.isEmpty()) {
      together(batch);
    }
    later.forEach(line -> apart(line, null));
  }

  private void together(Map<String, Taken> batch) {
    List<Taken> lines = List.copyOf(batch.values());
    ResultBatch results = new ResultBatch(stage, lines.stream().map(Taken::result).toList());
    Future<List<SaveOutcome>> saved =
        bus.request(Addresses.SAVE_ALL, results).map(outcome -> outcome.outcomes());
    batch.keySet().forEach(name -> underWay.put(name, saved));
    long bytes = lines.stream().mapToLong(line -> line.bytes() + LINE_BYTES).sum();
    settle(lines, saved, bytes, null);
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
    Future<?> before = underWay.getOrDefault(name(line), Future.succeededFuture());
    long begun = System.nanoTime();
    Future<List<SaveOutcome>> saved =
        before
            .transform(ended -> bus.request(Addresses.SAVE, since(begun, line.result())))
            .map(List::of);
    underWay.put(name(line), saved);
    settle(List.of(line), saved, share == null ? line.bytes() + LINE_BYTES : LINE_BYTES, share);
  }

  /**
   * As received when it is its turn: listeners count on it that what was received is stored soon.
   */
  private static Result since(long begun, Result result) {
    return result.heldUp(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
  }

  private static String name(Taken line) {
    return line.result().envelope().key().resultName();
  }

  private Future<List<SaveOutcome>> noted(List<Taken> lines, List<SaveOutcome> outcomes) {
    List<Result> results = lines.stream().map(Taken::result).toList();
    return audit.saved(context, results, outcomes).map(noted -> outcomes);
  }

  private void settle(
      List<Taken> lines, Future<List<SaveOutcome>> saved, long bytes, @Nullable Share share) {
    questions++;
    inFlightBytes += bytes;
    Future<Buffer> unused =
        deadline
            .limitLine(saved.compose(outcomes -> noted(lines, outcomes)))
            .map(
                outcomes ->
                    ResponseLines.saved(
                        lines, outcomes, AccessCheck.caller(context), LineRefusals.of(context)))
            .otherwise(
                reason ->
                    ResponseLines.notSaved(
                        lines, Failures.problem(reason, context), LineRefusals.of(context)))
            .onSuccess(
                answer -> {
                  questions--;
                  inFlightBytes -= bytes;
                  lines.forEach(line -> underWay.remove(name(line), saved));
                  if (share != null) {
                    share.close();
                  }
                  answered.accept(answer);
                });
  }
}
