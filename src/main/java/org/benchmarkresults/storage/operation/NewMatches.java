package org.benchmarkresults.storage.operation;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.benchmarkresults.model.operation.BulkProgress;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.SearchOutcome.Page;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.benchmarkresults.storage.operation.action.Item;
import org.benchmarkresults.storage.operation.action.StoredBulk;
import org.benchmarkresults.storage.retention.Batches;
import org.jspecify.annotations.Nullable;

/**
 * Counts the results that match the search of a bulk operation now and are not in its set. Both are
 * in the order of receipt, so one page is compared with the chunks of its time alone.
 */
final class NewMatches {
  private record Key(String name, Instant firstReceivedAt) {}

  private final ResultPages pages;
  private final ItemStore items;
  private final StoredBulk bulk;
  private final Deque<List<Item>> window = new ArrayDeque<>();
  private final List<String> names = new ArrayList<>();
  private int nextChunk;
  private long count;
  private @Nullable PageKey after;
  private boolean isLast;
  private boolean isTooCostly;

  NewMatches(ResultPages pages, ItemStore items, StoredBulk bulk) {
    this.pages = pages;
    this.items = items;
    this.bulk = bulk;
  }

  /** Succeeds with whether all were counted; false when that would take too long. */
  Future<Boolean> find(Supplier<Future<Boolean>> mayGoOn) {
    return Batches.of(this::page, mayGoOn).map(all -> !isTooCostly);
  }

  long count() {
    return count;
  }

  /** The first names, newest received first. */
  List<String> names() {
    return names;
  }

  private Future<Integer> page() {
    if (isLast) {
      return Future.succeededFuture(0);
    }
    return pages
        .page(bulk.search(), after)
        .compose(
            found -> {
              isTooCostly = found.isEmpty();
              isLast = isTooCostly || found.get().next() == null;
              return found.isEmpty() || found.get().rows().isEmpty()
                  ? Future.succeededFuture()
                  : compare(found.get());
            })
        .map(compared -> 1);
  }

  private Future<Void> compare(Page page) {
    after = page.next();
    Instant oldest = page.rows().get(page.rows().size() - 1).summary().firstReceivedAt();
    return load(oldest).onSuccess(loaded -> compare(page.rows(), oldest));
  }

  /** Loads the chunks down to a moment. */
  private Future<Void> load(Instant oldest) {
    if (nextChunk == bulk.chunks()
        || (!window.isEmpty() && last(window.getLast()).isBefore(oldest))) {
      return Future.succeededFuture();
    }
    return items
        .read(bulk.id(), nextChunk)
        .compose(
            chunk -> {
              nextChunk++;
              if (!chunk.isEmpty()) {
                window.add(chunk);
              }
              return load(oldest);
            });
  }

  private void compare(List<Row> rows, Instant oldest) {
    Set<Key> shown = new HashSet<>();
    window.forEach(
        chunk -> chunk.forEach(item -> shown.add(new Key(item.name(), item.firstReceivedAt()))));
    for (Row row : rows) {
      String name = row.summary().resultName();
      if (!shown.contains(new Key(name, row.summary().firstReceivedAt()))) {
        count++;
        if (names.size() < BulkProgress.MOST_NAMES) {
          names.add(name);
        }
      }
    }
    while (!window.isEmpty() && last(window.getFirst()).isAfter(oldest)) {
      window.removeFirst();
    }
  }

  private static Instant last(List<Item> chunk) {
    return chunk.get(chunk.size() - 1).firstReceivedAt();
  }
}
