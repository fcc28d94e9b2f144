package org.benchmarkresults.storage.operation.action;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.operation.BulkProgress;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.DeleteOutcome;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.retention.RetentionService;
import org.benchmarkresults.storage.security.PlannedEntry;
import org.jspecify.annotations.Nullable;

/** Deletes results that are as they were shown. */
public record DeleteItems(OpenDatabase database, RetentionService retention, ItemResults results)
    implements ChunkAction {
  private static final int AT_ONCE = 32;

  @Override
  public Future<BulkProgress> run(StoredBulk bulk, List<Item> items, boolean again) {
    Stage stage = bulk.operation().stage();
    Instant now = Instant.ofEpochMilli(database.clock().millis());
    Tally tally = new Tally();
    List<Item> missing = new ArrayList<>();
    List<PlannedEntry> entries = new ArrayList<>();
    return Parallel.each(
            items,
            AT_ONCE,
            item -> {
              PlannedEntry entry = BulkAudit.entry(bulk, Action.DELETED, item, null, now);
              return retention
                  .deletions(stage)
                  .delete(item.name(), item::isAsShown, entry)
                  .onSuccess(
                      outcome -> {
                        switch (outcome) {
                          case DeleteOutcome.Deleted deleted -> done(tally, entry, entries);
                          case DeleteOutcome.NotThere none -> missing.add(item);
                          case DeleteOutcome.OtherVersion other -> tally.changed(item);
                        }
                      })
                  .mapEmpty();
            })
        .compose(
            deleted ->
                again && !missing.isEmpty()
                    ? results.deleted(stage, missing)
                    : Future.succeededFuture(List.<StoredResult>of()))
        .compose(
            copies -> {
              for (Item item : missing) {
                // A run that was cut short has deleted it.
                if (copies.stream().anyMatch(copy -> isOfRun(bulk, copy, item))) {
                  done(tally, BulkAudit.entry(bulk, Action.DELETED, item, null, now), entries);
                } else {
                  tally.gone(item);
                }
              }
              return retention.audit(stage).completePlanned(entries);
            })
        .map(written -> tally.of(items.size()));
  }

  private static boolean isOfRun(StoredBulk bulk, StoredResult copy, Item item) {
    Instant startedAt = bulk.operation().startedAt();
    return item.name().equals(copy.summary().resultName())
        && item.isAsShown(copy.summary())
        && startedAt != null
        && copy.deletedAt() != null
        && !copy.deletedAt().isBefore(startedAt);
  }

  private static void done(Tally tally, @Nullable PlannedEntry entry, List<PlannedEntry> entries) {
    tally.done();
    if (entry != null) {
      entries.add(entry);
    }
  }
}
