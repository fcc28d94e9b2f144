package org.benchmarkresults.http;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.ApiKeys;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.config.Config;

/**
 * The service that asks who calls, with two changes in its audit trail.
 *
 * @param reader a key that may read
 * @param admin a key that may administrate, and nothing else
 */
public record Guarded(Database database, Server server, Client client, String reader, String admin)
    implements AutoCloseable {
  private static final String CHANGE =
      "{\"timestamp\":\"t\",\"benchmark_name\":\"%s\",\"run_id\":\"r\",\"data\":1}";

  public static Guarded start(Vertx clients) {
    Database database = Backend.EMBEDDED.freshDatabase();
    Config config = database.config(Map.of("SECURITY_KEYS", "true"));
    String reader;
    String admin;
    String writer;
    try (ApiKeys keys = new ApiKeys(config, Clock.systemUTC())) {
      reader = keys.create("read");
      admin = keys.create("admin");
      writer = keys.create("write");
    }
    Server server = Server.start(config, Clock.systemUTC()).await();
    Client client = new Client(clients, server.port());
    for (String benchmark : List.of("a", "b")) {
      client.post("/raw_input", CHANGE.formatted(benchmark), "Authorization", "Bearer " + writer);
    }
    return new Guarded(database, server, client, reader, admin);
  }

  @Override
  public void close() {
    server.close().await();
    database.close();
  }
}
