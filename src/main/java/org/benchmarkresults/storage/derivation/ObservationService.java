package org.benchmarkresults.storage.derivation;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.bus.Topics;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.storage.index.IndexKeeper;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.observation.DerivedCollections;
import org.benchmarkresults.storage.observation.ObservationRemoval;
import org.benchmarkresults.storage.observation.ObservationSaves;
import org.benchmarkresults.storage.retention.DerivedData;
import org.benchmarkresults.storage.save.DeriveRequests;

/** Serves the writing of observations, and what is to be read for them. */
public final class ObservationService {
  /** After the longest save, beside what its clocks may differ. */
  private static final Duration BESIDE_SAVE_TIMEOUT = Duration.ofMinutes(1);

  private final OpenDatabase database;
  private final IndexKeeper indexes;
  private final DerivedCollections collections;
  private final ObservationRemoval removal;
  private final AdapterUpgrades upgrades;
  private final AdapterCatalogs catalogs;
  private final ObservationSaves saves;
  private final PendingResults pending;
  private final DerivationCounts counts;

  /**
   * @param saveTimeout how long a save is retried at most
   */
  public ObservationService(
      Bus bus, OpenDatabase database, IndexKeeper indexes, Duration saveTimeout) {
    this.database = database;
    this.indexes = indexes;
    collections = new DerivedCollections(database);
    removal = new ObservationRemoval(collections, database.clock(), new DeriveRequests(bus)::send);
    upgrades = new AdapterUpgrades(database, collections);
    catalogs = new AdapterCatalogs(database, upgrades);
    saves =
        new ObservationSaves(
            database,
            collections,
            catalogs::rank,
            event -> bus.publish(Topics.OBSERVED, event),
            upgrades::count);
    pending =
        new PendingResults(
            database,
            collections,
            new DeletionSweep(database, removal),
            saveTimeout.plus(BESIDE_SAVE_TIMEOUT),
            catalogs,
            upgrades);
    counts = new DerivationCounts(database, collections);
  }

  /** Keeps observations in step with deletions and restores. */
  public DerivedData derivedData() {
    return removal;
  }

  public void serve(Bus bus) {
    bus.serve(
        ObservationAddresses.SAVE_OBSERVATIONS,
        indexes.onceIndexed(batch -> saves.save(batch).map(new NoArguments())));
    bus.serve(ObservationAddresses.PENDING_OBSERVATIONS, indexes.onceIndexed(pending::page));
    bus.serve(
        ObservationAddresses.DERIVATION_PROGRESS,
        indexes.onceIndexed(anything -> counts.progress()));
    bus.serve(
        ObservationAddresses.OBSERVATION_UPGRADES,
        indexes.onceIndexed(anything -> upgrades.list()));
    Backdated backdated = new Backdated(database);
    var unused = bus.subscribe(Topics.STORED, backdated::stored);
    bus.serve(ObservationAddresses.REBUILD_OBSERVATIONS, anything -> rebuild());
  }

  private Future<NoArguments> rebuild() {
    Future<Void> dropped = Future.succeededFuture();
    for (String name :
        List.of(
            database.collections().derivationState(),
            database.collections().derivations(),
            database.collections().observations())) {
      dropped = dropped.compose(before -> drop(name));
    }
    return dropped
        .onSuccess(
            all -> {
              counts.forget();
              catalogs.forget();
              upgrades.forget();
            })
        .compose(all -> indexes.createAgain())
        .map(new NoArguments());
  }

  private Future<Void> drop(String name) {
    MongoCollection<?> collection = database.clients().raw(name);
    // The embedded database refuses to drop a collection that is not there.
    return (database.isIndexed()
            ? Streams.collect(collection.drop())
            : Streams.collect(collection.deleteMany(Filters.empty())))
        .recover(MongoFailures::translate)
        .mapEmpty();
  }
}
