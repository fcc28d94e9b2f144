package org.benchmarkresults.http.observation;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.http.exchange.PageRetry;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.exchange.ResponseBudget.Share;
import org.benchmarkresults.http.exchange.ResponseBudget.Use;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.observation.StoredObservation;
import org.benchmarkresults.model.observed.ObservationOutcome;
import org.benchmarkresults.model.observed.ObservationOutcome.Page;
import org.benchmarkresults.model.observed.ObservationSearch;
import org.benchmarkresults.model.search.PageKey;
import org.jspecify.annotations.Nullable;

/**
 * Observations, page after page or one page alone. Each page is read when the one before is
 * written. Confined to the request's event loop.
 */
final class ObservationSource implements Response.Source {
  /** Objects of a row and its text, measured at 40 dimensions. */
  private static final long ROW_BYTES = 4 << 10;

  private static final int ROWS_A_PIECE = 100;
  private static final int MOST_ROWS_A_PAGE = 1_000;

  private final Bus bus;
  private final ResponseBudget budget;
  private final boolean isOnePage;
  private final RowWriter writer;
  private ObservationSearch search;
  private List<StoredObservation> rows;
  private @Nullable PageKey following;
  private Share share;
  private boolean isOpened;
  private boolean isDone;
  private boolean isLeft;

  /**
   * @param first page of the search
   * @param share of memory, which the page takes
   * @param isOnePage whether it is all that is wanted
   */
  ObservationSource(
      Bus bus,
      ResponseBudget budget,
      ObservationSearch search,
      Page first,
      Share share,
      boolean isOnePage,
      RowWriter writer) {
    this.bus = bus;
    this.budget = budget;
    this.search = search;
    this.share = share;
    this.isOnePage = isOnePage;
    this.writer = writer;
    rows = first.rows();
    following = isOnePage ? null : first.next();
    share.resize(bytes(rows.size()));
  }

  /** The memory of a page of so many rows. */
  static long bytes(int rows) {
    return rows * ROW_BYTES;
  }

  @Override
  public Future<Optional<Buffer>> next() {
    if (isDone) {
      share.close();
      return Future.succeededFuture(Optional.empty());
    }
    Buffer piece = isOpened ? Buffer.buffer() : writer.opening();
    isOpened = true;
    if (!rows.isEmpty()) {
      int count = Math.min(ROWS_A_PIECE, rows.size());
      piece.appendBuffer(writer.rows(rows.subList(0, count)));
      rows = rows.subList(count, rows.size());
    }
    if (writer.isFull()) {
      rows = List.of();
      following = null;
    }
    if (rows.isEmpty() && following == null) {
      isDone = true;
      piece.appendBuffer(writer.closing());
    }
    if (piece.length() > 0 || isDone) {
      return Future.succeededFuture(Optional.of(piece));
    }
    return nextPage().compose(read -> next());
  }

  private Future<Void> nextPage() {
    share.close();
    search = search.from(following, MOST_ROWS_A_PAGE);
    return budget
        .acquireNext(Use.PAGES, bytes(MOST_ROWS_A_PAGE))
        .compose(
            given -> {
              share = given;
              return isLeft
                  ? Future.<ObservationOutcome>failedFuture(new ClosedChannelException())
                  : PageRetry.call(
                      () -> bus.request(ObservationAddresses.SEARCH_OBSERVATIONS, search),
                      () -> !isLeft);
            })
        .onFailure(failure -> share.close())
        .map(this::take);
  }

  private @Nullable Void take(ObservationOutcome outcome) {
    switch (outcome) {
      case Page page -> {
        rows = page.rows();
        following = isOnePage ? null : page.next();
        share.resize(isLeft ? 0 : bytes(rows.size()));
      }
      case ObservationOutcome.TooCostly costly ->
          throw new ProblemException(ObservationProblems.tooCostly(costly));
    }
    return null;
  }

  @Override
  public void close() {
    isLeft = true;
    share.close();
  }
}
