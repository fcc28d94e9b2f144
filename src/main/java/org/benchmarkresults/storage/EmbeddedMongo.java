package org.benchmarkresults.storage;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The in-process MongoDB of the zero-setup start: mongo-java-server on an H2 MVStore file, reached
 * over loopback like any other. For one process and thousands of results, not for millions: it
 * scans instead of using indexes.
 */
final class EmbeddedMongo {
  private final MVStore store;
  private final MongoServer server;
  private final InetSocketAddress address;
  private final Coalescing sync;

  private EmbeddedMongo(Vertx vertx, MVStore store) {
    this.store = store;
    server = new MongoServer(new H2Backend(store));
    address = server.bind();
    sync = new Coalescing(() -> vertx.executeBlocking(this::force, false));
  }

  /**
   * Opens the data file in the folder, making both when missing. Blocks.
   *
   * @throws IOException when the folder cannot be made, or another process has it open
   */
  static EmbeddedMongo open(Vertx vertx, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("benchmark-results.mv");
    try {
      return new EmbeddedMongo(vertx, new MVStore.Builder().fileName(file.toString()).open());
    } catch (MVStoreException e) {
      throw new IOException(
          "The embedded database " + file.toAbsolutePath()
              + " cannot be opened; is another process using it? Stop that one, or set"
              + " MONGO_EMBEDDED_FOLDER for this one.",
          e);
    }
  }

  String url() {
    return "mongodb://" + address.getHostString() + ":" + address.getPort();
  }

  /** Succeeds when everything written before this call is on the disk. */
  Future<Void> sync() {
    return sync.run();
  }

  /** The store writes by itself only once a second; an accepted result must not wait for that. */
  private Void force() {
    store.commit();
    store.sync();
    return null;
  }

  /** Blocks until all is written. */
  void close() {
    server.shutdownNow();
    if (!store.isClosed()) {
      store.close();
    }
  }
}
