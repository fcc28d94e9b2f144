package org.benchmarkresults.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.security.ApiKey;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.model.security.KeyRevocation;
import org.benchmarkresults.model.security.Scope;
import org.benchmarkresults.security.KeyText;
import org.jspecify.annotations.Nullable;

/** The command {@code keys}: makes API keys, shows what is known of them, and revokes them. */
public final class Keys {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final String ROW = "%-16s  %-24s  %-10s  %-10s  %-16s  %-10s  %-20s  %s";

  private final Bus bus;
  private final Clock clock;
  private final CommandAudit audit;
  private final PrintStream out;
  private final PrintStream terminal;

  /**
   * @param audit where keys that are made and revoked are written down
   * @param out where keys and their list are told
   * @param terminal where all else is
   */
  public Keys(Bus bus, Clock clock, CommandAudit audit, PrintStream out, PrintStream terminal) {
    this.bus = bus;
    this.clock = clock;
    this.audit = audit;
    this.out = out;
    this.terminal = terminal;
  }

  /** Runs on the calling thread, which is none of Vert.x; gives the exit code. */
  public int run(KeysArguments arguments) {
    return switch (arguments) {
      case KeysArguments.Create create -> create(create);
      case KeysArguments.Show show -> show();
      case KeysArguments.Revoke revoke -> revoke(revoke.id());
    };
  }

  private int create(KeysArguments.Create create) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    KeyText text = KeyText.random();
    ApiKey key =
        new ApiKey(
            text.id(),
            text.digest(),
            create.note(),
            create.scopes(),
            create.benchmarkPrefix(),
            now,
            create.expires() == null ? null : now.plus(create.expires()),
            null,
            null);
    // A key without its entry is not told, so nobody can use it.
    NoArguments unused =
        bus.request(Addresses.ADD_KEY, key)
            .compose(added -> audit.key(Action.KEY_CREATED, key.id()))
            .await();
    terminal.println(
        "key "
            + key.id()
            + " may "
            + Scope.text(key.scopes())
            + (key.benchmarkPrefix().isEmpty()
                ? ""
                : " of benchmarks " + key.benchmarkPrefix() + "…")
            + (key.expiresAt() == null ? ", never expires" : ", expires " + day(key.expiresAt()))
            + ". It is shown this once:");
    out.println(text.reveal());
    return DONE;
  }

  private int show() {
    List<ApiKey> keys = bus.request(Addresses.KEYS, new NoArguments()).await().keys();
    out.println(
        ROW.formatted(
            "ID", "SCOPES", "CREATED", "EXPIRES", "LAST USED", "REVOKED", "BENCHMARKS", "NOTE"));
    for (ApiKey key : keys) {
      String row =
          ROW.formatted(
              key.id(),
              Scope.text(key.scopes()),
              day(key.createdAt()),
              day(key.expiresAt()),
              minute(key.lastUsedAt()),
              day(key.revokedAt()),
              key.benchmarkPrefix().isEmpty() ? "all" : key.benchmarkPrefix() + "…",
              key.note());
      out.println(row.stripTrailing());
    }
    return DONE;
  }

  private int revoke(String given) {
    // Who has the whole key at hand may give that.
    String id = KeyText.of(given).map(KeyText::id).orElse(given);
    ApiKey key =
        bus.request(Addresses.REVOKE_KEY, new KeyRevocation(id, clock.instant())).await().key();
    if (key == null) {
      terminal.println("keys: there is no key of this id; keys list shows them");
      return FAILED;
    }
    NoArguments unused = audit.key(Action.KEY_REVOKED, key.id()).await();
    terminal.println("key " + key.id() + " is revoked since " + key.revokedAt());
    return DONE;
  }

  private static String day(@Nullable Instant moment) {
    return first(moment, 10);
  }

  private static String minute(@Nullable Instant moment) {
    return first(moment, 16);
  }

  private static String first(@Nullable Instant moment, int length) {
    return Optional.ofNullable(moment)
        .map(Instant::toString)
        .map(text -> text.substring(0, length))
        .orElse("-");
  }
}
