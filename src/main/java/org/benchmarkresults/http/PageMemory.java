package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.nio.channels.ClosedChannelException;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.exchange.ResponseBudget.Use;
import org.benchmarkresults.http.format.Members;
import org.benchmarkresults.http.list.ValueLists;

/** Reserves the memory of pages that are held as a whole until they are sent. */
record PageMemory(ResponseBudget budget) {
  private static final long MOST_BYTES = 8 << 20;
  private static final long ROW_WITH_DATA_BYTES = 128 << 10;
  private static final int DEFAULT_LIMIT = 100;

  /** Succeeds when the page of a request fits; its memory is given back when the request ends. */
  Future<Void> reserve(RoutingContext context, int rowBytes) {
    if (rowBytes == 0) {
      return Future.succeededFuture();
    }
    long bytes = bytes(context, rowBytes);
    return budget
        .acquire(Use.forPage(bytes), bytes)
        .compose(
            share -> {
              if (context.response().closed()) {
                share.close();
                return Future.failedFuture(new ClosedChannelException());
              }
              int unused = context.addEndHandler(ended -> share.close());
              return Future.succeededFuture();
            });
  }

  private static long bytes(RoutingContext context, int rowBytes) {
    Members members = Members.of(context.queryParams().get("fields"));
    boolean withData = members != null && members.withData();
    long rows = ValueLists.limit(context.queryParams(), DEFAULT_LIMIT);
    return Math.min(MOST_BYTES, rows * (withData ? ROW_WITH_DATA_BYTES : rowBytes));
  }
}
