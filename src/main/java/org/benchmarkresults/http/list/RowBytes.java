package org.benchmarkresults.http.list;

import java.util.List;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.SearchOutcome.Row;

/** Estimates the memory of rows and of their text forms. */
final class RowBytes {
  /** A row without further members: measured as objects, more than its JSON. */
  private static final int ROW = 1_500;

  /** A label with a long value. */
  private static final int LABEL = 400;

  private RowBytes() {}

  static long of(Row row) {
    long bytes = ROW;
    for (ExtraField member : row.summary().envelope().extra()) {
      bytes += member.value().size();
    }
    Annotations annotations = row.summary().annotations();
    bytes += annotations.note() == null ? 0 : annotations.note().length();
    bytes += (long) annotations.labels().size() * LABEL;
    return row.data() instanceof StoredData.Inline inline
        ? bytes + inline.bytes().remaining()
        : bytes;
  }

  static long of(List<Row> rows) {
    return rows.stream().mapToLong(RowBytes::of).sum();
  }
}
