package org.benchmarkresults.storage.search;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.storage.mongo.EmbeddedMongo;

/** On the embedded database, which orders texts as Java does: by UTF-16 units. */
class SearchPropertiesOnEmbeddedTest extends SearchProperties {
  private static Database database;
  private static Vertx vertx;
  private static EmbeddedMongo embedded;
  private static StoredSummaries stored;

  @BeforeContainer
  static void open() throws IOException {
    database = Backend.EMBEDDED.freshDatabase();
    vertx = Vertx.vertx();
    Config.Mongo config = database.config(Map.of()).mongo();
    embedded = EmbeddedMongo.open(vertx, Path.of(config.embeddedFolder()));
    stored = StoredSummaries.open(vertx, embedded.url(), config);
  }

  @AfterContainer
  static void close() {
    stored.close(vertx);
    embedded.close();
    vertx.close().await();
    database.close();
  }

  @Override
  StoredSummaries stored() {
    return stored;
  }

  @Override
  Comparator<String> texts() {
    return Comparator.naturalOrder();
  }
}
