package org.benchmarkresults.storage;

import de.bwaldvogel.mongo.MongoServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.storage.embedded.EmbeddedStore;
import org.jspecify.annotations.Nullable;

/**
 * The in-process MongoDB of the zero-setup start: mongo-java-server on an H2 MVStore file, reached
 * over loopback like any other. For one process and some hundred thousand results: it scans where
 * MongoDB uses an index.
 */
final class EmbeddedMongo {
  private static final Duration TENDING = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final EmbeddedStore store;
  private final MongoServer server;
  private final InetSocketAddress address;
  private final Coalescing sync;
  private final long tending;

  private EmbeddedMongo(Vertx vertx, EmbeddedStore store) {
    this.vertx = vertx;
    this.store = store;
    server = new MongoServer(store.server());
    address = server.bind();
    sync = new Coalescing(() -> vertx.executeBlocking(this::force, false));
    tending =
        vertx.setPeriodic(
            TENDING.toMillis(),
            timer -> {
              Future<?> unused = vertx.executeBlocking(this::tend, false);
            });
  }

  /**
   * Opens the data file in the folder, making both when missing. Blocks.
   *
   * @throws IOException when it cannot be used, with a sentence that says what to do
   */
  static EmbeddedMongo open(Vertx vertx, Path folder) throws IOException {
    return new EmbeddedMongo(vertx, EmbeddedStore.open(folder));
  }

  String url() {
    return "mongodb://" + address.getHostString() + ":" + address.getPort();
  }

  /** Why nothing can be stored at present, in one sentence; null when all is well. */
  @Nullable String trouble() {
    return store.trouble();
  }

  /** Succeeds when everything written before this call is on the disk; fails with Unavailable. */
  Future<Void> sync() {
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

  private @Nullable Void tend() {
    store.tend();
    return null;
  }

  /** Blocks until all is written. */
  void close() {
    vertx.cancelTimer(tending);
    server.shutdownNow();
    store.close();
  }
}
