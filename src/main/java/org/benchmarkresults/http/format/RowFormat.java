package org.benchmarkresults.http.format;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Function;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.SearchOutcome.Row;

/** How the rows of a list are written. One object writes one list. */
public interface RowFormat {
  /**
   * A row whose data comes in pieces.
   *
   * @param before what stands before the data
   * @param after what stands after it
   * @param writing makes of each piece what is written; called in order
   */
  record AroundData(Buffer before, Buffer after, Function<byte[], Buffer> writing) {}

  /** What stands before the first row. */
  Buffer opening();

  /** Rows that follow what was written before. */
  Buffer rows(List<Row> rows);

  /** The next row, whose data may be too large for memory and is written by the caller. */
  AroundData aroundData(Row row);

  /** What stands after the last row. */
  Buffer closing();

  /** Whether the row's data, where it was asked for, comes in pieces. */
  static boolean streamsData(Row row) {
    return row.data() instanceof StoredData.Chunked;
  }
}
