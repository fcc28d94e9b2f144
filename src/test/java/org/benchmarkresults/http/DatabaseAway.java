package org.benchmarkresults.http;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.config.ConfigLoader;

/** The service with a database at a port where nobody listens. */
public record DatabaseAway(Server server, Client client) implements AutoCloseable {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HTTP_PORT", "0",
          "MONGO_URL", "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=100",
          "MONGO_SAVE_TIMEOUT", "0s");

  public static DatabaseAway start(Vertx clients) {
    return start(clients, Map.of());
  }

  /**
   * @param more settings, as in the environment
   */
  public static DatabaseAway start(Vertx clients, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.putAll(more);
    Server server =
        Server.start(ConfigLoader.load(Path.of("no-such-file"), environment), Clock.systemUTC())
            .await();
    return new DatabaseAway(server, new Client(clients, server.port()));
  }

  @Override
  public void close() {
    server.close().await();
  }
}
