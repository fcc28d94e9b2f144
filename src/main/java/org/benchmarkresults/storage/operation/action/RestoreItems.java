package org.benchmarkresults.storage.operation.action;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.operation.BulkProgress;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.storage.annotation.AnnotationStore;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.retention.RetentionService;
import org.benchmarkresults.storage.security.AuditTrail;
import org.benchmarkresults.storage.security.PlannedEntry;

/** Restores deleted results whose latest deletion is the one that was shown. */
public record RestoreItems(
    OpenDatabase database,
    RetentionService retention,
    AnnotationStore annotations,
    ItemResults results,
    AuditTrail trail)
    implements ChunkAction {
  private static final int AT_ONCE = 32;
  private static final String IN_USE =
      "Another result has been stored under the name since; delete it first.";

  @Override
  public Future<BulkProgress> run(StoredBulk bulk, List<Item> items, boolean again) {
    Stage stage = bulk.operation().stage();
    Instant now = Instant.ofEpochMilli(database.clock().millis());
    Tally tally = new Tally();
    List<Item> missing = new ArrayList<>();
    List<PlannedEntry> entries = new ArrayList<>();
    List<String> restored = new ArrayList<>();
    // The copy, which may hold an entry that is not written yet, is gone behind a restore.
    return retention
        .audit(stage)
        .complete(items.stream().map(Item::name).toList())
        .compose(
            written ->
                Parallel.each(
                    items,
                    AT_ONCE,
                    item ->
                        retention
                            .deletions(stage)
                            .restore(ref(bulk, item), item::isAsShown)
                            .onSuccess(
                                outcome -> {
                                  switch (outcome) {
                                    case RestoreOutcome.Restored one -> {
                                      restored.add(item.name());
                                      done(bulk, item, now, tally, entries);
                                    }
                                    case RestoreOutcome.NothingDeleted none -> missing.add(item);
                                    case RestoreOutcome.NameInUse used ->
                                        tally.failed(item, IN_USE);
                                  }
                                })
                            .mapEmpty()))
        .compose(done -> missing(bulk, missing, again, now, tally, entries))
        .compose(judged -> trail.addPlanned(entries))
        .compose(written -> annotations.copy(restored))
        .map(written -> tally.of(items.size()));
  }

  private static ResultRef ref(StoredBulk bulk, Item item) {
    return new ResultRef(bulk.operation().stage(), item.name(), null, bulk.benchmarkPrefix(), null);
  }

  private static void done(
      StoredBulk bulk, Item item, Instant now, Tally tally, List<PlannedEntry> entries) {
    tally.done();
    PlannedEntry entry = BulkAudit.entry(bulk, Action.RESTORED, item, item.version(), now);
    if (entry != null) {
      entries.add(entry);
    }
  }

  private Future<Void> missing(
      StoredBulk bulk,
      List<Item> missing,
      boolean again,
      Instant now,
      Tally tally,
      List<PlannedEntry> entries) {
    if (missing.isEmpty()) {
      return Future.succeededFuture();
    }
    Stage stage = bulk.operation().stage();
    return results
        .live(stage, missing)
        .compose(
            live ->
                results
                    .deleted(stage, missing)
                    .onSuccess(
                        deleted -> {
                          for (Item item : missing) {
                            if (again && isRestored(item, live)) {
                              // A run that was cut short has restored it.
                              done(bulk, item, now, tally, entries);
                            } else if (isDeletedAgain(item, deleted)) {
                              tally.changed(item);
                            } else {
                              tally.gone(item);
                            }
                          }
                        }))
        .mapEmpty();
  }

  private static boolean isRestored(Item item, Map<String, ResultSummary> live) {
    ResultSummary found = live.get(item.name());
    return found != null && item.isAsShown(found);
  }

  /** A later deletion of the name would be restored in its place. */
  private static boolean isDeletedAgain(Item item, List<StoredResult> deleted) {
    return deleted.stream().anyMatch(copy -> copy.summary().resultName().equals(item.name()));
  }
}
