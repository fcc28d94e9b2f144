package org.benchmarkresults.model.search;

import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.StoredData;
import org.jspecify.annotations.Nullable;

/** The outcome of a search. */
public sealed interface SearchOutcome {
  /**
   * A page.
   *
   * @param next where the next page begins; null when this is the last
   */
  record Page(List<Row> rows, @Nullable PageKey next) implements SearchOutcome {
    public Page {
      rows = List.copyOf(rows);
    }
  }

  /** No index leads to what the filter means, and walking all results took too long. */
  record TooCostly() implements SearchOutcome {}

  /**
   * A row of a page.
   *
   * @param data null unless asked for
   * @param deletedAt null for a result that is not deleted
   * @param versions how many versions of the result there are
   * @param headline the primary observations in one short text; null unless asked for
   */
  record Row(
      ResultSummary summary,
      @Nullable StoredData data,
      @Nullable Instant deletedAt,
      int versions,
      @Nullable String headline) {
    public Row {
      // Nodes of earlier releases do not tell.
      versions = Math.max(versions, summary.version());
    }

    /** A row of the newest version. */
    public Row(ResultSummary summary, @Nullable StoredData data, @Nullable Instant deletedAt) {
      this(summary, data, deletedAt, summary.version());
    }

    /** A row without headline. */
    public Row(
        ResultSummary summary,
        @Nullable StoredData data,
        @Nullable Instant deletedAt,
        int versions) {
      this(summary, data, deletedAt, versions, null);
    }

    public Row withHeadline(@Nullable String text) {
      return new Row(summary, data, deletedAt, versions, text);
    }
  }
}
