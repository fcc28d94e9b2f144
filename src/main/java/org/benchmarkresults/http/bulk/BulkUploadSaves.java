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
import org.benchmarkresults.http.body.UploadBudget.Share;
import org.benchmarkresults.http.bulk.LineBatch.Accepted;
import org.benchmarkresults.http.exchange.Failures;
import org.benchmarkresults.http.exchange.ShutdownDeadline;
import org.benchmarkresults.http.log.LineRefusals;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultBatch;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The saves in progress of one bulk upload. They run concurrently, but those of one result name in
 * order, which is the order of its versions. Confined to the request's event loop.
 */
final class BulkUploadSaves {
  /** Memory of a line in flight in addition to its bytes: result, document, message. */
  static final int LINE_BYTES = 3 << 10;

  private final Bus bus;
  private final Stage stage;
  private final RoutingContext context;
  private final ShutdownDeadline deadline;
  private final Consumer<Buffer> responses;

  /** The last pending save of each result name. */
  private final Map<String, Future<?>> pending = new HashMap<>();

  private int pendingSaves;
  private long inFlightBytes;

  /**
   * @param responses consumer of the response lines of completed saves
   */
  BulkUploadSaves(
      Bus bus,
      Stage stage,
      RoutingContext context,
      ShutdownDeadline deadline,
      Consumer<Buffer> responses) {
    this.deadline = deadline;
    this.bus = bus;
    this.stage = stage;
    this.context = context;
    this.responses = responses;
  }

  boolean areDone() {
    return pendingSaves == 0;
  }

  long inFlightBytes() {
    return inFlightBytes;
  }

  /** Saves lines in one batch, except those that must wait for another save of their name. */
  void saveBatch(List<Accepted> lines) {
    Map<String, Accepted> batch = new LinkedHashMap<>();
    List<Accepted> later = new ArrayList<>();
    for (Accepted line : lines) {
      String name = name(line);
      if (pending.containsKey(name) || batch.putIfAbsent(name, line) != null) {
        later.add(line);
      }
    }
    if (!batch.isEmpty()) {
      saveBatch(batch);
    }
    later.forEach(line -> save(line, null));
  }

  private void saveBatch(Map<String, Accepted> batch) {
    List<Accepted> lines = List.copyOf(batch.values());
    ResultBatch results = new ResultBatch(stage, lines.stream().map(Accepted::result).toList());
    Future<List<SaveOutcome>> saved =
        bus.request(Addresses.SAVE_ALL, results).map(outcome -> outcome.outcomes());
    batch.keySet().forEach(name -> pending.put(name, saved));
    long bytes = lines.stream().mapToLong(line -> line.bytes() + LINE_BYTES).sum();
    settle(lines, saved, bytes, null);
  }

  /**
   * Saves one line.
   *
   * @param share memory of the line, released once it is saved; null when it is in the window
   */
  void save(Accepted line, @Nullable Share share) {
    if (share != null) {
      share.shrinkTo(line.bytes());
    }
    Future<?> before = pending.getOrDefault(name(line), Future.succeededFuture());
    long startNanos = System.nanoTime();
    Future<List<SaveOutcome>> saved =
        before
            .transform(ended -> bus.request(Addresses.SAVE, delayed(startNanos, line.result())))
            .map(List::of);
    pending.put(name(line), saved);
    settle(List.of(line), saved, share == null ? line.bytes() + LINE_BYTES : LINE_BYTES, share);
  }

  /** Delays the receipt time by the wait: the event stream relies on saves soon after it. */
  private static Result delayed(long startNanos, Result result) {
    return result.delayedBy(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
  }

  private static String name(Accepted line) {
    return line.result().envelope().key().resultName();
  }

  private void settle(
      List<Accepted> lines, Future<List<SaveOutcome>> saved, long bytes, @Nullable Share share) {
    pendingSaves++;
    inFlightBytes += bytes;
    Future<Buffer> unused =
        deadline
            .limitLine(saved)
            .map(
                outcomes ->
                    ResponseLines.saved(
                        lines, outcomes, AccessCheck.caller(context), LineRefusals.of(context)))
            .otherwise(
                reason ->
                    ResponseLines.notSaved(
                        lines, Failures.problem(reason, context), LineRefusals.of(context)))
            .onSuccess(
                lineResponses -> {
                  pendingSaves--;
                  inFlightBytes -= bytes;
                  lines.forEach(line -> pending.remove(name(line), saved));
                  if (share != null) {
                    share.close();
                  }
                  responses.accept(lineResponses);
                });
  }
}
