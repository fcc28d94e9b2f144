package org.benchmarkresults.storage.search;

import io.vertx.core.Vertx;
import java.util.Comparator;
import java.util.Map;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.storage.SkippedWithoutMongod;
import org.benchmarkresults.storage.mongo.TextOrder;

/** On a real MongoDB, by the indexes chosen. */
@AddLifecycleHook(SkippedWithoutMongod.class)
class SearchPropertiesOnMongodTest extends SearchProperties {
  private static Database database;
  private static Vertx vertx;
  private static StoredSummaries stored;

  @BeforeContainer
  static void open() {
    database = Backend.MONGOD.freshDatabase();
    vertx = Vertx.vertx();
    Config.Mongo config = database.config(Map.of()).mongo();
    stored = StoredSummaries.open(vertx, config.url().value(), config);
  }

  @AfterContainer
  static void close() {
    if (stored != null) {
      stored.close(vertx);
      vertx.close().await();
      database.close();
    }
  }

  @Override
  StoredSummaries stored() {
    return stored;
  }

  @Override
  Comparator<String> texts() {
    return TextOrder.BY_CODE_POINTS;
  }
}
