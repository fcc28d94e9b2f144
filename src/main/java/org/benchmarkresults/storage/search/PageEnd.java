package org.benchmarkresults.storage.search;

import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.search.Position;
import org.benchmarkresults.model.search.ResultQuery;
import org.benchmarkresults.storage.document.ResultDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Where pages end, and how the next one begins there.
 *
 * <p>A page ends between two moments if it can: what comes next is then one plain range, which the
 * index answers alone. Only where one moment fills a whole page does the next one begin inside it.
 */
final class PageEnd {
  private PageEnd() {}

  /**
   * The rows that belong to the page.
   *
   * @param rows as found with a limit of one more than asked for
   */
  static List<RowRef> cut(List<RowRef> rows, ResultQuery query) {
    int limit = query.limit();
    if (rows.size() <= limit) {
      return rows;
    }
    Instant moment = rows.get(limit).firstReceivedAt();
    int end = limit;
    while (end > 0 && rows.get(end - 1).firstReceivedAt().equals(moment)) {
      end--;
    }
    return rows.subList(0, end == 0 ? limit : end);
  }

  /** Where the page after this one begins; null when there is none. */
  static @Nullable Position next(List<RowRef> rows, ResultQuery query) {
    if (rows.size() <= query.limit()) {
      return null;
    }
    List<RowRef> page = cut(rows, query);
    RowRef last = page.get(page.size() - 1);
    boolean momentDone = !rows.get(page.size()).firstReceivedAt().equals(last.firstReceivedAt());
    return new Position(last.firstReceivedAt(), last.resultName(), momentDone);
  }

  /** The position right after the last of some rows. */
  static Position at(List<RowRef> rows) {
    RowRef last = rows.get(rows.size() - 1);
    return new Position(last.firstReceivedAt(), last.resultName(), false);
  }

  /** What comes after the position, newest first. */
  static Bson after(@Nullable Position position) {
    if (position == null) {
      return Filters.empty();
    }
    Date moment = Date.from(position.firstReceivedAt());
    Bson earlier = Filters.lt(ResultDocument.FIRST_RECEIVED_AT, moment);
    return position.momentDone()
        ? earlier
        : Filters.or(
            Filters.and(
                Filters.eq(ResultDocument.FIRST_RECEIVED_AT, moment),
                Filters.lt(ResultDocument.ID, position.resultName())),
            earlier);
  }
}
