package org.benchmarkresults.service.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.ApiKeys;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys that are made, used and revoked while nodes run. */
@ExtendWith(VertxExtension.class)
class RevocationTest {

  private static int status(Client node, String key) {
    return node.get("/raw_input", "Authorization", "Bearer " + key).status();
  }

  /** Polls until the answer has the status. */
  private static void awaitStatus(int status, Client node, String key) {
    Await.until(() -> status(node, key) == status, () -> "no " + status);
  }

  @Test
  void aRevokedKeyOpensNothingOnAnyNode(Vertx vertx) {
    try (Database database = Backend.MONGOD.freshDatabase()) {
      Config config = database.config(Map.of("SECURITY_KEYS", "true"));
      List<Server> servers =
          Stream.of(config, config).map(c -> Server.start(c, Clock.systemUTC()).await()).toList();
      List<Client> nodes =
          servers.stream().map(server -> new Client(vertx, server.port())).toList();
      try (ApiKeys keys = new ApiKeys(config, Clock.systemUTC())) {
        String key = keys.create("read");
        String other = keys.create("read");
        nodes.forEach(node -> assertEquals(200, status(node, key)));

        keys.run("revoke", key.substring(3, 19));

        nodes.forEach(node -> awaitStatus(401, node, key));
        nodes.forEach(node -> assertEquals(200, status(node, other)));
      } finally {
        servers.forEach(server -> server.close().await());
      }
    }
  }

  @Test
  void keysAreListedWithTheirLastUseAndNoSecretIsKept(Vertx vertx) {
    try (Database database = Backend.MONGOD.freshDatabase()) {
      Config config = database.config(Map.of("SECURITY_KEYS", "true"));
      Server server = Server.start(config, Clock.systemUTC()).await();
      try (ApiKeys keys = new ApiKeys(config, Clock.systemUTC())) {
        String used = keys.create("read", "--note", "dashboard", "--expires", "30d");
        String unused = keys.create("write", "--benchmark-prefix", "Eval");
        String day = Clock.systemUTC().instant().toString().substring(0, 10);
        assertEquals(200, status(new Client(vertx, server.port()), used));

        Await.until(() -> keys.run("list").contains(day + "T"), () -> keys.run("list"));
        String list = keys.run("list");

        List<String> rows = list.lines().toList();
        assertEquals(3, rows.size(), list);
        assertTrue(rows.get(1).startsWith(used.substring(3, 19)), list);
        assertTrue(rows.get(1).endsWith("dashboard"), list);
        assertTrue(rows.get(2).contains("Eval…"), list);
        assertFalse(rows.get(2).contains(day + "T"), list);
        String stored = stored(database);
        for (String key : List.of(used, unused)) {
          assertTrue(stored.contains(key.substring(3, 19)), stored);
          assertFalse(list.contains(key.substring(20)), list);
          assertFalse(stored.contains(key.substring(20)), stored);
        }
      } finally {
        server.close().await();
      }
    }
  }

  private static String stored(Database database) {
    return Driver.await(Driver.of(database).getCollection("api_keys").find()).stream()
        .map(document -> new JsonObject(document.toJson()).encode())
        .reduce("", String::concat);
  }
}
