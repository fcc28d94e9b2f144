package org.benchmarkresults.storage.save;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Retry;
import org.benchmarkresults.model.result.BatchOutcome;
import org.benchmarkresults.model.result.Chunk;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.version.VersionList;
import org.benchmarkresults.storage.mongo.DatabaseClock;
import org.benchmarkresults.storage.mongo.OpenDatabase;

/** Serves what saves results, reads single ones and makes an earlier version the newest again. */
public final class SaveService {
  /** Batches are groups already: so many under way keep the database busy. */
  private static final int BATCH_LANES = 2;

  private final DatabaseClock clock;
  private final Map<Stage, ResultStore> stores = new EnumMap<>(Stage.class);
  private final Map<Stage, BatchStore> batches = new EnumMap<>(Stage.class);
  private final Map<Stage, VersionRestores> restores = new EnumMap<>(Stage.class);

  private SaveService(OpenDatabase database, StoredEventPublisher announcements, Retry retry) {
    clock = database.clock();
    for (Stage stage : Stage.values()) {
      ResultStore store =
          new ResultStore(
              database.vertx(),
              database.clients(),
              database.collections(),
              stage,
              database.durable(),
              announcements,
              retry);
      stores.put(stage, store);
      batches.put(
          stage,
          new BatchStore(
              store,
              new GroupCommit(
                  database.clients().raw(database.collections().results(stage)),
                  BATCH_LANES,
                  database.durable(),
                  database.meters(),
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
              announcements));
    }
  }

  /**
   * @param retry of saves while the database is away
   */
  public static void serve(Bus bus, OpenDatabase database, Retry retry) {
    new SaveService(database, new StoredEventPublisher(bus), retry).serve(bus);
  }

  private void serve(Bus bus) {
    bus.serve(Addresses.SAVE, result -> store(result.stage()).save(clock.corrected(result)));
    bus.serve(
        Addresses.SAVE_ALL,
        batch ->
            Objects.requireNonNull(batches.get(batch.stage()))
                .save(batch.results().stream().map(clock::corrected).toList())
                .map(BatchOutcome::new));
    bus.serve(Addresses.FIND, ref -> store(ref.stage()).find(ref));
    bus.serve(
        Addresses.CHUNK,
        ref -> store(ref.stage()).chunk(ref.upload(), ref.number()).map(Chunk::new));
    bus.serve(Addresses.VERSIONS, ref -> store(ref.stage()).versions(ref).map(VersionList::new));
    bus.serve(
        Addresses.RESTORE_VERSION,
        asked -> Objects.requireNonNull(restores.get(asked.stage())).restore(asked));
  }

  private ResultStore store(Stage stage) {
    return Objects.requireNonNull(stores.get(stage));
  }
}
