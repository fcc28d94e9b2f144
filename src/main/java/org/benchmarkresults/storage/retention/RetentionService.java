package org.benchmarkresults.storage.retention;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.security.AuditTrail;
import org.jspecify.annotations.Nullable;

/** Serves deletions and restores, and begins the retention, which deletes by age. */
public final class RetentionService {
  /**
   * A retention run whose steps get no answer for so many times the longest operation is given up.
   */
  private static final int SILENT_OPERATIONS = 60;

  private final OpenDatabase database;
  private final Config.Retention config;
  private final AuditTrail trail;
  private final NameData names;
  private final Map<Stage, Deletions> deletions = new EnumMap<>(Stage.class);
  private final Map<Stage, PurgeNow> purges = new EnumMap<>(Stage.class);
  private final Map<Stage, DeletionAudit> audits = new EnumMap<>(Stage.class);

  /**
   * @param derived what was derived from the results
   * @param names what is kept for the names of results
   */
  public RetentionService(
      OpenDatabase database,
      Config.Retention config,
      AuditTrail trail,
      DerivedData derived,
      NameData names) {
    this.names = names;
    this.database = database;
    this.config = config;
    this.trail = trail;
    for (Stage stage : Stage.values()) {
      Deletions ofStage =
          new Deletions(
              database.vertx(),
              database.clock(),
              database.clients(),
              database.collections(),
              stage,
              config.restoreWindow(),
              database.durable(),
              derived);
      deletions.put(stage, ofStage);
      purges.put(stage, new PurgeNow(database, stage, ofStage, derived));
      audits.put(
          stage,
          new DeletionAudit(
              database.clients().vertxClient(), database.collections(), stage, trail));
    }
  }

  public void serve(Bus bus) {
    bus.serve(
        Addresses.DELETE,
        removal ->
            deletions(removal.stage())
                .delete(removal)
                .compose(
                    outcome ->
                        removal.change() == null
                            ? Future.succeededFuture(outcome)
                            : audit(removal.stage()).complete(removal.resultName()).map(outcome)));
    // The copy, which may hold an entry that is not written yet, is gone behind a restore.
    bus.serve(
        Addresses.RESTORE,
        ref ->
            audit(ref.stage())
                .complete(ref.resultName())
                .compose(written -> deletions(ref.stage()).restore(ref))
                .compose(outcome -> trail.restored(ref, outcome))
                .compose(
                    outcome ->
                        outcome instanceof RestoreOutcome.Restored
                            ? names.restored(ref.resultName()).map(outcome)
                            : Future.succeededFuture(outcome)));
    RetentionForecast forecast =
        new RetentionForecast(database.clients(), database.collections(), config, database.clock());
    bus.serve(Addresses.RETENTION_PREVIEW, ask -> forecast.preview());
  }

  /**
   * Begins the runs of the retention.
   *
   * @param asked asks the database for its time
   * @param longestOperation of the database
   * @param trail for the entries of what is deleted by age; null where nothing is written down
   */
  public void begin(
      Supplier<Future<?>> asked, Duration longestOperation, @Nullable AuditTrail trail) {
    RetentionSchedule.begin(
        database.vertx(),
        new Retention(
            database.clients(),
            database.collections(),
            config,
            deletions,
            database.clock(),
            database.durable(),
            trail,
            names),
        () ->
            completeAudits()
                .compose(completed -> asked.get().<Void>mapEmpty())
                .recover(MongoFailures::translate)
                .map(answer -> database.clock().isGoodForRetention()),
        config,
        longestOperation.multipliedBy(SILENT_OPERATIONS));
  }

  private Future<?> completeAudits() {
    return Future.join(audits.values().stream().map(DeletionAudit::completeSome).toList());
  }

  /** The deletions and restores of a stage. */
  public Deletions deletions(Stage stage) {
    return Objects.requireNonNull(deletions.get(stage));
  }

  /** Permanent removal of results of a stage. */
  public PurgeNow purgeNow(Stage stage) {
    return Objects.requireNonNull(purges.get(stage));
  }

  /** The audit entries of the deletions of a stage. */
  public DeletionAudit audit(Stage stage) {
    return Objects.requireNonNull(audits.get(stage));
  }
}
