package org.benchmarkresults.storage.annotation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.timer.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps copies of annotations up to date: gives results that are stored or restored the annotations
 * that their name has, and finishes changes whose node died. Confined to one event loop.
 */
final class AnnotationUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(AnnotationUpkeep.class);

  /** Names that are stored within this time are looked up together. */
  private static final Duration TOGETHER = Duration.ofMillis(5);

  /** After the start of a node, which may have died in the middle of a change. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final Duration INTERVAL = Duration.ofSeconds(30);

  /** A change that is older is not under way any more. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(1);

  private static final int BATCH = 1_000;

  private final Vertx vertx;
  private final OpenDatabase database;
  private final AnnotationStore store;
  private Set<String> stored = new LinkedHashSet<>();
  private boolean finishing;

  AnnotationUpkeep(OpenDatabase database, AnnotationStore store) {
    vertx = database.vertx();
    this.database = database;
    this.store = store;
  }

  /** Begins to finish what others left, soon and then now and again. */
  void begin() {
    Timer unused =
        Timer.once(
            vertx,
            SOON,
            () -> {
              finishLeft();
              Timer unusedToo = Timer.periodic(vertx, INTERVAL, this::finishLeft);
            });
  }

  /** Copies the annotations of a name soon, if it has any: a result of it was just stored. */
  void stored(String resultName) {
    if (stored.isEmpty()) {
      Timer unused = Timer.once(vertx, TOGETHER, this::copy);
    }
    stored.add(resultName);
  }

  /** Succeeds when a restored result has the annotations of its name, or will have them soon. */
  Future<Void> restored(String resultName) {
    return store
        .copy(List.of(resultName))
        .recover(
            failure -> {
              stored(resultName);
              return Future.succeededFuture();
            });
  }

  /** Removes the annotations of names that no result has, live or deleted. */
  Future<Void> purged(Collection<String> resultNames) {
    if (resultNames.isEmpty()) {
      return Future.succeededFuture();
    }
    Instant now = database.clock().instant();
    Set<String> unused = new LinkedHashSet<>(resultNames);
    Future<Void> looked = Future.succeededFuture();
    for (Stage stage : Stage.values()) {
      looked =
          looked
              .compose(
                  before ->
                      used(database.collections().results(stage), ResultDocument.ID, resultNames))
              .onSuccess(unused::removeAll)
              .compose(
                  before ->
                      used(
                          database.collections().deleted(stage),
                          ResultDocument.RESULT_NAME,
                          resultNames))
              .onSuccess(unused::removeAll)
              .mapEmpty();
    }
    return looked.compose(
        all -> unused.isEmpty() ? Future.succeededFuture() : store.forget(unused, now));
  }

  private Future<List<String>> used(String collection, String field, Collection<String> names) {
    return Streams.collect(
            database
                .clients()
                .raw(collection)
                .find(Filters.in(field, names))
                .projection(Projections.include(field)))
        .recover(MongoFailures::translate)
        .map(found -> found.stream().map(one -> one.getString(field).getValue()).toList());
  }

  private void copy() {
    List<String> names = List.copyOf(stored);
    stored = new LinkedHashSet<>();
    for (int from = 0; from < names.size(); from += BATCH) {
      var unused =
          store
              .copy(names.subList(from, Math.min(names.size(), from + BATCH)))
              .onFailure(
                  failure -> LOG.warn("annotations of stored results are not copied yet", failure));
    }
  }

  private void finishLeft() {
    if (finishing) {
      return;
    }
    finishing = true;
    var unused =
        finishSome()
            .onFailure(failure -> LOG.debug("changes of annotations stay unfinished", failure))
            .onComplete(done -> finishing = false);
  }

  private Future<Void> finishSome() {
    Instant before = database.clock().instant().minus(UNDER_WAY);
    return store
        .finishSome(before, BATCH)
        .compose(count -> count < BATCH ? Future.succeededFuture() : finishSome());
  }
}
