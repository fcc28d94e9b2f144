package org.benchmarkresults.service.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Links;
import org.benchmarkresults.service.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Results of one name hide each other nowhere: every version is told of, found and brought back.
 */
@OnDatabases
class VersionsTest {
  @RegisterExtension final RunningService service;

  VersionsTest(Backend backend) {
    service = RunningService.on(backend);
  }

  private Client client() {
    return service.client();
  }

  private JsonObject store(String benchmark, String members, int data) {
    Answer answer =
        client()
            .post(
                "/raw_input",
                Bodies.withMembers(
                    benchmark, members + (members.isEmpty() ? "" : ",") + "\"data\":" + data));
    assertEquals(200, answer.status(), answer::toString);
    return answer.json();
  }

  private static String model(String model) {
    return "\"model_id\":\"" + model + "\"";
  }

  private static Set<Object> names(JsonObject answer) {
    return answer.getJsonArray("changed").stream().collect(Collectors.toSet());
  }

  private List<JsonObject> rows(String query) {
    return Lists.rows(client().get("/raw_input?" + query));
  }

  private static List<String> versions(List<JsonObject> rows) {
    return rows.stream()
        .map(row -> row.getString("benchmark_name") + " " + row.getInteger("version"))
        .toList();
  }

  @Test
  void theAnswerTellsWhatIsNotAsInTheVersionBefore() {
    JsonObject first = store("changes", model("a") + ",\"tasks\":[1],\"gone\":0", 1);
    JsonObject second = store("changes", model("b") + ",\"tasks\":[1 ],\"new\":0", 1);
    JsonObject third =
        store(
            "changes",
            model("b") + ",\"tasks\":[1 ],\"new\":0,\"tokenizer_id\":\"t\",\"source\":\"\"",
            2);
    Answer line =
        client()
            .send(
                HttpMethod.POST,
                "/raw_input",
                Buffer.buffer(Bodies.withMembers("changes", model("c") + ",\"data\":2") + "\n"),
                "Content-Type",
                "application/x-ndjson")
            .await();

    assertFalse(first.containsKey("changed"), first::encode);
    assertEquals(Set.<Object>of("model_id", "tasks", "gone", "new"), names(second));
    assertEquals(
        new JsonArray().add("tokenizer_id").add("source").add("data"),
        third.getJsonArray("changed"));
    assertEquals(
        Set.<Object>of("model_id", "tokenizer_id", "source", "tasks", "new"), names(line.json()));
    assertEquals(4, line.json().getInteger("current_version"));
  }

  @Test
  void newVersionsOfAnotherModelAreCounted() {
    store("counted", model("a"), 1);
    store("counted", model("b"), 1);
    store("counted", model("b"), 2);

    String metrics = client().get("/metrics").text();

    String other =
        metrics
            .lines()
            .filter(line -> line.startsWith("results_versions_total"))
            .filter(line -> line.contains("raw_input") && line.contains("model_changed=\"true\""))
            .findFirst()
            .orElseThrow();
    assertTrue(Double.parseDouble(other.substring(other.lastIndexOf(' '))) >= 1, other);
  }

