package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.Search;
import org.benchmarkresults.model.SearchOutcome;
import org.benchmarkresults.model.SearchOutcome.Page;
import org.benchmarkresults.model.SearchOutcome.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a search finds, page after page or one page alone, in the format asked for. The next page is
 * made ready while the one before is written; two are in memory at most.
 */
final class SearchSource implements Reply.Source {
  /** Enough for a write to the socket; larger arrays take whole regions of a small heap. */
  private static final long PIECE_BYTES = 128 << 10;

  private final Bus bus;
  private final Search search;
  private final boolean onePage;
  private final RowFormat format;
  private Page page;
  private int row;
  private @Nullable Future<SearchOutcome> coming;
  private @Nullable ChunkSource data;
  private boolean opened;
  private boolean closed;

  /**
   * @param first the first page of the search
   * @param onePage whether it is all that is wanted
   */
  SearchSource(Bus bus, Search search, Page first, boolean onePage, RowFormat format) {
    this.bus = bus;
    this.search = search;
    this.onePage = onePage;
    this.format = format;
    page = first;
    prefetch();
  }

  private void prefetch() {
    coming =
        onePage || page.next() == null
            ? null
            : bus.ask(Addresses.SEARCH, search.from(page.next(), search.limit()));
  }

  @Override
  public Future<Optional<Buffer>> next() {
    if (data != null) {
      return data.next().compose(piece -> piece.isPresent() ? done(piece) : afterData());
    }
    if (row < page.rows().size()) {
      return rows();
    }
    if (coming != null) {
      return coming.compose(this::turn);
    }
    if (closed) {
      return done(Optional.empty());
    }
    closed = true;
    return done(Optional.of(opened(format.closing())));
  }

  private Future<Optional<Buffer>> afterData() {
    data = null;
    return next();
  }

  /** Some rows, up to one whose data comes in pieces of its own, or that one. */
  private Future<Optional<Buffer>> rows() {
    int from = row;
    long bytes = 0;
    while (row < page.rows().size()
        && bytes < PIECE_BYTES
        && !RowFormat.streamsData(page.rows().get(row))) {
      bytes += bytes(page.rows().get(row));
      row++;
    }
    if (row > from) {
      return done(Optional.of(opened(format.rows(page.rows().subList(from, row)))));
    }
    data = data(page.rows().get(row++));
    return next();
  }

  private static long bytes(Row row) {
    return ResultJson.ROW_BYTES + (row.data() == null ? 0 : row.summary().size());
  }

  private ChunkSource data(Row large) {
    Buffer opening = opened(Buffer.buffer());
    return ChunkSource.of(bus, search.stage(), large, format.aroundData(large), opening);
  }

  private Future<Optional<Buffer>> turn(SearchOutcome outcome) {
    switch (outcome) {
      case Page next -> {
        page = next;
        row = 0;
        prefetch();
      }
      case SearchOutcome.TooCostly tooCostly ->
          throw new ProblemException(Problem.tooCostly());
    }
    return next();
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
