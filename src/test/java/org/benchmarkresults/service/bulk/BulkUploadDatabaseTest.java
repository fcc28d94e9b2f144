package org.benchmarkresults.service.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.DatabaseLine;
import org.benchmarkresults.config.ConfigLoader;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A load during which the database goes away and comes back. */
@Tag("chaos")
@ExtendWith(VertxExtension.class)
class BulkUploadDatabaseTest {
  private static final int LINES = 30;

  private final DatabaseLine database = new DatabaseLine();
  private final Server server =
      Server.start(
              ConfigLoader.load(
                  Path.of("no-such-file"),
                  Map.of(
                      "HTTP_PORT", "0",
                      "HTTP_SHUTDOWN_GRACE", "1s",
                      "MONGO_URL", database.url() + "/?serverSelectionTimeoutMS=1000",
                      "MONGO_SAVE_TIMEOUT", "0s",
                      "MONGO_OPERATION_TIMEOUT", "10s")),
              Clock.systemUTC())
          .await();

  @AfterEach
  void close() {
    server.close().await();
    database.close();
  }

  private static String line(int number) {
    return Bodies.withData("away " + number, Integer.toString(number)) + '\n';
  }

  private static Set<Integer> statuses(List<JsonObject> answers) {
    return answers.stream().map(line -> line.getInteger("status")).collect(Collectors.toSet());
  }

  @Test
  void linesThatTheDatabaseMissedSaySoAndSendingAllAgainCompletesThem(Vertx vertx)
      throws IOException {
    awaitDatabase(vertx);
    try (BulkUploadSocket load = BulkUploadSocket.begin(server.port(), "")) {
      for (int i = 0; i < LINES; i++) {
        if (i == 10) {
          database.goesAway();
        }
        if (i == 20) {
          database.isThere();
          awaitDatabase(vertx);
        }
        load.send(line(i));
        JsonObject answer = load.next();
        int expected = i >= 10 && i < 20 ? 503 : 200;
        assertEquals(expected, answer.getInteger("status"), answer::encode);
      }
      load.end();
      assertEquals(List.of(), load.rest());
    }

    awaitDatabase(vertx);
    List<JsonObject> again;
    try (BulkUploadSocket load = BulkUploadSocket.begin(server.port(), "")) {
      load.send(
          IntStream.range(0, LINES)
              .mapToObj(BulkUploadDatabaseTest::line)
              .collect(Collectors.joining()));
      load.end();
      again = load.rest();
    }

    assertEquals(Set.of(200), statuses(again));
    assertEquals(LINES, again.size());
    assertTrue(
        again.stream()
            .filter(line -> line.getInteger("line") <= 10)
            .allMatch(line -> line.getString("outcome").equals("already_stored")));
  }

  private void awaitDatabase(Vertx vertx) {
    Client client = new Client(vertx, server.port());
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (client.post("/raw_input", Bodies.withData("is it there", "1")).status() != 200) {
      assertTrue(System.nanoTime() < deadline, "the database does not come back");
    }
  }
}
