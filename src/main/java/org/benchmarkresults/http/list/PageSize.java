package org.benchmarkresults.http.list;

import java.util.List;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.SearchOutcome.Row;

/** Numbers of rows to read at once, and the memory to reserve for them. */
public final class PageSize {
  /**
   * The target size of a page of a long response: larger ones are hardly faster and are held
   * longer.
   */
  private static final long PAGE_BYTES = 1 << 20;

  /** The same while memory is tight. */
  private static final long TIGHT_PAGE_BYTES = 256 << 10;

  /** Rows, and the batches of the database that they come in. */
  private static final long READ_BYTES = 2 << 20;

  private static final int FIRST_WITH_DATA = 4;
  private static final int MOST_WITH_DATA = 500;
  private static final int MOST_WITHOUT_DATA = 1_000;
  private static final int GROWTH = 16;

  /** The largest data that is stored in the row itself. */
  private static final long LARGEST_DATA = 64 << 10;

  private static final long LARGE_ROW = 4 << 10;

  private PageSize() {}

  /** Rows of the first page of an answer of any length. */
  static int first(boolean withData) {
    return withData ? FIRST_WITH_DATA : MOST_WITHOUT_DATA;
  }

  /** Rows of the page behind one: as many as fit if they are as large as these. */
  static int next(List<Row> rows, int limit, boolean withData, boolean isTight) {
    long bytes = rows.stream().mapToLong(PageSize::bytes).sum();
    long average = Math.max(1, bytes / Math.max(1, rows.size()));
    long most = Math.min(withData ? MOST_WITH_DATA : MOST_WITHOUT_DATA, (long) limit * GROWTH);
    return (int) Math.clamp((isTight ? TIGHT_PAGE_BYTES : PAGE_BYTES) / average, 1, most);
  }

  /** A row whose data comes in pieces of its own takes little memory, but for long. */
  private static long bytes(Row row) {
    return RowBytes.of(row) + (row.data() instanceof StoredData.Chunked ? LARGEST_DATA : 0);
  }

  /** Memory for a page of so many rows while it is read. */
  public static long reading(int limit, boolean withData) {
    return Math.min(READ_BYTES, limit * (withData ? LARGEST_DATA : LARGE_ROW));
  }
}
