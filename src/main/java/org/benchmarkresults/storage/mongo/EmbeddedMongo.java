package org.benchmarkresults.storage.mongo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.storage.embedded.EmbeddedServer;
import org.benchmarkresults.storage.embedded.EmbeddedStore;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The in-process MongoDB of the zero-setup start: mongo-java-server on an H2 MVStore file, reached
 * over loopback like any other. For one process and some hundred thousand results: it scans where
 * MongoDB uses an index.
 */
public final class EmbeddedMongo {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMongo.class);

  /** Where a running service is reached, for the command that asks it for a backup. */
  public static final String PORT_FILE = "benchmark-results.url";

  private static final Duration TENDING = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final EmbeddedStore store;
  private final EmbeddedServer server;
  private final InetSocketAddress address;
  private final Coalescing sync;
  private final Path port;
  private final Timer tending;

  private EmbeddedMongo(Vertx vertx, EmbeddedStore store, Path folder) {
    this.vertx = vertx;
    this.store = store;
    port = folder.resolve(PORT_FILE);
    server = new EmbeddedServer(store.server());
    address = server.address();
    writePort();
    sync = new Coalescing(() -> vertx.executeBlocking(this::force, false));
    tending = Timer.periodic(vertx, TENDING, this::tend);
  }

  /**
   * Opens the data file in the folder, making both when missing. Blocks.
   *
   * @throws IOException when it cannot be used, with a sentence that says what to do
   */
  public static EmbeddedMongo open(Vertx vertx, Path folder) throws IOException {
    return new EmbeddedMongo(vertx, EmbeddedStore.open(folder), folder);
  }

  /** Without it, as on a full disk, the service does all but being asked for a backup. */
  private void writePort() {
    try {
      Files.writeString(port, url());
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", port)
          .log(
              "backups have to wait for a restart, because a file cannot be written: {}",
              e.getMessage());
    }
  }

  public String url() {
    return "mongodb://" + address.getHostString() + ":" + address.getPort();
  }

  /** Why nothing can be stored at present, in one sentence; null when all is well. */
  public @Nullable String trouble() {
    return store.trouble();
  }

  /** Succeeds when everything written before this call is on the disk; fails with Unavailable. */
  public Future<Void> sync() {
    return sync.run();
  }

  private @Nullable Void force() {
    try {
      store.force();
      return null;
    } catch (IOException e) {
      throw new Unavailable("The database cannot store anything now; please try again later.", e);
    }
  }

  private void tend() {
    Future<Void> unused =
        vertx.executeBlocking(
            () -> {
              store.tend();
              return null;
            },
            false);
  }

  /** Blocks until all is written. */
  public void close() {
    tending.cancel();
    server.close();
    try {
      Files.deleteIfExists(port);
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("the file with the URL is left");
    }
    store.close();
  }
}
