package org.benchmarkresults.storage.save;

import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Retry;
import org.benchmarkresults.model.result.BatchOutcome;
import org.benchmarkresults.model.result.Chunk;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.version.VersionList;
import org.benchmarkresults.storage.group.GroupCommit;
import org.benchmarkresults.storage.mongo.DatabaseClock;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.security.AuditTrail;

/** Serves what saves results, reads single ones and makes an earlier version the newest again. */
public final class SaveService {
  /** Batches are groups already: so many under way keep the database busy. */
  private static final int BATCH_LANES = 2;

  private final DatabaseClock clock;
  private final AuditTrail trail;
  private final SavedResults saved;
  private final Map<Stage, ResultStore> stores = new EnumMap<>(Stage.class);
  private final Map<Stage, ResultReads> reads = new EnumMap<>(Stage.class);
  private final Map<Stage, BatchStore> batches = new EnumMap<>(Stage.class);
  private final Map<Stage, VersionRestores> restores = new EnumMap<>(Stage.class);

  private SaveService(
      OpenDatabase database,
      StoredEventPublisher events,
      AuditTrail trail,
      Retry retry,
      SavedResults saved) {
    this.saved = saved;
    clock = database.clock();
    this.trail = trail;
    for (Stage stage : Stage.values()) {
      ResultStore store =
          new ResultStore(
              database.vertx(),
              database.clients(),
              database.collections(),
              stage,
              database.durable(),
              events,
              trail,
              retry);
      stores.put(stage, store);
      reads.put(stage, new ResultReads(database.clients(), database.collections(), stage));
      batches.put(
          stage,
          new BatchStore(
              store,
              new GroupCommit(
                  database.clients(),
                  database.collections().results(stage),
                  AuditTrail.COLLECTION,
                  BATCH_LANES,
                  database.durable(),
                  "bulk"),
              retry));
      restores.put(
          stage,
          new VersionRestores(
              database.vertx(),
              clock,
              database.clients(),
              database.collections(),
              stage,
              database.durable(),
              events));
    }
  }

  /**
   * @param trail gets the audit entries of saves and restores that have an actor
   * @param retry of saves while the database is unavailable
   * @param saved what follows a save
   */
  public static void serve(
      Bus bus, OpenDatabase database, AuditTrail trail, Retry retry, SavedResults saved) {
    new SaveService(database, new StoredEventPublisher(bus, saved::begun), trail, retry, saved)
        .serve(bus);
  }

  private void serve(Bus bus) {
    bus.serve(
        Addresses.SAVE,
        result ->
            of(stores, result.stage())
                .save(clock.corrected(result))
                .compose(
                    outcome ->
                        result.annotations() == null
                            ? Future.succeededFuture(outcome)
                            : saved.saved(List.of(result), List.of(outcome)).map(outcome)));
    bus.serve(
        Addresses.SAVE_ALL,
        batch ->
            of(batches, batch.stage())
                .save(batch.results().stream().map(clock::corrected).toList())
                .compose(outcomes -> saved.saved(batch.results(), outcomes).map(outcomes))
                .map(BatchOutcome::new));
    bus.serve(Addresses.FIND, ref -> of(reads, ref.stage()).find(ref));
    bus.serve(
        Addresses.CHUNK,
        ref -> of(reads, ref.stage()).chunk(ref.upload(), ref.number()).map(Chunk::new));
    bus.serve(
        Addresses.VERSIONS, ref -> of(reads, ref.stage()).versions(ref).map(VersionList::new));
    bus.serve(
        Addresses.RESTORE_VERSION,
        asked ->
            of(restores, asked.stage())
                .restore(asked)
                .compose(outcome -> trail.restored(asked, outcome)));
  }

  private static <T> T of(Map<Stage, T> all, Stage stage) {
    return Objects.requireNonNull(all.get(stage));
  }
}
