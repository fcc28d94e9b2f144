package org.benchmarkresults.service.access;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.ApiKeys;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.query.Cursor;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cursors with a right digest, which is no secret, and of a kind that was never given. */
class ForgedCursorsTest {
  private static final List<Instant> MOMENTS =
      List.of(
          Instant.EPOCH,
          Instant.ofEpochMilli(Long.MIN_VALUE),
          Instant.ofEpochMilli(Long.MAX_VALUE));

  private static final List<String> TEXTS =
      List.of(
          "7",
          "",
          "x",
          "\u0000",
          "$gt",
          "𝄞",
          "x".repeat(2_000),
          "z".repeat(24),
          "0".repeat(24),
          "0".repeat(23));

  private final Vertx vertx = Vertx.vertx();
  private final Database database = Backend.MONGOD.freshDatabase();
  private Server server;
  private Client client;
  private String[] admin;

  @BeforeEach
  void start() {
    Config config = database.config(Map.of("SECURITY_KEYS", "true"));
    try (ApiKeys keys = new ApiKeys(config, Clock.systemUTC())) {
      admin = new String[] {"Authorization", "Bearer " + keys.create("read,write,admin")};
    }
    server = Server.start(config, Clock.systemUTC()).await();
    client = new Client(vertx, server.port());
    client.post("/raw_input", Bodies.withData("a", "1"), admin);
  }

  @AfterEach
  void stop() {
    server.close().await();
    vertx.close().await();
    database.close();
  }

  private static List<PageKey> keys() {
    List<PageKey> keys = new ArrayList<>();
    for (Instant received : MOMENTS) {
      for (String id : TEXTS) {
        keys.add(new PageKey(null, null, received, id));
        keys.add(new PageKey(received, null, received, id));
        for (String text : TEXTS) {
          keys.add(new PageKey(null, text, received, id));
          keys.add(new PageKey(received, text, received, id));
        }
      }
    }
    return keys;
  }

  @Test
  void noneIsAMistakeOfTheService() {
    Map<String, String> questions =
        Map.of(
            "/observations?limit=1&cursor=", "observations",
            "/observations?sort=model&limit=1&cursor=", "observations&sort=model",
            "/audit?cursor=", "changes",
            "/benchmarks?cursor=", "values of benchmark_name from ",
            "/runs/run?cursor=", "run run",
            "/raw_input?limit=1&cursor=", "raw_input",
            "/raw_input?sort=timestamp&limit=1&cursor=", "raw_input&sort=timestamp",
            "/raw_input?sort=-model_id&limit=1&cursor=", "raw_input&sort=-model_id");

    questions.forEach(
        (path, question) -> {
          int understood = 0;
          for (PageKey key : keys()) {
            Answer answer = client.get(path + Cursor.write(key, question), admin);
            assertTrue(
                answer.status() == 200 || answer.status() == 422, () -> path + " " + key + answer);
            understood += answer.status() == 200 ? 1 : 0;
          }
          assertTrue(understood > 0, path);
        });
  }

  @Test
  void theyAreRefusedWhereTheyNameNothingThatThereCanBe() {
    PageKey text = new PageKey(null, "a", Instant.EPOCH, "no object id");
    PageKey moment = new PageKey(null, null, Instant.now(), "no object id");

    for (PageKey key : List.of(text, moment)) {
      requireProblem(
          client.get("/audit?cursor=" + Cursor.write(key, "changes"), admin),
          422,
          "invalid-query",
          "/audit");
      requireProblem(
          client.get("/runs/run?cursor=" + Cursor.write(key, "run run"), admin),
          422,
          "invalid-query",
          "/runs/run");
    }
  }
}
