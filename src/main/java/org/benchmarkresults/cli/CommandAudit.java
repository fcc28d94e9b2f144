package org.benchmarkresults.cli;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntryBatch;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit entries of a command. Its caller is the user of the operating system, so it
 * needs no authentication to be on.
 */
public final class CommandAudit {
  private static final String COMMAND = "command";

  private final Bus bus;
  private final Clock clock;
  private final boolean isOn;

  public CommandAudit(Bus bus, Clock clock, boolean isOn) {
    this.bus = bus;
    this.clock = clock;
    this.isOn = isOn;
  }

  /** The caller; containers may run as a user who has a number alone, which Java does not tell. */
  static String caller() {
    String user = System.getProperty("user.name", "");
    return user.isBlank() || user.equals("?") ? COMMAND : COMMAND + ":" + user;
  }

  /** The entry of a save; null where nothing was changed or confirmed, or nothing is written. */
  @Nullable AuditEntry saved(Result result, SaveOutcome outcome) {
    return isOn ? AuditEntry.ofSave(now(), result, outcome, caller(), "", "") : null;
  }

  /** Succeeds when what was done with a key is in the audit trail, if it is to be. */
  Future<NoArguments> key(AuditEntry.Action action, String keyId) {
    return isOn
        ? add(List.of(AuditEntry.ofKey(now(), action, keyId, caller())))
        : Future.succeededFuture(new NoArguments());
  }

  /** Succeeds when the entries are in the audit trail. */
  Future<NoArguments> add(List<AuditEntry> changes) {
    return changes.isEmpty()
        ? Future.succeededFuture(new NoArguments())
        : bus.request(Addresses.ADD_AUDIT_ENTRIES, new AuditEntryBatch(changes));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
