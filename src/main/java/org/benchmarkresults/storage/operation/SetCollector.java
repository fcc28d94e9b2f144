package org.benchmarkresults.storage.operation;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.observed.ObservedSearch;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.SearchOutcome.Page;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.benchmarkresults.storage.operation.action.Item;
import org.benchmarkresults.storage.retention.Batches;
import org.jspecify.annotations.Nullable;

/** Collects the set of one bulk operation, of which it holds one chunk and one page in memory. */
final class SetCollector {
  /** A chunk ends at the first limit that it reaches: its document must stay below 16 MiB. */
  private static final int MOST_ITEMS = 1_000;

  private static final int MOST_NAME_CHARACTERS = 1 << 20;

  private final ResultPages pages;
  private final ItemStore items;
  private final String operation;
  private final ObservedSearch search;
  private final int sampleRows;
  private final List<Row> sample = new ArrayList<>();
  private final List<Item> chunk = new ArrayList<>();
  private int characters;
  private int chunks;
  private long count;
  private @Nullable PageKey after;
  private boolean isLast;
  private boolean isTooCostly;

  SetCollector(
      ResultPages pages, ItemStore items, String operation, ObservedSearch search, int sampleRows) {
    this.pages = pages;
    this.items = items;
    this.operation = operation;
    this.search = search;
    this.sampleRows = sampleRows;
  }

  /** Succeeds with whether all results were found; false when that would take too long. */
  Future<Boolean> collect() {
    return Batches.of(this::page, () -> Future.succeededFuture(true)).map(all -> !isTooCostly);
  }

  List<Row> sample() {
    return sample;
  }

  int chunks() {
    return chunks;
  }

  long count() {
    return count;
  }

  /** Succeeds with 0 after the last page. */
  private Future<Integer> page() {
    if (isLast) {
      return Future.succeededFuture(0);
    }
    return pages
        .page(search, after)
        .compose(
            found -> {
              isTooCostly = found.isEmpty();
              isLast = isTooCostly || found.get().next() == null;
              return found.isEmpty() ? Future.succeededFuture() : add(found.get());
            })
        .map(added -> 1);
  }

  private Future<Void> add(Page page) {
    after = page.next();
    Future<Void> written = Future.succeededFuture();
    for (Row row : page.rows()) {
      if (sample.size() < sampleRows) {
        sample.add(row);
      }
      chunk.add(Item.of(row.summary()));
      characters += row.summary().resultName().length();
      if (chunk.size() == MOST_ITEMS || characters >= MOST_NAME_CHARACTERS) {
        written = writeChunk(written);
      }
    }
    count += page.rows().size();
    return isLast && !chunk.isEmpty() ? writeChunk(written) : written;
  }

  private Future<Void> writeChunk(Future<Void> before) {
    List<Item> full = List.copyOf(chunk);
    int number = chunks++;
    chunk.clear();
    characters = 0;
    return before.compose(written -> items.insert(operation, number, full));
  }
}
