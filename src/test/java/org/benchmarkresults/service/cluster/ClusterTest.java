package org.benchmarkresults.service.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.events.Listener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three processes on loopback: one that speaks HTTP alone, and two that store. */
@Tag("chaos")
@ExtendWith(VertxExtension.class)
class ClusterTest {
  private static final String STORAGE = "storage,health";

  @TempDir Path folder;

  private final Database database = Backend.MONGOD.freshDatabase();
  private ClusterNodes room;

  @BeforeEach
  void begin() {
    room = new ClusterNodes(database, folder);
  }

  @AfterEach
  void end() {
    room.close();
    database.close();
  }

  private Client startThree(Vertx vertx, ClusterNodes.Discovery discovery) {
    room.discover(discovery);
    room.start(11, "http");
    room.start(12, STORAGE);
    room.start(13, STORAGE);
    Client client = new Client(vertx, room.httpPort());
    awaitNodes(client, 3);
    return client;
  }

  /** Until an answer knows so many nodes, and the database. */
  private void awaitNodes(Client client, int count) {
    Await.until(() -> nodes(client).size() == count, room::logs);
  }

  /** A node that stores is ready when its indexes are there. */
  private void awaitReady(Client client) {
    Await.until(() -> client.get("/health/ready").status() == 200, room::logs);
  }

  private static JsonArray nodes(Client client) {
    return client
        .send(HttpMethod.GET, "/health", Buffer.buffer())
        .map(answer -> answer.json().getJsonArray("nodes", new JsonArray()))
        // Nothing listens yet.
        .otherwise(new JsonArray())
        .await();
  }

  @ParameterizedTest
  @EnumSource
  void aNodeWithoutStorageWorksThroughOnesThatHaveIt(
      ClusterNodes.Discovery discovery, Vertx vertx) {
    Client client = startThree(vertx, discovery);
    String large = '"' + "x".repeat(3_000_000) + '"';

    Answer first = client.post("/raw_input", Bodies.withData("first", "{\"a\": 1.10}"));
    Answer second = client.post("/raw_input", Bodies.withData("large", large));

    assertEquals(200, first.status(), first::toString);
    assertEquals(200, second.status(), second::toString);
    assertEquals("{\"a\": 1.10}", client.get(Bodies.path("first") + "/data").text());
    assertEquals(large, client.get(Bodies.path("large") + "/data").text());
    assertEquals(2, new JsonArray(client.get("/raw_input").body()).size());
    assertEquals(404, client.get(Bodies.path("nothing")).status());
    assertEquals(200, client.get("/health/live").status());
    awaitReady(client);
  }

  /** The nodes have 192 MiB of heap each: a frame of 60 MB and its copies would end them. */
  @Test
  void largeResultsCrossTheBusWithinTheHeap(Vertx vertx) {
    Client client = startThree(vertx, ClusterNodes.Discovery.MEMBERS);
    awaitReady(client);
    List<String> texts =
        Stream.of(60, 40, 28).map(size -> '"' + "x".repeat(size * 1_000_000) + '"').toList();

    List<Future<Answer>> answers =
        texts.stream()
            .map(
                text ->
                    client.send(
                        HttpMethod.POST,
                        "/raw_input",
                        Buffer.buffer(Bodies.withData("large-" + text.length(), text)),
                        "Content-Type",
                        "application/json"))
            .toList();

    for (Future<Answer> answer : answers) {
      assertEquals(200, answer.await().status(), room::logs);
    }
    for (String text : texts) {
      String path = Bodies.path("large-" + text.length()) + "/data";
      assertEquals(text, client.get(path).text(), room::logs);
    }
    assertFalse(room.logs().contains("OutOfMemoryError"), room::logs);
  }

  @Test
  void healthNamesTheNodesTheirRolesAndVersions(Vertx vertx) {
    Client client = startThree(vertx, ClusterNodes.Discovery.MEMBERS);

    List<JsonObject> nodes = nodes(client).stream().map(JsonObject.class::cast).toList();

    Set<String> told =
        nodes.stream()
            .map(node -> node.getString("address") + node.getJsonArray("roles").encode())
            .collect(Collectors.toSet());
    assertEquals(
        Set.of(
            "127.0.0.11[\"http\"]",
            "127.0.0.12[\"storage\",\"health\"]",
            "127.0.0.13[\"storage\",\"health\"]"),
        told);
    assertEquals(1, nodes.stream().map(node -> node.getString("version")).distinct().count());
    assertEquals(1, nodes.stream().filter(node -> node.getBoolean("self")).count());
  }

  @Test
  void aKilledNodeLosesNothingThatWasAcceptedAndComesBack(Vertx vertx) {
    Client client = startThree(vertx, ClusterNodes.Discovery.MEMBERS);
    try (PostingLoad load = PostingLoad.begin(client)) {
      load.awaitMoreAccepted();

      room.kill(12);
      awaitNodes(client, 2);
      int survived = load.sent();
      load.awaitMoreAccepted();
      int alone = load.sent();
      room.start(12, STORAGE);
      awaitNodes(client, 3);
      load.awaitMoreAccepted();
      // The one that came back must do by itself.
      room.kill(13);
      awaitNodes(client, 2);
      load.awaitMoreAccepted();

      load.end();
      assertEquals(0, load.refusedBetween(survived, alone), room::logs);
      assertTrue(Set.of(200, 503).containsAll(load.statuses()), () -> "" + load.statuses());
      load.assertAllAcceptedAreThere();
    }
  }

  @Test
  void aNodeThatIsStoppedLeavesNoQuestionUnanswered(Vertx vertx) {
    Client client = startThree(vertx, ClusterNodes.Discovery.MEMBERS);
    try (PostingLoad load = PostingLoad.begin(client)) {
      load.awaitMoreAccepted();

      room.stop(12);

      load.awaitMoreAccepted();
      load.end();
      assertEquals(Set.of(200), load.statuses(), room::logs);
      load.assertAllAcceptedAreThere();
    }
  }

  @Test
  void whatIsStoredOnAnyNodeIsToldOnEveryOne(Vertx vertx) {
    room.start(12, "http,storage,health");
    room.start(13, "http,storage,health");
    List<Client> clients = List.of(room.client(12, vertx), room.client(13, vertx));
    clients.forEach(client -> awaitNodes(client, 2));
    clients.forEach(this::awaitReady);
    List<Listener> listeners =
        clients.stream().map(client -> Listener.to(client, "/events")).toList();

    clients.get(0).post("/raw_input", Bodies.withData("first", "1"));
    clients.get(1).post("/raw_input", Bodies.withData("second", "1"));

    for (Listener listener : listeners) {
      listener.await(heard -> heard.stored().size() == 2);
    }
  }

  /** A node without the bus stands in for one that died between storing and telling. */
  @Test
  void whatADeadNodeStoredAndDidNotTellIsToldByTheOthers(Vertx vertx) {
    Client client = startThree(vertx, ClusterNodes.Discovery.MEMBERS);
    awaitReady(client);
    Listener listener = Listener.to(client, "/events");
    Server silent = Server.start(database.config(Map.of()), Clock.systemUTC()).await();
    Client past = new Client(vertx, silent.port());

    client.post("/raw_input", Bodies.withData("told", "1"));
    past.post("/raw_input", Bodies.withData("untold", "1"));
    silent.close().await();
    listener.await(heard -> heard.stored().size() == 1);
    room.kill(12);

    listener.await(heard -> heard.stored().size() == 2);
    assertTrue(
        listener.stored().get(1).contains(Bodies.resultName("untold")),
        listener.stored()::toString);
  }
}
