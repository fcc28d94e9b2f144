package org.benchmarkresults.service.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A database that a release without observations filled: its documents are those that a node
 * without the role standardize stores.
 */
@Tag("chaos")
@ExtendWith(VertxExtension.class)
class UpgradeToObservationsTest {
  private static final int RESULTS = 100_000;
  private static final int BATCH = 10_000;
  private static final Map<String, String> EARLIER = Map.of("ROLES", "http,storage,health");

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void everythingStoredIsDerivedInTheBackground(Vertx vertx) {
    try (Database database = Backend.MONGOD.freshDatabase()) {
      Server earlier = Server.start(database.config(EARLIER), Clock.systemUTC()).await();
      fill(new Client(vertx, earlier.port()));
      earlier.close().await();

      Server upgraded = Server.start(database.config(Map.of()), Clock.systemUTC()).await();
      Client client = new Client(vertx, upgraded.port());
      Await.until(() -> progress(client).getLong("derived") > 0, () -> "nothing is derived yet");
      // A result that is stored meanwhile need not wait for all the earlier ones.
      client.post("/raw_input", line(RESULTS));
      awaitProgress(client, RESULTS + 1);

      JsonObject progress = progress(client);
      assertEquals(0, progress.getLong("failed"));
      assertEquals(0, progress.getLong("pending"));
      assertEquals(2L * (RESULTS + 1), progress.getLong("observations"));
      for (int number : new int[] {0, 1, RESULTS / 2, RESULTS}) {
        assertEquals(number + ".5", text(client, number));
      }
      upgraded.close().await();
    }
  }

  /** As long as it goes on there is something new at each look. */
  private static void awaitProgress(Client client, long wanted) {
    long derived = progress(client).getLong("derived");
    while (derived < wanted) {
      long before = derived;
      Await.until(
          () -> progress(client).getLong("derived") > before,
          () -> "after " + before + " results nothing more is derived: " + progress(client));
      derived = progress(client).getLong("derived");
    }
  }

  private static JsonObject progress(Client client) {
    return client.get("/health").json().getJsonObject("observations");
  }

  private static String text(Client client, int number) {
    Answer answer = client.get("/raw_input/" + name(number) + "/observations");
    assertEquals(200, answer.status(), answer::toString);
    JsonObject first = answer.json().getJsonArray("observations").getJsonObject(0);
    assertTrue(first.getString("pointer").startsWith("/mean_ttft_ms"), first::encode);
    return first.getString("text");
  }

  private static void fill(Client client) {
    for (int from = 0; from < RESULTS; from += BATCH) {
      StringBuilder lines = new StringBuilder();
      for (int number = from; number < from + BATCH; number++) {
        lines.append(line(number)).append('\n');
      }
      Answer answer =
          client
              .send(
                  HttpMethod.POST,
                  "/raw_input",
                  Buffer.buffer(lines.toString()),
                  "Content-Type",
                  "application/x-ndjson")
              .await();
      assertEquals(200, answer.status(), answer::toString);
    }
  }

  private static String line(int number) {
    return """
        {"timestamp":"2026-01-01T00:00:00Z","benchmark_name":"vllm","run_id":"%d","data":\
        {"completed":1,"model_id":"m","mean_ttft_ms":%d.5,"output_throughput":3}}"""
        .formatted(number, number);
  }

  private static String name(int number) {
    return "2026-01-01T00:00:00Z-vllm-" + number;
  }
}
