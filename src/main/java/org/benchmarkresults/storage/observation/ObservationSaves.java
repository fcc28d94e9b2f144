package org.benchmarkresults.storage.observation;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.benchmarkresults.model.derivation.DerivedBatch;
import org.benchmarkresults.model.derivation.DerivedResult;
import org.benchmarkresults.model.event.ObservedEvent;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.jspecify.annotations.Nullable;

/** Stores the observations of results in place of those of earlier versions and adapters. */
public final class ObservationSaves {
  private static final int MOST_NAMES = 100;

  private final OpenDatabase database;
  private final DerivedCollections collections;
  private final Function<String, Future<Integer>> rank;
  private final Consumer<ObservedEvent> written;
  private final Function<Map<String, ReadingChanges>, Future<Void>> changed;

  /**
   * @param rank of a catalog of adapters; those of a higher rank are newer
   * @param written receives each result once its observations are stored
   * @param changed receives what was changed for upgrades of adapters, by upgrade
   */
  public ObservationSaves(
      OpenDatabase database,
      DerivedCollections collections,
      Function<String, Future<Integer>> rank,
      Consumer<ObservedEvent> written,
      Function<Map<String, ReadingChanges>, Future<Void>> changed) {
    this.database = database;
    this.collections = collections;
    this.rank = rank;
    this.written = written;
    this.changed = changed;
  }

  /**
   * Stores the observations of all results that are still there in the version that was read.
   *
   * <p>Succeeds when they are stored or are of no use; fails with {@code Unavailable}, after which
   * the same batch may be sent again.
   */
  public Future<Void> save(DerivedBatch batch) {
    return begin(batch)
        .compose(
            writing ->
                writing
                    .write()
                    .onSuccess(
                        results -> results.forEach(one -> written.accept(event(one.derived()))))
                    .compose(results -> changed.apply(writing.changes())));
  }

  Future<WritingBatch> begin(DerivedBatch batch) {
    Future<List<Writing>> writings = Future.succeededFuture(new ArrayList<>());
    for (DerivedResult derived : batch.results()) {
      writings =
          writings.compose(
              before ->
                  rank.apply(derived.catalog())
                      .map(
                          known -> {
                            before.add(new Writing(derived, known));
                            return before;
                          }));
    }
    return writings.map(all -> new WritingBatch(database, collections, all));
  }

  private static ObservedEvent event(DerivedResult derived) {
    List<ResolvedObservation> all = derived.observations().observations();
    return new ObservedEvent(
        derived.result(),
        all.size(),
        names(all, Observation::task),
        names(all, Observation::metric));
  }

  private static List<String> names(
      List<ResolvedObservation> all, Function<Observation, @Nullable String> name) {
    Stream<@Nullable String> names = all.stream().map(one -> name.apply(one.observation()));
    return names
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .distinct()
        .limit(MOST_NAMES)
        .toList();
  }
}
