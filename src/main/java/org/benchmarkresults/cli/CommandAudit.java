package org.benchmarkresults.cli;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntryBatch;
import org.jspecify.annotations.Nullable;

/**
 * Names the actor of a command, and writes the audit entries of keys. Its caller is the user of the
 * operating system, so it needs no authentication to be on.
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

  /**
   * The user who runs the command; null when changes are not audited. Containers may run as a user
   * who has a number alone, which Java does not know.
   */
  @Nullable Actor actor() {
    String user = System.getProperty("user.name", "");
    String caller = user.isBlank() || user.equals("?") ? COMMAND : COMMAND + ":" + user;
    return isOn ? new Actor(caller, "", "") : null;
  }

  /** Succeeds when the change of a key is in the audit log, if changes are audited. */
  Future<NoArguments> key(AuditEntry.Action action, String keyId) {
    Actor actor = actor();
    return actor == null
        ? Future.succeededFuture(new NoArguments())
        : bus.request(
            Addresses.ADD_AUDIT_ENTRIES,
            new AuditEntryBatch(List.of(AuditEntry.ofKey(now(), action, keyId, actor.caller()))));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
