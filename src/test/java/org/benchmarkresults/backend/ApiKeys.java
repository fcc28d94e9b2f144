package org.benchmarkresults.backend;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.cli.CommandAudit;
import org.benchmarkresults.cli.CommandLines;
import org.benchmarkresults.cli.CommandNode;
import org.benchmarkresults.cli.KeysCommand;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.storage.StorageVerticle;
import picocli.CommandLine;

/** The command {@code keys} on a database; an embedded one must not be in use. */
public final class ApiKeys implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final Clock clock;
  private final boolean isAudited;

  public ApiKeys(Config config, Clock clock) {
    this.clock = clock;
    isAudited = config.security().audit();
    vertx
        .deployVerticle(new StorageVerticle(config.mongo(), config.retention(), bus, clock))
        .await();
  }

  /** The output of the command, which must succeed. */
  public String run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream elsewhere = new PrintStream(OutputStream.nullOutputStream());
    CommandNode node = (source, action) -> action.run(bus, new CommandAudit(bus, clock, isAudited));
    PrintStream results = new PrintStream(out, true, StandardCharsets.UTF_8);
    CommandLine keys = new CommandLine(new KeysCommand(node, clock, results, elsewhere));
    int code = CommandLines.prepared(keys, results, elsewhere).execute(words);
    if (code != 0) {
      throw new AssertionError("keys ends with " + code);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** A new key with those scopes and further options. */
  public String create(String scopes, String... options) {
    List<String> words = new ArrayList<>(List.of("create", "--scope", scopes));
    words.addAll(List.of(options));
    return run(words.toArray(String[]::new)).strip();
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
