package org.benchmarkresults.http.format;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Function;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.SearchOutcome.Row;

/** Writes the rows of a list in one format. Stateful: one object for each response. */
public interface RowFormat {
  /**
   * A row whose data is written in chunks.
   *
   * @param before the bytes before the data
   * @param after the bytes after it
   * @param writing converts each chunk; called in order
   */
  record AroundData(Buffer before, Buffer after, Function<byte[], Buffer> writing) {}

  /** The bytes before the first row. */
  Buffer opening();

  /** Rows that follow what was written before. */
  Buffer rows(List<Row> rows);

  /** The next row, whose data may be too large for memory and is written by the caller. */
  AroundData aroundData(Row row);

  /** The bytes after the last row. */
  Buffer closing();

  /** Whether the data of the row is read and written in chunks. */
  static boolean streamsData(Row row) {
    return row.data() instanceof StoredData.Chunked;
  }
}
