package org.benchmarkresults.http;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.benchmarkresults.model.SearchOutcome.Row;

/** How the rows of a list are written. One object writes one list. */
interface RowFormat {
  /** Its media type. */
  String mediaType();

  /** What stands before the first row. */
  Buffer opening();

  /** Rows that follow what was written before. */
  Buffer rows(List<Row> rows);

  /** What stands after the last row. */
  Buffer closing();

  /** Whether the row's data is written in pieces of its own, as it may be too large for memory. */
  default boolean streamsData(Row row) {
    return false;
  }
}
