package org.benchmarkresults.http.list;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.http.json.ResultJson;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.Stage;

/**
 * Caches rows of lists as JSON by their content. It is used only for rows that the database has
 * just named, and what a {@link RowRef} names never changes, so nothing in it can be out of date
 * and nothing needs to be taken out but for room. Thread-safe; shared by all event loops of a node.
 */
public final class RowCache {
  private record Key(Stage stage, RowRef row) {}

  /** Key, entry and array headers, measured. */
  private static final int OVERHEAD_BYTES = 300;

  private final Cache<Key, byte[]> rows;

  public RowCache(long bytes) {
    rows =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((Key key, byte[] row) -> row.length + OVERHEAD_BYTES)
            .executor(Runnable::run)
            .build();
  }

  /** All the rows, or nothing when one is missing. */
  Optional<List<byte[]>> find(Stage stage, List<RowRef> refs) {
    List<byte[]> found = new ArrayList<>(refs.size());
    for (RowRef ref : refs) {
      byte[] row = rows.getIfPresent(new Key(stage, ref));
      if (row == null) {
        return Optional.empty();
      }
      found.add(row);
    }
    return Optional.of(found);
  }

  /** Writes the rows as JSON and keeps them. */
  List<byte[]> write(Stage stage, List<ResultSummary> summaries) {
    List<byte[]> written = ResultJson.rows(summaries);
    for (int i = 0; i < written.size(); i++) {
      rows.put(new Key(stage, summaries.get(i).ref()), written.get(i));
    }
    return written;
  }
}
