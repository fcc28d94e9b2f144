package org.benchmarkresults.http.observation;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.benchmarkresults.model.observation.StoredObservation;

/** Writes the rows of a list of observations in one format. */
interface RowWriter {
  /** The bytes before the first row. */
  Buffer opening();

  /** Rows that follow what was written before. */
  Buffer rows(List<StoredObservation> rows);

  /** Whether no further row is wanted. */
  default boolean isFull() {
    return false;
  }

  /** The bytes after the last row. */
  Buffer closing();
}
