package org.benchmarkresults.http.access;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.log.RequestLog;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.retention.ResultRemoval;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.model.security.AuditEntryBatch;
import org.benchmarkresults.model.version.VersionRestore;
import org.benchmarkresults.model.version.VersionRestoreOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Writes down who changed what, before the answer is given: a change that was answered 200 has its
 * entry. Where the entry could not be written the answer is 503, and sending again writes one.
 */
public final class AuditWriter {
  private final Bus bus;
  private final Clock clock;
  private final boolean isOn;

  public AuditWriter(Bus bus, Clock clock, boolean isOn) {
    this.bus = bus;
    this.clock = clock;
    this.isOn = isOn;
  }

  /** Succeeds when the save of a result is written down, if it changed or confirmed anything. */
  public Future<?> saved(RoutingContext context, Result result, SaveOutcome outcome) {
    return saved(context, List.of(result), List.of(outcome));
  }

  /** The same of several results; the outcomes in their order. */
  public Future<?> saved(RoutingContext context, List<Result> results, List<SaveOutcome> outcomes) {
    if (!isOn) {
      return Future.succeededFuture();
    }
    List<AuditEntry> changes = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      AuditEntry change = change(context, results.get(i), outcomes.get(i));
      if (change != null) {
        changes.add(change);
      }
    }
    return add(changes);
  }

  private @Nullable AuditEntry change(RoutingContext context, Result result, SaveOutcome outcome) {
    return AuditEntry.ofSave(
        Instant.ofEpochMilli(clock.millis()),
        result,
        outcome,
        AccessCheck.caller(context).id(),
        RemoteAddress.of(context),
        RequestLog.requestId(context));
  }

  /** The removal with the entry that storage writes once the result is deleted. */
  public ResultRemoval noted(RoutingContext context, ResultRemoval removal) {
    return isOn
        ? removal.withAuditEntry(
            change(context, Action.DELETED, removal.stage(), removal.resultName(), null))
        : removal;
  }

  /** Succeeds when a restoration is written down, if there was one. */
  public Future<?> restored(RoutingContext context, ResultRef ref, RestoreOutcome outcome) {
    return isOn && outcome instanceof RestoreOutcome.Restored restored
        ? add(
            List.of(
                change(
                    context,
                    Action.RESTORED,
                    ref.stage(),
                    ref.resultName(),
                    restored.summary().version())))
        : Future.succeededFuture();
  }

  /**
   * Succeeds when it is written down that an earlier version was made the newest, or was it
   * already: a restoration that is sent again may be one whose entry was never written.
   */
  public Future<?> versionRestored(
      RoutingContext context, VersionRestore asked, VersionRestoreOutcome outcome) {
    return switch (outcome) {
      case VersionRestoreOutcome.Written written ->
          versionRestored(context, Action.RESTORED, asked, written.summary());
      case VersionRestoreOutcome.AlreadyNewest already ->
          versionRestored(context, Action.ALREADY_STORED, asked, already.summary());
      case VersionRestoreOutcome.NoSuchVersion none -> Future.succeededFuture();
      case VersionRestoreOutcome.OtherNewest other -> Future.succeededFuture();
    };
  }

  private Future<?> versionRestored(
      RoutingContext context, Action action, VersionRestore asked, ResultSummary newest) {
    return isOn
        ? add(List.of(change(context, action, asked.stage(), asked.resultName(), newest.version())))
        : Future.succeededFuture();
  }

  private AuditEntry change(
      RoutingContext context,
      Action action,
      Stage stage,
      String resultName,
      @Nullable Integer version) {
    return AuditEntry.ofResult(
        Instant.ofEpochMilli(clock.millis()),
        action,
        stage,
        resultName,
        version,
        AccessCheck.caller(context).id(),
        RemoteAddress.of(context),
        RequestLog.requestId(context));
  }

  private Future<?> add(List<AuditEntry> changes) {
    return changes.isEmpty()
        ? Future.succeededFuture()
        : bus.request(Addresses.ADD_AUDIT_ENTRIES, new AuditEntryBatch(changes));
  }
}
