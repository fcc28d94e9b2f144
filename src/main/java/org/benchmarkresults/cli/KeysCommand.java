package org.benchmarkresults.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.ConfigException;
import org.benchmarkresults.config.SettingValue;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.security.ApiKey;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.model.security.KeyRevocation;
import org.benchmarkresults.model.security.Scope;
import org.benchmarkresults.security.KeyText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code keys}. */
@Command(
    name = "keys",
    description = {
      "Creates, lists and revokes API keys. The service requires a key when SECURITY_KEYS=true."
    },
    footer = {
      "",
      "Examples:",
      "  keys create --scope read,write --expires 90d --note 'nightly runs'",
      "  keys create --scope read --benchmark-prefix Eval",
      "  keys revoke 00a1b2c3d4e5f607"
    })
public final class KeysCommand {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int LONGEST_NOTE = 200;
  private static final String ROW = "%-16s  %-24s  %-10s  %-10s  %-16s  %-10s  %-20s  %s";

  private final CommandNode node;
  private final Clock clock;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param out receives keys and lists of keys
   * @param err receives everything else
   */
  public KeysCommand(CommandNode node, Clock clock, PrintStream out, PrintStream err) {
    this.node = node;
    this.clock = clock;
    this.out = out;
    this.err = err;
  }

  @Command(description = "Creates a key and prints it. It cannot be shown again.")
  int create(
      @Option(
              names = "--scope",
              paramLabel = "SCOPES",
              required = true,
              description =
                  "Any of read, write, delete (and restore) and admin (the audit log), separated by"
                      + " commas.")
          String scope,
      @Option(
              names = "--expires",
              paramLabel = "TIME",
              description = "Lifetime, such as 12h or 90d (default: unlimited).")
          @Nullable String expires,
      @Option(
              names = "--benchmark-prefix",
              paramLabel = "TEXT",
              description = "Restricts the key to benchmarks whose name begins with this text.")
          @Nullable String prefix,
      @Option(
              names = "--note",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "A note that 'keys list' shows.")
          String note)
      throws IOException {
    List<String> faults = new ArrayList<>();
    Set<Scope> scopes = scopes(scope, faults);
    Duration lifetime = lifetime(expires, faults);
    if (scopes.isEmpty() && faults.isEmpty()) {
      faults.add("--scope must name some of read, write, delete and admin");
    }
    // An unset variable in --benchmark-prefix="$TEAM" must not give access to everything.
    if (prefix != null && prefix.isEmpty()) {
      faults.add("--benchmark-prefix must not be empty");
    }
    if (lifetime != null && lifetime.isZero()) {
      faults.add("--expires must be longer than 0s");
    }
    if (scopes.contains(Scope.ADMIN) && prefix != null) {
      faults.add("a key with the scope admin cannot be restricted to some benchmarks");
    }
    if (note.codePoints().anyMatch(Character::isISOControl)) {
      faults.add("--note must not contain control characters");
    }
    if (note.length() > LONGEST_NOTE) {
      faults.add("--note must be at most " + LONGEST_NOTE + " characters");
    }
    if (!faults.isEmpty()) {
      throw new ConfigException(faults);
    }
    return node.run(
        null,
        (bus, audit) -> create(scopes, lifetime, prefix == null ? "" : prefix, note, bus, audit));
  }

  private static Set<Scope> scopes(String text, List<String> faults) {
    Set<Scope> scopes = new TreeSet<>();
    for (String word : text.split("[, ]+")) {
      Optional<Scope> scope = Scope.named(word);
      scope.ifPresent(scopes::add);
      if (scope.isEmpty() && !word.isEmpty()) {
        faults.add(word + " is not a scope; the scopes are read, write, delete and admin");
      }
    }
    return scopes;
  }

  private static @Nullable Duration lifetime(@Nullable String text, List<String> faults) {
    try {
      return text == null ? null : SettingValue.duration(text);
    } catch (IllegalArgumentException e) {
      faults.add("--expires " + e.getMessage());
      return null;
    }
  }

  private int create(
      Set<Scope> scopes,
      @Nullable Duration lifetime,
      String prefix,
      String note,
      Bus bus,
      CommandAudit audit) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    KeyText text = KeyText.random();
    ApiKey key =
        new ApiKey(
            text.id(),
            text.digest(),
            note,
            List.copyOf(scopes),
            prefix,
            now,
            lifetime == null ? null : now.plus(lifetime),
            null,
            null);
    // The key is printed only after its audit entry is written.
    NoArguments unused =
        bus.request(Addresses.ADD_KEY, key)
            .compose(added -> audit.key(Action.KEY_CREATED, key.id()))
            .await();
    err.println(
        "key "
            + key.id()
            + " may "
            + Scope.text(key.scopes())
            + (prefix.isEmpty() ? "" : " of benchmarks " + prefix + "…")
            + (lifetime == null ? ", never expires" : ", expires " + day(key.expiresAt()))
            + ". It is shown only now:");
    out.println(text.reveal());
    return DONE;
  }

  @Command(description = "Lists all keys with scopes, expiry and last use; never the keys' secret.")
  int list() throws IOException {
    return node.run(null, (bus, audit) -> list(bus));
  }

  private int list(Bus bus) {
    out.println(
        ROW.formatted(
            "ID", "SCOPES", "CREATED", "EXPIRES", "LAST USED", "REVOKED", "BENCHMARKS", "NOTE"));
    for (ApiKey key : bus.request(Addresses.KEYS, new NoArguments()).await().keys()) {
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

  @Command(description = "Revokes a key.")
  int revoke(
      @Parameters(paramLabel = "ID", description = "The key's id, or the whole key.") String given)
      throws IOException {
    String id = KeyText.of(given).map(KeyText::id).orElse(given);
    return node.run(null, (bus, audit) -> revoke(id, bus, audit));
  }

  private int revoke(String id, Bus bus, CommandAudit audit) {
    ApiKey key =
        bus.request(Addresses.REVOKE_KEY, new KeyRevocation(id, clock.instant())).await().key();
    if (key == null) {
      err.println("there is no key with this id; 'keys list' shows all keys");
      return FAILED;
    }
    NoArguments unused = audit.key(Action.KEY_REVOKED, key.id()).await();
    err.println("key " + key.id() + " is revoked since " + key.revokedAt());
    return DONE;
  }

  private static String day(@Nullable Instant moment) {
    return first(moment, 10);
  }

  private static String minute(@Nullable Instant moment) {
    return first(moment, 16);
  }

  private static String first(@Nullable Instant moment, int length) {
    return moment == null ? "-" : moment.toString().substring(0, length);
  }
}
