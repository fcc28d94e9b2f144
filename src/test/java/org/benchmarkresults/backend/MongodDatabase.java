package org.benchmarkresults.backend;

import java.util.Map;
import java.util.UUID;

/** A database with a name of its own on a running MongoDB. */
final class MongodDatabase implements Database {
  private final String url;
  private final String name = "test_" + UUID.randomUUID().toString().replace("-", "");

  /**
   * @param url of the MongoDB, naming no database
   */
  MongodDatabase(String url) {
    this.url = url;
  }

  String url() {
    return url;
  }

  String name() {
    return name;
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("MONGO_URL", url, "MONGO_DATABASE", name);
  }

  @Override
  public void close() {
    Driver.await(Driver.of(url).getDatabase(name).drop());
  }
}
