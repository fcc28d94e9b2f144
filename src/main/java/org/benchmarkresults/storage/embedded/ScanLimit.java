package org.benchmarkresults.storage.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.benchmarkresults.storage.embedded.rows.RowSearch;
import org.jspecify.annotations.Nullable;

/**
 * Limits concurrent commands that scan many rows: more would not end sooner and each takes memory.
 * Commands by id are not limited. Thread-safe.
 */
final class ScanLimit {
  private static final int MIN_SCANS = 2;
  private static final long DEFAULT_TIMEOUT_MILLIS = 60_000;

  private final Semaphore free =
      new Semaphore(Math.max(MIN_SCANS, Runtime.getRuntime().availableProcessors()), true);

  /**
   * Runs a command as soon as the limit allows.
   *
   * @throws TemporaryError when the time limit of the command is over before
   */
  <T> T run(Document command, Supplier<T> work) {
    if (!isScan(command)) {
      return work.get();
    }
    await(command);
    try {
      return work.get();
    } finally {
      free.release();
    }
  }

  private void await(Document command) {
    long millis =
        command.get("maxTimeMS") instanceof Number given && given.longValue() > 0
            ? given.longValue()
            : DEFAULT_TIMEOUT_MILLIS;
    try {
      if (free.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw TemporaryError.busy();
  }

  private static boolean isScan(Document command) {
    String name = command.keySet().iterator().next();
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "find" -> isScanFilter(command.get("filter")) && !isShort(command);
      case "count" -> isScanFilter(command.get("query"));
      case "aggregate" -> isScanFilter(firstMatch(command.get("pipeline")));
      case "distinct" -> true;
      default -> name.equals(ValuesCommand.COMMAND);
    };
  }

  /** A limited read in the stored order with no filter that skips rows. */
  private static boolean isShort(Document find) {
    return find.get("limit") instanceof Number limit
        && limit.longValue() > 0
        && find.get("sort") instanceof Document order
        && RowSearch.isByReceipt(order)
        && (!(find.get("filter") instanceof Document filter) || RowSearch.isOfReceipt(filter));
  }

  private static @Nullable Object firstMatch(@Nullable Object pipeline) {
    return pipeline instanceof List<?> stages
            && !stages.isEmpty()
            && stages.get(0) instanceof Document first
        ? first.get("$match")
        : null;
  }

  private static boolean isScanFilter(@Nullable Object query) {
    return !(query instanceof Document filter) || RowSearch.ids(filter) == null;
  }
}
