package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.Position;
import org.benchmarkresults.model.ResultPage;
import org.benchmarkresults.model.ResultQuery;
import org.jspecify.annotations.Nullable;

/**
 * A list as one JSON array, page after page. The next page is asked for while the one before is
 * written, so the database and the socket work side by side; two pages are in memory at most.
 */
final class ListSource implements Reply.Source {
  private final Bus bus;
  private final ResultQuery query;
  private @Nullable Future<ResultPage> coming;
  private boolean first = true;

  ListSource(Bus bus, ResultQuery query, ResultPage firstPage) {
    this.bus = bus;
    this.query = query;
    coming = Future.succeededFuture(firstPage);
  }

  @Override
  public Future<Optional<Buffer>> next() {
    Future<ResultPage> page = coming;
    return page == null
        ? Future.succeededFuture(Optional.empty())
        : page.map(arrived -> Optional.of(piece(arrived)));
  }

  private Buffer piece(ResultPage page) {
    Position next = page.next();
    coming = next == null ? null : bus.ask(Addresses.LIST, query.from(next));
    Buffer piece = Buffer.buffer(ResultJson.expectedBytes(page.rows()) + 1);
    if (first) {
      piece.appendString("[");
    } else if (!page.rows().isEmpty()) {
      piece.appendString(",");
    }
    first = false;
    ResultJson.rows(page.rows(), piece);
    return next == null ? piece.appendString("]") : piece;
  }
}
