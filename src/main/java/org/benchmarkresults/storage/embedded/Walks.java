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
 * Lets few commands at once read many rows: more would not be done sooner, and each takes memory.
 * Commands that name ids do not wait. Thread-safe.
 */
final class Walks {
  private static final int FEWEST = 2;
  private static final long LONGEST_WAIT_MILLIS = 60_000;

  private final Semaphore free =
      new Semaphore(Math.max(FEWEST, Runtime.getRuntime().availableProcessors()), true);

  /**
   * Runs a command, when it is its turn.
   *
   * @throws NotNow when the time that the client gave it is over before
   */
  <T> T inTurn(Document command, Supplier<T> work) {
    if (!isWalk(command)) {
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
            : LONGEST_WAIT_MILLIS;
    try {
      if (free.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw NotNow.busy();
  }

  private static boolean isWalk(Document command) {
    String name = command.keySet().iterator().next();
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "find" -> isWalkOf(command.get("filter")) && !isShort(command);
      case "count" -> isWalkOf(command.get("query"));
      case "aggregate" -> isWalkOf(firstMatch(command.get("pipeline")));
      case "distinct" -> true;
      default -> name.equals(ValuesRequest.COMMAND);
    };
  }

  /** Some rows in the order that they lie in, of which each fits. */
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

  private static boolean isWalkOf(@Nullable Object query) {
    return !(query instanceof Document filter) || RowSearch.ids(filter) == null;
  }
}
