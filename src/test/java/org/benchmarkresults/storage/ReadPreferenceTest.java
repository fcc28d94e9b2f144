package org.benchmarkresults.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.Driver;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which reads may go to other members, by what MongoDB's profiler saw of them. */
@ExtendWith(VertxExtension.class)
class ReadPreferenceTest {
  private static final String RESULT =
      "{\"timestamp\":\"t\",\"benchmark_name\":\"b\",\"run_id\":\"r\",\"data\":%s}";

  /** The preferences of the finds in the collection while the requests were made. */
  private static Set<String> preferences(Vertx vertx, Settings settings, Requests made) {
    try (Database database = Backend.MONGOD.freshDatabase()) {
      var driver = Driver.of(database);
      Server server =
          Server.start(database.config(settings.on(database)), Clock.systemUTC()).await();
      Client client = new Client(vertx, server.port());
      client.post("/raw_input", RESULT.formatted("1"));
      // The upgrade at the start reads the collection too, and from the primary.
      Await.until(
          () -> !Driver.await(driver.getCollection("upgrades").find()).isEmpty(),
          () -> "the results were not upgraded");
      Driver.await(driver.runCommand(new Document("profile", 2)));
      made.of(client);
      Driver.await(driver.runCommand(new Document("profile", 0)));
      Set<String> seen =
          Driver.await(driver.getCollection("system.profile").find()).stream()
              .filter(operation -> operation.getString("ns").endsWith(".raw_input"))
              .filter(operation -> "query".equals(operation.getString("op")))
              .map(operation -> operation.get("command", Document.class))
              .map(command -> command.get("$readPreference", new Document("mode", "primary")))
              .map(preference -> preference.getString("mode"))
              .collect(Collectors.toSet());
      server.close().await();
      return seen;
    }
  }

  private interface Settings {
    Map<String, String> on(Database database);
  }

  /** Without deriving, which reads from the primary in the background. */
  private static final Map<String, String> ROLES = Map.of("ROLES", "http,storage,health");

  private static Map<String, String> defaults(Database database) {
    return ROLES;
  }

  private static Map<String, String> byConnectionString(Database database) {
    String url = Objects.requireNonNull(database.environment().get("MONGO_URL"));
    Map<String, String> settings = new HashMap<>(ROLES);
    settings.put("MONGO_URL", Database.withOption(url, "readPreference=secondaryPreferred"));
    return settings;
  }

  private interface Requests {
    void of(Client client);
  }

  private static void read(Client client) {
    client.get("/raw_input");
    client.get("/raw_input?sort=timestamp&limit=1");
    client.get("/raw_input/t-b-r");
    client.get("/raw_input/t-b-r/data");
    client.get("/runs/r");
  }

  /** A repeated save, other data and a deletion: each reads the stored result. */
  private static void write(Client client) {
    client.post("/raw_input", RESULT.formatted("1"));
    client.post("/raw_input", RESULT.formatted("2"));
    client.send(HttpMethod.DELETE, "/raw_input/t-b-r", Buffer.buffer()).await();
  }

  @Test
  void readsGoToThePrimaryUnlessToldOtherwise(Vertx vertx) {
    assertEquals(
        Set.of("primary"),
        preferences(vertx, ReadPreferenceTest::defaults, ReadPreferenceTest::read));
  }

  @Test
  void readsFollowTheConnectionString(Vertx vertx) {
    Set<String> seen =
        preferences(vertx, ReadPreferenceTest::byConnectionString, ReadPreferenceTest::read);

    assertEquals(Set.of("secondaryPreferred"), seen);
  }

  @Test
  void decisionsAboutWritesReadFromThePrimary(Vertx vertx) {
    Set<String> seen =
        preferences(vertx, ReadPreferenceTest::byConnectionString, ReadPreferenceTest::write);

    assertEquals(Set.of("primary"), seen);
  }
}
