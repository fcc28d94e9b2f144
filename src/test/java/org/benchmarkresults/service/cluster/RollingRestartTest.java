package org.benchmarkresults.service.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes that are restarted one after the other, while clients go on with one repetition each.
 */
@Tag("chaos")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@ExtendWith(VertxExtension.class)
class RollingRestartTest {
  private static final List<Integer> HOSTS = List.of(11, 12, 13);
  private static final String ALL_ROLES = "http,storage,health";
  private static final int LINES = 500;

  @TempDir Path folder;

  private final Database database = Backend.MONGOD.freshDatabase();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> callers = new ArrayList<>();
  private ClusterNodes room;
  private volatile boolean isOver;

  @BeforeEach
  void begin() {
    room = new ClusterNodes(database, folder);
  }

  @AfterEach
  void end() {
    isOver = true;
    room.close();
    database.close();
  }

  private void awaitReady(int host, Vertx vertx) {
    Client client = room.client(host, vertx);
    Await.until(() -> readiness(client) == 200, room::logs);
  }

  private static int readiness(Client client) {
    return client
        .send(HttpMethod.GET, "/health/ready", Buffer.buffer())
        .map(Answer::status)
        // Nothing listens yet.
        .otherwise(0)
        .await();
  }

  private void call(AtomicInteger numbers, IntConsumer request) {
    callers.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!isOver) {
                    request.accept(numbers.getAndIncrement());
                  }
                }));
  }

  private void require(boolean holds, String what, Optional<Answer> answer) {
    if (!holds) {
      failures.add(what + ": " + answer.map(Answer::toString).orElse("no answer"));
    }
  }

  private void saveAndRead(int number, RoundRobin nodes) {
    String name = "single " + number;
    String data = "{\"number\": " + number + ".10}";
    Optional<Answer> saved =
        nodes.send(
            HttpMethod.POST,
            "/raw_input",
            Buffer.buffer(Bodies.withData(name, data)),
            "Content-Type",
            "application/json");
    require(saved.isPresent() && saved.get().status() == 200, "save " + name, saved);
    Optional<Answer> read =
        nodes.send(HttpMethod.GET, Bodies.path(name) + "/data", Buffer.buffer());
    require(read.isPresent() && read.get().text().equals(data), "read " + name, read);
  }

  private void load(int number, RoundRobin nodes) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      lines.append(Bodies.withData("load " + number + " " + i, "1")).append('\n');
    }
    Optional<Answer> answer =
        nodes.send(
            HttpMethod.POST,
            "/standardized_output",
            Buffer.buffer(lines.toString()),
            "Content-Type",
            "application/x-ndjson");
    boolean isWhole =
        answer.isPresent()
            && answer
                    .get()
                    .text()
                    .lines()
                    .map(JsonObject::new)
                    .filter(line -> line.getInteger("status") == 200)
                    .count()
                == LINES;
    require(isWhole, "load " + number, answer);
  }

  @Test
  void noRequestIsLostThatAClientSendsOnceMore(Vertx vertx) throws InterruptedException {
    HOSTS.forEach(host -> room.start(host, ALL_ROLES));
    HOSTS.forEach(host -> awaitReady(host, vertx));
    RoundRobin nodes = new RoundRobin(vertx, HOSTS.stream().map(room::portOf).toList());
    AtomicInteger singles = new AtomicInteger();
    AtomicInteger loads = new AtomicInteger();
    for (int i = 0; i < 4; i++) {
      call(singles, number -> saveAndRead(number, nodes));
    }
    call(loads, number -> load(number, nodes));

    long began = System.nanoTime();
    for (int host : HOSTS) {
      room.stop(host);
      room.start(host, ALL_ROLES);
      awaitReady(host, vertx);
    }
    long seconds = (System.nanoTime() - began) / 1_000_000_000;
    isOver = true;
    for (Thread caller : callers) {
      caller.join();
    }

    System.out.printf(
        "rolling restart: %d requests in %d s, %d sent once more, %d lost%n",
        nodes.requests(), seconds, nodes.repeated(), failures.size());
    assertEquals(List.of(), List.copyOf(failures), room::logs);
    assertEquals(singles.get(), stored("/raw_input", vertx));
    assertEquals(loads.get() * LINES, stored("/standardized_output", vertx));
  }

  /** How many there are, each once. */
  private int stored(String path, Vertx vertx) {
    JsonArray rows = new JsonArray(room.client(11, vertx).get(path).body());
    Set<String> names = new HashSet<>();
    rows.forEach(row -> names.add(((JsonObject) row).getString("pk")));
    assertEquals(rows.size(), names.size());
    return rows.size();
  }
}
