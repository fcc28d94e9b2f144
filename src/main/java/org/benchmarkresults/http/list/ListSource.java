package org.benchmarkresults.http.list;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.exchange.ResponseBudget.Share;
import org.benchmarkresults.http.exchange.ResponseBudget.Use;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.ResultOutline;
import org.benchmarkresults.model.search.ResultPage;
import org.benchmarkresults.model.search.ResultQuery;
import org.jspecify.annotations.Nullable;

/**
 * A list as one JSON array, page after page. The next page is made ready while the one before is
 * written, so the database and the socket work side by side; where there is no memory to spare for
 * that, it is asked for when the one before is written.
 *
 * <p>For each page the database names the rows, from an index; they are read only when one of them
 * is not cached. Whole lists are what dashboards ask for again and again.
 */
public final class ListSource implements Response.Source {
  /** After so many uncached pages in a row the rest is not expected to be cached either. */
  private static final int MOST_MISSES = 4;

  private record Rows(List<byte[]> rows, @Nullable PageKey next) {}

  /** A page and the memory that it takes. */
  private record Held(Rows rows, Share share) {}

  private static final long READING_BYTES = PageSize.reading(PageSize.first(false), false);

  private final Bus bus;
  private final RowCache cache;
  private final ResultQuery query;
  private final ResponseBudget budget;
  private @Nullable Future<Held> coming;
  private @Nullable PageKey following;
  private Share share;
  private boolean left;
  private boolean first = true;
  private int misses;

  /**
   * @param outline of the first page
   * @param share of memory, which the first page takes
   */
  public ListSource(
      Bus bus,
      RowCache cache,
      ResponseBudget budget,
      ResultQuery query,
      ResultOutline outline,
      Share share) {
    this.bus = bus;
    this.cache = cache;
    this.budget = budget;
    this.query = query;
    this.share = share;
    coming = held(rows(query, outline), share);
  }

  private static Future<Held> held(Future<Rows> rows, Share share) {
    return rows.map(arrived -> new Held(arrived, share)).onFailure(failure -> share.close());
  }

  @Override
  public Future<Optional<Buffer>> next() {
    if (coming != null) {
      // The first page has the share of the list; of later ones the page before is written by now.
      return coming.map(held -> Optional.of(piece(held)));
    }
    share.close();
    PageKey next = following;
    return next == null
        ? Future.succeededFuture(Optional.empty())
        : budget
            .acquireNext(Use.PAGES, READING_BYTES)
            .compose(given -> held(rowsUnlessLeft(next), given))
            .map(held -> Optional.of(piece(held)));
  }

  private Future<Rows> rowsUnlessLeft(PageKey next) {
    return left ? Future.failedFuture(new ClosedChannelException()) : rows(query.from(next));
  }

  private Buffer piece(Held held) {
    if (share != held.share) {
      share.close();
      share = held.share;
    }
    Rows arrived = held.rows;
    List<byte[]> rows = arrived.rows();
    Buffer piece = Buffer.buffer(rows.stream().mapToInt(row -> row.length + 1).sum() + 2);
    for (byte[] row : rows) {
      piece.appendByte((byte) (first ? '[' : ',')).appendBytes(row);
      first = false;
    }
    following = arrived.next();
    if (following == null) {
      piece.appendString(first ? "[]" : "]");
    }
    share.resize(left ? 0 : piece.length());
    coming = left ? null : prefetch(following);
    return piece;
  }

  private @Nullable Future<Held> prefetch(@Nullable PageKey next) {
    return next == null
        ? null
        : budget
            .tryAcquire(READING_BYTES)
            .map(given -> held(rows(query.from(next)), given))
            .orElse(null);
  }

  @Override
  public void close() {
    left = true;
    share.close();
    if (coming != null) {
      Future<Held> unused = coming.onSuccess(held -> held.share.close());
    }
  }

  private Future<Rows> rows(ResultQuery page) {
    return misses < MOST_MISSES
        ? bus.request(Addresses.LIST, page).compose(outline -> rows(page, outline))
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

  /** The rows that are read replace the outline, which later writes may have made outdated. */
  private Future<Rows> read(ResultQuery page) {
    return bus.request(Addresses.SUMMARIES, page).map(this::written);
  }

  private Rows written(ResultPage page) {
    return new Rows(cache.write(query.stage(), page.rows()), page.next());
  }
}
