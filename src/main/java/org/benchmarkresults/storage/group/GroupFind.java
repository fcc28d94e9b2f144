package org.benchmarkresults.storage.group;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.mongo.Trace;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Finds results by name in groups, as {@link GroupCommit} inserts them: names asked for while a
 * find is under way are looked up together by the next. Each asker sees a state of the database
 * that is not older than its question. Confined to one event loop.
 */
public final class GroupFind {
  private static final int LANES = 2;

  /** A document without chunks is below 100 KiB for nearly all, so a group stays in one reply. */
  private static final int MOST_NAMES = 64;

  private final MongoCollection<RawBsonDocument> collection;
  private final Map<String, Promise<Optional<StoredResult>>> queue = new LinkedHashMap<>();

  /** When the oldest name in the queue was added. */
  private Trace trace = Trace.current();

  private int busyLanes;

  public GroupFind(MongoCollection<RawBsonDocument> collection) {
    this.collection = collection;
  }

  /**
   * Succeeds with the newest version of the result, empty when there is none; fails with {@link
   * org.benchmarkresults.bus.Unavailable} when the database is unavailable.
   */
  public Future<Optional<StoredResult>> find(String resultName) {
    trace = queue.isEmpty() ? Trace.current() : trace;
    Promise<Optional<StoredResult>> found =
        queue.computeIfAbsent(resultName, name -> Promise.promise());
    begin();
    return found.future();
  }

  private void begin() {
    while (busyLanes < LANES && !queue.isEmpty()) {
      Map<String, Promise<Optional<StoredResult>>> group = nextGroup();
      busyLanes++;
      trace
          .with(() -> read(group))
          .onComplete(
              done -> {
                busyLanes--;
                begin();
              });
    }
  }

  private Map<String, Promise<Optional<StoredResult>>> nextGroup() {
    Map<String, Promise<Optional<StoredResult>>> group = new HashMap<>();
    var waiting = queue.entrySet().iterator();
    while (waiting.hasNext() && group.size() < MOST_NAMES) {
      var next = waiting.next();
      group.put(next.getKey(), next.getValue());
      waiting.remove();
    }
    return group;
  }

  private Future<Void> read(Map<String, Promise<Optional<StoredResult>>> group) {
    return Streams.collect(collection.find(anyOf(group.keySet().stream().toList())), collection)
        .recover(MongoFailures::translate)
        .map(GroupFind::byName)
        .onSuccess(found -> group.forEach((name, asked) -> answer(asked, found.get(name))))
        .onFailure(failure -> group.values().forEach(asked -> asked.fail(failure)))
        .mapEmpty();
  }

  /** A document that cannot be read fails its own name alone. */
  private static void answer(
      Promise<Optional<StoredResult>> asked, @Nullable RawBsonDocument document) {
    Optional<StoredResult> found;
    try {
      found = Optional.ofNullable(document).map(ResultDocument::read);
    } catch (RuntimeException e) {
      asked.fail(e);
      return;
    }
    asked.complete(found);
  }

  private static Bson anyOf(List<String> names) {
    return names.size() == 1
        ? Filters.eq(ResultDocument.ID, names.get(0))
        : Filters.in(ResultDocument.ID, names);
  }

  private static Map<String, @Nullable RawBsonDocument> byName(List<RawBsonDocument> documents) {
    Map<String, @Nullable RawBsonDocument> found = new HashMap<>();
    for (RawBsonDocument document : documents) {
      found.put(document.getString(ResultDocument.ID).getValue(), document);
    }
    return found;
  }
}
