package org.benchmarkresults.storage.operation.action;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.operation.BulkProgress;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.storage.annotation.AnnotationStore;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.retention.PurgeNow;
import org.benchmarkresults.storage.retention.RetentionService;
import org.benchmarkresults.storage.security.AuditTrail;
import org.benchmarkresults.storage.security.PlannedEntry;

/** Removes results for good that are as they were shown, with all that belongs to them. */
public record PurgeItems(
    OpenDatabase database,
    RetentionService retention,
    AnnotationStore annotations,
    ItemResults results,
    AuditTrail trail,
    PurgedItems kept)
    implements ChunkAction {
  private static final int AT_ONCE = 16;
  private static final String BUSY = "Others write it at the same time; purge it again.";

  @Override
  public Future<BulkProgress> run(StoredBulk bulk, List<Item> items, boolean again) {
    Stage stage = bulk.operation().stage();
    Instant now = Instant.ofEpochMilli(database.clock().millis());
    Tally tally = new Tally();
    List<Item> purged = new ArrayList<>();
    return Parallel.each(
            items,
            AT_ONCE,
            item ->
                retention
                    .purgeNow(stage)
                    .purge(target(bulk, item))
                    .onSuccess(
                        outcome -> {
                          switch (outcome) {
                            case PURGED -> {
                              tally.done();
                              purged.add(item);
                            }
                            case OTHER -> tally.changed(item);
                            case BUSY -> tally.failed(item, BUSY);
                            case GONE -> {
                              if (again) {
                                tally.done();
                                purged.add(item);
                              } else {
                                tally.gone(item);
                              }
                            }
                          }
                        })
                    .mapEmpty())
        .compose(all -> results.withoutAny(purged))
        .compose(names -> annotations.forget(names, now))
        .compose(forgotten -> kept.keep(bulk.id(), bulk.next(), purged))
        .map(written -> tally.of(items.size()));
  }

  /** Removes what writers that were under way have written of items that were purged. */
  public Future<Void> check(StoredBulk bulk, List<Item> purged) {
    Stage stage = bulk.operation().stage();
    return Parallel.each(
        purged,
        AT_ONCE,
        item -> retention.purgeNow(stage).purgeAgain(target(bulk, item)).mapEmpty());
  }

  private PurgeNow.Target target(StoredBulk bulk, Item item) {
    return new PurgeNow.Target(
        new RowRef(item.firstReceivedAt(), item.name(), item.version()),
        item::isAsShown,
        item::isSameResult,
        bulk.search().search().deleted(),
        () -> note(bulk, item));
  }

  private Future<?> note(StoredBulk bulk, Item item) {
    Instant now = Instant.ofEpochMilli(database.clock().millis());
    PlannedEntry entry = BulkAudit.entry(bulk, Action.PURGED, item, null, now);
    return entry == null ? Future.succeededFuture() : trail.addPlanned(List.of(entry));
  }
}
