package org.benchmarkresults.http.list;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.exchange.PageRetry;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.exchange.ResponseBudget.Share;
import org.benchmarkresults.http.exchange.ResponseBudget.Use;
import org.benchmarkresults.http.format.RowFormat;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.SearchOutcome.Page;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a search, page after page or one page alone, in the requested format. The next page
 * is made ready while the one before is written, as long as there is memory to spare; else it is
 * asked for when the one before is written and its memory given back. Confined to the request's
 * event loop.
 */
public final class SearchSource implements Response.Source {
  /** Room for the rows of a page of 100; larger arrays take whole regions of a small heap. */
  private static final long PIECE_BYTES = 160 << 10;

  /** A page and the memory that it takes. */
  private record Held(SearchOutcome outcome, Share share) {}

  private final Bus bus;
  private final Function<Search, Future<SearchOutcome>> pages;
  private final ResponseBudget budget;
  private final boolean onePage;
  private final RowFormat format;
  private Search search;
  private @Nullable PageKey following;
  private final Queue<Row> rows = new ArrayDeque<>();
  private long unwritten;
  private Share share;
  private @Nullable Future<Held> coming;
  private @Nullable ChunkSource data;
  private boolean opened;
  private boolean closed;
  private boolean left;

  /**
   * @param pages requests a page
   * @param first the first page of the search
   * @param share of memory, which the page takes
   * @param onePage whether it is all that is wanted
   */
  public SearchSource(
      Bus bus,
      Function<Search, Future<SearchOutcome>> pages,
      ResponseBudget budget,
      Search search,
      Page first,
      Share share,
      boolean onePage,
      RowFormat format) {
    this.bus = bus;
    this.pages = pages;
    this.budget = budget;
    this.search = search;
    this.onePage = onePage;
    this.format = format;
    this.share = share;
    take(first);
  }

  private void take(Page page) {
    rows.addAll(page.rows());
    unwritten = RowBytes.of(page.rows());
    share.resize(unwritten);
    following = onePage ? null : page.next();
    if (following != null) {
      int limit = PageSize.next(page.rows(), search.limit(), search.withData(), budget.isTight());
      search = search.from(following, limit);
      coming = budget.tryAcquire(readingBytes()).map(this::ask).orElse(null);
    } else {
      coming = null;
    }
  }

  private long readingBytes() {
    return PageSize.reading(search.limit(), search.withData());
  }

  private Future<Held> ask(Share given) {
    Search asked = search;
    return PageRetry.call(() -> pages.apply(asked), () -> !left)
        .map(outcome -> held(outcome, given))
        .onFailure(failure -> given.close());
  }

  private static Held held(SearchOutcome outcome, Share given) {
    if (outcome instanceof Page page) {
      given.resize(RowBytes.of(page.rows()));
    }
    return new Held(outcome, given);
  }

  @Override
  public Future<Optional<Buffer>> next() {
    if (data != null) {
      return data.next().compose(piece -> piece.isPresent() ? done(piece) : afterData());
    }
    if (!rows.isEmpty()) {
      return rows();
    }
    share.close();
    if (coming != null) {
      return coming.compose(this::turn);
    }
    if (following != null) {
      return budget
          .acquireNext(Use.PAGES, readingBytes())
          .compose(this::askUnlessLeft)
          .compose(this::turn);
    }
    if (closed) {
      return done(Optional.empty());
    }
    closed = true;
    return done(Optional.of(opened(format.closing())));
  }

  private Future<Held> askUnlessLeft(Share given) {
    if (left) {
      given.close();
      return Future.failedFuture(new ClosedChannelException());
    }
    return ask(given);
  }

  private Future<Optional<Buffer>> afterData() {
    data = null;
    return next();
  }

  /** Some rows, up to one whose data comes in pieces of its own, or that one. */
  private Future<Optional<Buffer>> rows() {
    // The piece before this one has gone to the socket by now.
    share.shrinkTo(unwritten);
    List<Row> some = new ArrayList<>();
    long bytes = 0;
    while (!rows.isEmpty() && bytes < PIECE_BYTES && !RowFormat.streamsData(rows.element())) {
      Row row = rows.remove();
      bytes += RowBytes.of(row);
      some.add(row);
    }
    unwritten -= bytes;
    if (!some.isEmpty()) {
      Buffer piece = opened(format.rows(some));
      closed = rows.isEmpty() && coming == null && following == null;
      return done(Optional.of(closed ? piece.appendBuffer(format.closing()) : piece));
    }
    data = data(rows.remove());
    return next();
  }

  private ChunkSource data(Row large) {
    Buffer opening = opened(Buffer.buffer());
    return ChunkSource.of(bus, budget, search.stage(), large, format.aroundData(large), opening);
  }

  private Future<Optional<Buffer>> turn(Held held) {
    if (left) {
      held.share.close();
      return done(Optional.empty());
    }
    share = held.share;
    switch (held.outcome) {
      case Page next -> take(next);
      case SearchOutcome.TooCostly tooCostly -> throw new ProblemException(Problem.tooCostly());
    }
    return next();
  }

  @Override
  public void close() {
    left = true;
    rows.clear();
    share.close();
    if (data != null) {
      data.close();
    }
    if (coming != null) {
      Future<Held> unused = coming.onSuccess(held -> held.share.close());
    }
  }

  /** With what stands before all rows, if nothing was written yet. */
  private Buffer opened(Buffer piece) {
    if (opened) {
      return piece;
    }
    opened = true;
    return format.opening().appendBuffer(piece);
  }

  private static Future<Optional<Buffer>> done(Optional<Buffer> piece) {
    return Future.succeededFuture(piece);
  }
}
