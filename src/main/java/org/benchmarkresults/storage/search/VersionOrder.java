package org.benchmarkresults.storage.search;

import java.time.Instant;
import java.util.Comparator;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.TextOrder;
import org.jspecify.annotations.Nullable;

/** The order of versions as {@link Keyset} has it, for rows of two collections that are merged. */
final class VersionOrder {
  private static final Comparator<@Nullable String> TEXT =
      Comparator.nullsFirst(TextOrder.BY_CODE_POINTS);

  private static final Comparator<StoredResult> RECEIVED =
      Comparator.<StoredResult, Instant>comparing(row -> row.summary().firstReceivedAt())
          .thenComparing(VersionOrder::byName);

  private VersionOrder() {}

  static Comparator<StoredResult> of(Sort sort) {
    Comparator<StoredResult> ascending =
        switch (sort.key()) {
          case RECEIVED_AT -> RECEIVED;
          case TIMESTAMP -> VersionOrder::byInstant;
          case BENCHMARK_NAME ->
              (one, other) -> byText(benchmarkName(one), one, benchmarkName(other), other);
          case MODEL_ID -> (one, other) -> byText(modelId(one), one, modelId(other), other);
        };
    return sort.descending() ? ascending.reversed() : ascending;
  }

  private static int byName(StoredResult one, StoredResult other) {
    int names =
        TextOrder.BY_CODE_POINTS.compare(one.summary().resultName(), other.summary().resultName());
    return names != 0 ? names : Integer.compare(one.summary().version(), other.summary().version());
  }

  private static int byInstant(StoredResult one, StoredResult other) {
    Comparator<@Nullable Instant> order = Comparator.nullsFirst(Comparator.naturalOrder());
    int moments = order.compare(one.summary().instant(), other.summary().instant());
    return moments != 0 ? moments : byName(one, other);
  }

  /** Equal texts stand newest first. */
  private static int byText(
      @Nullable String first, StoredResult one, @Nullable String second, StoredResult other) {
    int texts = TEXT.compare(first, second);
    return texts != 0 ? texts : RECEIVED.compare(other, one);
  }

  private static String benchmarkName(StoredResult row) {
    return row.summary().envelope().key().benchmarkName();
  }

  private static @Nullable String modelId(StoredResult row) {
    return row.summary().envelope().modelId();
  }
}