  @Test
  void aRowTellsHowManyVersionsThereAreAndAllCanBeFound() {
    for (String model : List.of("a", "b", "c")) {
      store("night", model(model), 1);
    }
    String one = "benchmark_name=night";

    assertEquals(List.of("night 3"), versions(rows(one)));
    assertEquals(3, rows(one).get(0).getInteger("versions"));
    assertEquals(List.of(), rows(one + "&model_id=a"));
    assertEquals(List.of("night 1"), versions(rows(one + "&model_id=a&versions=all")));
    assertEquals(3, rows(one + "&model_id=a&versions=all").get(0).getInteger("versions"));
    assertEquals(List.of("night 3", "night 2", "night 1"), versions(rows(one + "&versions=all")));
    assertEquals(List.of("night 2"), versions(rows(one + "&versions=all&filter=model_id%3D%3Db")));
    assertEquals(
        List.of("night 3", "night 2"), versions(rows(one + "&versions=all&filter=version%3E1")));
    JsonObject earlier = client().get(Bodies.path("night") + "?version=1").json();
    assertEquals(3, earlier.getInteger("versions"));
    Answer all = client().get("/raw_input?" + one + "&versions=all&count=true&limit=1");
    assertEquals("3", all.header("X-Total-Count"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "received_at",
        "-received_at",
        "timestamp",
        "-timestamp",
        "benchmark_name",
        "-benchmark_name",
        "model_id",
        "-model_id"
      })
  void pagesOfVersionsHaveNeitherGapsNorRepeats(String sort) {
    for (int version = 1; version <= 12; version++) {
      for (String benchmark : List.of("p1", "p2", "p@3")) {
        store(benchmark, version % 3 == 0 ? "" : model("m" + version % 4), version);
      }
    }
    String query =
        "/raw_input?versions=all&name_prefix="
            + Bodies.TIMESTAMP.replace(":", "%3A")
            + "-p&sort="
            + sort;

    List<String> whole = versions(Lists.rows(client().get(query)));
    for (int limit : new int[] {1, 5, 7, 36}) {
      List<JsonObject> paged = new ArrayList<>();
      for (String page = query + "&limit=" + limit; page != null; ) {
        Answer answer = client().get(page);
        paged.addAll(Lists.rows(answer));
        page = Links.next(page, answer);
      }
      assertEquals(whole, versions(paged), "limit " + limit);
    }

    assertEquals(36, new HashSet<>(whole).size());
    assertEquals(36, whole.size());
    if (!sort.equals("received_at") && !sort.equals("-received_at")) {
      String opposite = sort.startsWith("-") ? sort.substring(1) : "-" + sort;
      List<String> reversed =
          new ArrayList<>(
              versions(
                  Lists.rows(client().get(query.replace("sort=" + sort, "sort=" + opposite)))));
      Collections.reverse(reversed);
      assertEquals(whole, reversed);
    }
  }

  @Test
  void versionsAreInTablesAndLinesToo() {
    store("forms", model("a"), 1);
    store("forms", model("b"), 2);
    String query = "/raw_input?benchmark_name=forms&versions=all&fields=";

    Answer table = client().get(query + "version,versions,model_id,data", "Accept", "text/csv");
    Answer lines = client().get(query + "data", "Accept", "application/x-ndjson");
    Answer json = client().get(query + "version,data");

    assertEquals("version,versions,model_id,data\r\n2,2,b,2\r\n1,2,a,1\r\n", table.text());
    assertEquals(2, Lists.lines(lines).size());
    assertEquals(1, new JsonObject(Lists.lines(lines).get(1)).getInteger("data"));
    assertEquals("[{\"version\":2,\"data\":2},{\"version\":1,\"data\":1}]", json.text());
  }

  @Test
  void versionsOfDeletedResultsAreNotThereUntilTheyAreRestored() {
    store("away", model("a"), 1);
    store("away", model("b"), 2);
    client().send(HttpMethod.DELETE, Bodies.path("away"), Buffer.buffer()).await();
    String all = "benchmark_name=away&versions=all";

    List<JsonObject> deleted = rows(all);
    Answer counted = client().get("/raw_input?" + all + "&count=true&limit=1");
    client().post(Bodies.path("away") + "/restore", "");
    store("away", model("c"), 3);

    assertEquals(List.of(), deleted);
    assertEquals("0", counted.header("X-Total-Count"));
    assertEquals(List.of("away 3", "away 2", "away 1"), versions(rows(all)));
    assertEquals(422, client().get("/raw_input?" + all + "&deleted=true").status());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000})
  void anEarlierVersionIsMadeTheNewestAgain(int size) {
    String benchmark = "again " + size;
    for (int version = 1; version <= 3; version++) {
      String data = "\"" + ("" + version).repeat(size) + "\"";
      client()
          .post(
              "/raw_input",
              Bodies.withMembers(benchmark, model("m" + version) + ",\"data\":" + data));
    }
    String path = Bodies.path(benchmark);
    Answer sentAgain =
        client()
            .post(
                "/raw_input",
                Bodies.withMembers(
                    benchmark, model("m1") + ",\"data\":\"" + "1".repeat(size) + "\""));

    Answer refused = client().post(path + "/restore?version=1", "", "If-Match", "\"2-of another\"");
    Answer restored =
        client()
            .post(path + "/restore?version=1", "", "If-Match", client().get(path).header("ETag"));
    Answer repeated = client().post(path + "/restore?version=1", "");
    Answer same = client().post(path + "/restore?version=4", "");

    assertEquals("already_stored", sentAgain.json().getString("outcome"));
    assertEquals(1, sentAgain.json().getInteger("version"));
    assertEquals(3, sentAgain.json().getInteger("current_version"));
    assertEquals(412, refused.status(), refused::toString);
    assertEquals(200, restored.status(), restored::toString);
    assertEquals(4, restored.json().getInteger("version"));
    assertEquals("m1", restored.json().getString("model_id"));
    assertEquals(restored.json(), repeated.json());
    assertEquals(restored.json(), same.json());
    assertEquals(client().get(path).header("ETag"), restored.header("ETag"));
    assertEquals("\"" + "1".repeat(size) + "\"", client().get(path + "/data").text());
    for (int version = 1; version <= 3; version++) {
      assertEquals(
          "\"" + ("" + version).repeat(size) + "\"",
          client().get(path + "/data?version=" + version).text());
    }
    assertEquals(4, client().get(path + "/versions").array().size());
    assertNotEquals(
        client().get(path).header("ETag"), client().get(path + "?version=1").header("ETag"));
  }

  @Test
  void whatIsNotThereIsNotMadeTheNewest() {
    store("missing", "", 1);

    for (String path :
        List.of(
            Bodies.path("missing") + "/restore?version=2", "/raw_input/none/restore?version=1")) {
      Answer answer = client().post(path, "");
      assertEquals(404, answer.status(), answer::toString);
    }
    assertEquals(400, client().post(Bodies.path("missing") + "/restore?version=0", "").status());
  }
}
