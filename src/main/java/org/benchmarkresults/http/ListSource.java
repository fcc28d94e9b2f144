package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.Position;
import org.benchmarkresults.model.ResultOutline;
import org.benchmarkresults.model.ResultPage;
import org.benchmarkresults.model.ResultQuery;
import org.jspecify.annotations.Nullable;

/**
 * A list as one JSON array, page after page. The next page is made ready while the one before is
 * written, so the database and the socket work side by side; two pages are in memory at most.
 *
 * <p>For each page the database names the rows, from an index; they are read only when one of them
 * is not cached. Whole lists are what dashboards ask for again and again.
 */
final class ListSource implements Reply.Source {
  /** After so many uncached pages in a row the rest is not expected to be cached either. */
  private static final int MOST_MISSES = 4;

  private record Rows(List<byte[]> rows, @Nullable Position next) {}

  private final Bus bus;
  private final RowCache cache;
  private final ResultQuery query;
  private @Nullable Future<Rows> coming;
  private boolean first = true;
  private int misses;

  /**
   * @param outline of the first page
   */
  ListSource(Bus bus, RowCache cache, ResultQuery query, ResultOutline outline) {
    this.bus = bus;
    this.cache = cache;
    this.query = query;
    coming = rows(query, outline);
  }

  @Override
  public Future<Optional<Buffer>> next() {
    Future<Rows> rows = coming;
    return rows == null
        ? Future.succeededFuture(Optional.empty())
        : rows.map(arrived -> Optional.of(piece(arrived)));
  }

  private Buffer piece(Rows arrived) {
    Position next = arrived.next();
    coming = next == null ? null : rows(query.from(next));
    List<byte[]> rows = arrived.rows();
    Buffer piece = Buffer.buffer(rows.stream().mapToInt(row -> row.length + 1).sum() + 2);
    for (byte[] row : rows) {
      piece.appendByte((byte) (first ? '[' : ',')).appendBytes(row);
      first = false;
    }
    if (next == null) {
      piece.appendString(first ? "[]" : "]");
    }
    return piece;
  }

  private Future<Rows> rows(ResultQuery page) {
    return misses < MOST_MISSES
        ? bus.ask(Addresses.LIST, page).compose(outline -> rows(page, outline))
        : read(page);
  }

  private Future<Rows> rows(ResultQuery page, ResultOutline outline) {
    Optional<List<byte[]>> cached = cache.find(query.stage(), outline.rows());
    if (cached.isPresent()) {
      misses = 0;
      return Future.succeededFuture(new Rows(cached.get(), outline.next()));
    }
    misses++;
    return read(page);
  }

  /** What is read may differ from the outline by what was written meanwhile; it is what counts. */
  private Future<Rows> read(ResultQuery page) {
    return bus.ask(Addresses.SUMMARIES, page).map(this::written);
  }

  private Rows written(ResultPage page) {
    return new Rows(cache.write(query.stage(), page.rows()), page.next());
  }
}
