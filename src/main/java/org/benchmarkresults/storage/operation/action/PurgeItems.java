package org.benchmarkresults.storage.operation.action;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.operation.BulkProgress;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.retention.PurgeNow;
import org.benchmarkresults.storage.retention.RetentionService;
import org.benchmarkresults.storage.security.AuditTrail;
import org.benchmarkresults.storage.security.PlannedEntry;

/** Removes results for good that are as they were shown, with all that belongs to them. */
public record PurgeItems(OpenDatabase database, RetentionService retention, AuditTrail trail)
    implements ChunkAction {
  private static final int AT_ONCE = 16;
  private static final String BUSY =
      "A restore of it is under way or was cut short; purge it again in five minutes.";

  @Override
  public Future<BulkProgress> run(StoredBulk bulk, List<Item> items, boolean again) {
    Stage stage = bulk.operation().stage();
    Instant now = Instant.ofEpochMilli(database.clock().millis());
    boolean deletedOnly = bulk.search().search().deleted();
    Tally tally = new Tally();
    return Parallel.each(
            items,
            AT_ONCE,
            item ->
                retention
                    .purgeNow(stage)
                    .purge(
                        new PurgeNow.Target(
                            new RowRef(item.firstReceivedAt(), item.name(), item.version()),
                            item::isAsShown,
                            item::isSameResult,
                            deletedOnly,
                            () -> note(bulk, item, now)))
                    .onSuccess(
                        outcome -> {
                          switch (outcome) {
                            case PURGED -> tally.done();
                            case OTHER -> tally.changed(item);
                            case BUSY -> tally.failed(item, BUSY);
                            case GONE -> {
                              if (again) {
                                tally.done();
                              } else {
                                tally.gone(item);
                              }
                            }
                          }
                        })
                    .mapEmpty())
        .map(purged -> tally.of(items.size()));
  }

  private Future<?> note(StoredBulk bulk, Item item, Instant now) {
    PlannedEntry entry = BulkAudit.entry(bulk, Action.PURGED, item, null, now);
    return entry == null ? Future.succeededFuture() : trail.addPlanned(List.of(entry));
  }
}
