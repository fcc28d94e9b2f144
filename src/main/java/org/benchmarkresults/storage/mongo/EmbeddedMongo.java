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
 * The embedded database: an in-process MongoDB server on an H2 MVStore file, reached over loopback.
 * For one process and some 100,000 results, because it scans where MongoDB uses an index.
 */
public final class EmbeddedMongo {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMongo.class);

  /** The file with the URL of the running server, for the backup command. */
  public static final String URL_FILE = "benchmark-results.url";

  private static final Duration MAINTENANCE_INTERVAL = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final EmbeddedStore store;
  private final EmbeddedServer server;
  private final InetSocketAddress address;
  private final Coalescing sync;
  private final Path urlFile;
  private final Timer maintenance;

  private EmbeddedMongo(Vertx vertx, EmbeddedStore store, Path folder) {
    this.vertx = vertx;
    this.store = store;
    urlFile = folder.resolve(URL_FILE);
    server = new EmbeddedServer(store.server());
    address = server.address();
    writeUrl();
    sync = new Coalescing(() -> vertx.executeBlocking(this::force, false));
    maintenance = Timer.periodic(vertx, MAINTENANCE_INTERVAL, this::maintain);
  }

  /**
   * Opens the data file in the folder; creates missing ones. Blocks.
   *
   * @throws IOException when it cannot be used, with a sentence that says what to do
   */
  public static EmbeddedMongo open(Vertx vertx, Path folder) throws IOException {
    return new EmbeddedMongo(vertx, EmbeddedStore.open(folder), folder);
  }

  /** A failure, as on a full disk, affects online backups only. */
  private void writeUrl() {
    try {
      Files.writeString(urlFile, url());
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", urlFile)
          .setCause(e)
          .log("online backups are not possible until a restart: a file cannot be written");
    }
  }

  public String url() {
    return "mongodb://" + address.getHostString() + ":" + address.getPort();
  }

  /** Why writes fail at present, in one sentence; null when they do not. */
  public @Nullable String trouble() {
    return store.trouble();
  }

  /** Succeeds when all earlier writes are on disk; fails with {@link Unavailable}. */
  public Future<Void> sync() {
    return sync.run();
  }

  private @Nullable Void force() {
    try {
      store.force();
      return null;
    } catch (IOException e) {
      throw new Unavailable("The database cannot write at present; please try again later.", e);
    }
  }

  private void maintain() {
    Future<Void> unused =
        vertx.executeBlocking(
            () -> {
              store.maintain();
              return null;
            },
            false);
  }

  /** Blocks until all writes are on disk. */
  public void close() {
    maintenance.cancel();
    server.close();
    try {
      Files.deleteIfExists(urlFile);
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("the URL file could not be deleted");
    }
    store.close();
  }
}
