package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.exchange.ResponseBudget.Use;
import org.benchmarkresults.http.format.Members;
import org.benchmarkresults.http.list.ValueLists;
import org.jspecify.annotations.Nullable;

/**
 * An operation whose whole page is in memory until it is answered: it is asked for when the budget
 * has room for it.
 *
 * @param rowBytes that a row takes; with its data the most that a row can hold
 */
record BudgetedOperation(Operation operation, ResponseBudget budget, long rowBytes)
    implements Operation {
  private static final long MOST_BYTES = 8 << 20;
  private static final long ROW_WITH_DATA_BYTES = 128 << 10;
  private static final int DEFAULT_LIMIT = 100;

  private static final Map<String, Integer> ROW_BYTES =
      Map.of(
          "readRun", 8 << 10,
          "listBenchmarks", 1 << 10,
          "listModels", 1 << 10,
          "listSources", 1 << 10,
          "listChanges", 2 << 10,
          "listRawInputVersions", 4 << 10,
          "listStandardizedOutputVersions", 4 << 10);

  /** Puts the operations that need it within the budget. */
  static void in(Map<String, Operation> table, ResponseBudget budget) {
    ROW_BYTES.forEach(
        (id, bytes) ->
            table.computeIfPresent(
                id, (same, operation) -> new BudgetedOperation(operation, budget, bytes)));
  }

  @Override
  public String id() {
    return operation.id();
  }

  @Override
  public @Nullable String address() {
    return operation.address();
  }

  @Override
  public Future<Response> answer(RoutingContext context, Bus bus) {
    long bytes = bytes(context);
    return budget
        .acquire(Use.forPage(bytes), bytes)
        .compose(
            share -> {
              if (context.response().closed()) {
                share.close();
                return Future.failedFuture(new ClosedChannelException());
              }
              // Comes once, however the request ends.
              int unused = context.addEndHandler(ended -> share.close());
              return operation.answer(context, bus);
            });
  }

  private long bytes(RoutingContext context) {
    Members members = Members.of(context.queryParams().get("fields"));
    boolean withData = members != null && members.withData();
    long rows = ValueLists.limit(context.queryParams(), DEFAULT_LIMIT);
    return Math.min(MOST_BYTES, rows * (withData ? ROW_WITH_DATA_BYTES : rowBytes));
  }
}
