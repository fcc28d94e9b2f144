package org.benchmarkresults.storage.embedded.rows;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The documents that a query found, read batch by batch. A batch ends when it holds enough bytes,
 * so that one answer needs little memory, however long its documents are.
 */
final class RowCursor extends AbstractCursor {
  /**
   * A document that was read.
   *
   * @param bytes about as many as it holds
   */
  record Read(Document document, long bytes) {}

  private static final long MOST_BATCH_BYTES = 2L << 20;

  private final Function<KeyBytes, @Nullable Read> reading;
  private List<KeyBytes> rest;

  RowCursor(long id, List<KeyBytes> keys, Function<KeyBytes, @Nullable Read> reading) {
    super(id);
    rest = keys;
    this.reading = reading;
  }

  @Override
  public synchronized boolean isEmpty() {
    return rest.isEmpty();
  }

  /**
   * The next documents.
   *
   * @param most 0 for as many as an answer holds
   */
  @Override
  public synchronized List<Document> takeDocuments(int most) {
    List<Document> batch = new ArrayList<>();
    long bytes = 0;
    int read = 0;
    while (read < rest.size() && bytes < MOST_BATCH_BYTES && (most == 0 || batch.size() < most)) {
      Read document = reading.apply(rest.get(read++));
      if (document != null) {
        batch.add(document.document());
        bytes += document.bytes();
      }
    }
    rest = rest.subList(read, rest.size());
    return batch;
  }
}
