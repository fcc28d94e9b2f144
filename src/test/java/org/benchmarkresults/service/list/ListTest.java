package org.benchmarkresults.service.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The list of all results of a stage. */
@OnDatabases
class ListTest {
  /** More than the service asks the database for at once. */
  private static final int MANY = 2_100;

  @RegisterExtension final RunningService service;

  /** With a list of its own. */
  @RegisterExtension final RunningService other;

  ListTest(Backend backend) {
    service = RunningService.on(backend);
    other = RunningService.on(backend);
  }

  @Test
  void aListOfManyPagesIsWholeAndInOrder() {
    Client client = service.client();
    for (int from = 0; from < MANY; from += 100) {
      Future.all(
              IntStream.range(from, Math.min(MANY, from + 100))
                  .mapToObj(i -> client.posting("/standardized_output", body(i)))
                  .toList())
          .await();
    }

    Answer answer = client.get("/standardized_output");

    List<JsonObject> rows = rows(answer.array());
    assertEquals(MANY, rows.size());
    assertEquals(MANY, rows.stream().map(row -> row.getString("pk")).distinct().count());
    List<String> moments = rows.stream().map(row -> row.getString("first_received_at")).toList();
    assertEquals(moments.stream().sorted(Comparator.reverseOrder()).toList(), moments);
  }

  @Test
  void theNewestComesFirst() {
    Client client = service.client();
    for (String name : List.of("first", "second", "third")) {
      client.post("/raw_input", Bodies.withData(name, "1"));
      // Results of one millisecond are in the order of their names.
      awaitAnotherMillisecond();
    }

    Answer answer = client.get("/raw_input");

    List<String> names =
        rows(answer.array()).stream()
            .map(row -> row.getString("benchmark_name"))
            .filter(List.of("first", "second", "third")::contains)
            .toList();
    assertEquals(List.of("third", "second", "first"), names);
  }

  @Test
  void aListAskedForAgainShowsWhatChanged() {
    Client client = other.client();
    client.post("/raw_input", Bodies.withMembers("changing", "\"tasks\":\"old\",\"data\":1"));
    JsonObject before = client.get("/raw_input").array().getJsonObject(0);
    client.post("/raw_input", Bodies.withMembers("changing", "\"tasks\":\"new\",\"data\":1"));

    JsonObject after = client.get("/raw_input").array().getJsonObject(0);

    assertEquals("old", before.getString("tasks"));
    assertEquals("new", after.getString("tasks"));
    assertEquals(2, after.getInteger("version"));
    assertEquals(before.getString("first_received_at"), after.getString("first_received_at"));
  }

  private static void awaitAnotherMillisecond() {
    long now = System.currentTimeMillis();
    while (System.currentTimeMillis() == now) {
      Thread.onSpinWait();
    }
  }

  private static Buffer body(int number) {
    return Buffer.buffer(Bodies.withData("many " + number, "{\"n\":" + number + "}"));
  }

  private static List<JsonObject> rows(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }
}
