package org.benchmarkresults.model.search;

import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the next page of a list, newest first received first.
 *
 * @param after where the page before ended; null for the first
 * @param limit the most rows wanted; a page may end earlier and still have a next one
 */
public record ResultQuery(Stage stage, @Nullable PageKey after, int limit) {
  public ResultQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }

  public ResultQuery from(PageKey position) {
    return new ResultQuery(stage, position, limit);
  }
}
