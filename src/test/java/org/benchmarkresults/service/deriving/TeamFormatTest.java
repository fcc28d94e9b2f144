package org.benchmarkresults.service.deriving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A team's own declarations, and nodes that derive nothing. */
@ExtendWith(VertxExtension.class)
class TeamFormatTest {
  private static final String DECLARATION =
      """
      adapter: our-score
      version: 1
      tool: our-harness
      format: summary
      recognise:
        has: [/our_score]
      model: /checkpoint
      observations:
        - at: /our_score
          task: nightly
          metric: our_score
          unit: "%"
          better: higher
      """;

  @TempDir private Path folder;

  @Test
  void aDeclarationOfTheFolderIsUsed(Vertx vertx) throws IOException {
    Files.writeString(folder.resolve("ours.yaml"), DECLARATION);
    Files.writeString(folder.resolve("metrics.yml"), "our_score: {better: higher, kind: score}");
    Map<String, String> settings =
        Map.of(
            "STANDARDIZE_ADAPTERS_FOLDER", folder.toString(),
            "STANDARDIZE_METRICS_FILE", folder.resolve("metrics.yml").toString());
    try (Database database = Backend.EMBEDDED.freshDatabase()) {
      Server server = Server.start(database.config(settings), Clock.systemUTC()).await();
      try {
        Client client = new Client(vertx, server.port());
        client.post(
            "/raw_input", Bodies.withData("ours", "{\"our_score\":71.5,\"checkpoint\":\"c7\"}"));

        JsonObject derived = Derived.raw(client, "ours");

        assertEquals("our-harness", derived.getString("tool"), derived::encode);
        JsonObject one = derived.getJsonArray("observations").getJsonObject(0);
        assertEquals(0.715, one.getDouble("value"));
        assertEquals("71.5", one.getString("text"));
        assertEquals("c7", one.getString("model"));
      } finally {
        server.close().await();
      }
    }
  }

  @Test
  void aWrongDeclarationFailsTheStartWithItsLine() throws IOException {
    Path file = folder.resolve("ours.yaml");
    Files.writeString(file, DECLARATION.replace("tool: our-harness\n", ""));
    Map<String, String> settings = Map.of("STANDARDIZE_ADAPTERS_FOLDER", folder.toString());
    try (Database database = Backend.EMBEDDED.freshDatabase()) {
      Throwable failure =
          assertThrows(
              RuntimeException.class,
              () -> Server.start(database.config(settings), Clock.systemUTC()).await());

      assertTrue(failure.getMessage().startsWith(file + ":1: "), failure::getMessage);
    }
  }

  @Test
  void aNodeWithoutTheRoleStoresAndDerivesNothing(Vertx vertx) {
    try (Database database = Backend.EMBEDDED.freshDatabase()) {
      Server server =
          Server.start(database.config(Map.of("ROLES", "http,storage,health")), Clock.systemUTC())
              .await();
      try {
        Client client = new Client(vertx, server.port());

        assertEquals(
            200, client.post("/raw_input", Bodies.withData("a", "{\"accuracy\":1}")).status());
        assertEquals(
            "pending", client.get(Bodies.path("a") + "/observations").json().getString("state"));
        assertEquals(200, client.get(Bodies.path("a")).status());
      } finally {
        server.close().await();
      }
    }
  }
}
