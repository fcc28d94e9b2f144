package org.benchmarkresults.service.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Links;
import org.junit.jupiter.api.Test;

/** The entries of the audit log, and reading it. */
@OnMongod
class AuditLogTest extends ServiceWithKeys {
  AuditLogTest(Backend backend) {
    super(backend);
  }

  @Test
  void everyChangeIsWrittenDownWithWhoMadeIt() {
    String path = Bodies.path("Eval-a");
    client.post("/raw_input", OWN, by(writer));
    client.post("/raw_input", OWN, by(all));
    client.post(
        "/raw_input",
        Bodies.withData("Eval-a", "2"),
        "Authorization",
        "Bearer " + all,
        "X-Request-Id",
        "mine");
    client.post("/raw_input", FOREIGN, by(restricted));
    delete(path, all);
    delete(path, all);
    restore(path, all);
    Buffer lines =
        Buffer.buffer(Bodies.withData("b", "1") + "\n" + Bodies.withData("c", "1") + "\n");
    client
        .send(
            HttpMethod.POST,
            "/standardized_output",
            lines,
            "Authorization",
            "Bearer " + writer,
            "Content-Type",
            "application/x-ndjson")
        .await();

    Answer trail = client.get("/audit", by(admin));

    assertEquals(
        List.of(
            "stored", "stored", "restored", "deleted", "new_version", "already_stored", "stored"),
        names(trail, "action").stream().filter(action -> !action.startsWith("key_")).toList());
    JsonObject version = new JsonArray(trail.body()).getJsonObject(4);
    assertEquals(
        Map.of(
            "action",
            "new_version",
            "stage",
            "raw_input",
            "name",
            Bodies.resultName("Eval-a"),
            "result_name",
            Bodies.resultName("Eval-a"),
            "version",
            2,
            "caller",
            "key:" + all.substring(3, 19),
            "address",
            "127.0.0.1",
            "request_id",
            "mine",
            "at",
            version.getString("at")),
        version.getMap());
    assertNull(new JsonArray(trail.body()).getJsonObject(3).getInteger("version"));
  }

  @Test
  void theTrailIsReadInPagesAndByWhatIsLookedFor() {
    for (int i = 0; i < 5; i++) {
      client.post("/raw_input", Bodies.withData("b" + i, "1"), by(i % 2 == 0 ? writer : all));
    }
    String since =
        new JsonArray(client.get("/audit?limit=2", by(admin)).body())
            .getJsonObject(1)
            .getString("at");

    List<String> paged = new java.util.ArrayList<>();
    String next = "/audit?limit=2";
    while (next != null) {
      Answer page = client.get(next, by(admin));
      paged.addAll(names(page, "result_name"));
      next = Links.next(page);
    }

    assertEquals(names(client.get("/audit", by(admin)), "result_name"), paged);
    assertEquals(5, new HashSet<>(paged.stream().filter(Objects::nonNull).toList()).size());
    assertEquals(
        3,
        names(client.get("/audit?caller=key:" + writer.substring(3, 19), by(admin)), "at").size());
    assertEquals(
        List.of("stored"),
        names(
            client.get("/audit?result_name=" + Bodies.encoded(Bodies.resultName("b3")), by(admin)),
            "action"));
    assertEquals(
        client
            .get("/audit?result_name=" + Bodies.encoded(Bodies.resultName("b3")), by(admin))
            .array(),
        client.get("/audit?name=" + Bodies.encoded(Bodies.resultName("b3")), by(admin)).array());
    assertTrue(names(client.get("/audit?since=" + since, by(admin)), "at").size() >= 2);
    assertEquals(
        List.of(), names(client.get("/audit?until=2001-01-01T00:00:00Z", by(admin)), "at"));
    assertEquals(422, client.get("/audit?cursor=none", by(admin)).status());
  }

  @Test
  void keysThatACommandMakesAreWrittenDown() {
    String id = writer.substring(3, 19);

    JsonArray found = new JsonArray(client.get("/audit?key_id=" + id, by(admin)).body());

    assertEquals(1, found.size(), found::encode);
    JsonObject entry = found.getJsonObject(0);
    assertEquals(
        Set.of("at", "action", "caller", "address", "request_id", "key_id"), entry.fieldNames());
    assertEquals("key_created", entry.getString("action"));
    assertEquals("command:" + System.getProperty("user.name"), entry.getString("caller"));
    assertEquals(id, entry.getString("key_id"));
    assertEquals(List.of(), names(client.get("/audit?key_id=" + writer, by(admin)), "at"));
    Answer table = client.get("/audit?format=csv&key_id=" + id, by(admin));
    assertEquals(
        "at,action,stage,result_name,version,caller,address,request_id,key_id,name,file\r\n"
            + entry.getString("at")
            + ",key_created,,,,"
            + entry.getString("caller")
            + ",\"\",\"\","
            + id
            + ",,\r\n",
        table.text());
  }

  @Test
  void aKeyThatACommandRevokesIsWrittenDown() {
    String id = revoked.substring(3, 19);

    Answer trail = client.get("/audit?key_id=" + id, by(admin));

    assertEquals(List.of("key_revoked", "key_created"), names(trail, "action"));
    assertEquals(List.of(id, id), names(trail, "key_id"));
    String caller = "command:" + System.getProperty("user.name");
    assertEquals(List.of(caller, caller), names(trail, "caller"));
    assertFalse(trail.text().contains(revoked), trail::toString);
    assertEquals(401, client.get("/raw_input", by(revoked)).status());
  }

  @Test
  void aVersionThatIsMadeTheNewestAgainIsWrittenDown() {
    String path = Bodies.path("Eval-a");
    client.post("/raw_input", OWN, by(all));
    client.post("/raw_input", Bodies.withData("Eval-a", "2"), by(all));
    Buffer none = Buffer.buffer();
    client.send(HttpMethod.POST, path + "/restore?version=1", none, by(all)).await();

    JsonObject entry =
        new JsonArray(client.get("/audit?limit=1", by(admin)).body()).getJsonObject(0);

    assertEquals("restored", entry.getString("action"), entry::encode);
    assertEquals(3, entry.getInteger("version"), entry::encode);
    assertEquals("key:" + all.substring(3, 19), entry.getString("caller"));
  }

  @Test
  void aVersionThatIsTheNewestAlreadyIsWrittenDownToo() {
    String path = Bodies.path("Eval-a");
    client.post("/raw_input", OWN, by(all));
    client.send(HttpMethod.POST, path + "/restore?version=1", Buffer.buffer(), by(all)).await();

    JsonArray entries = new JsonArray(client.get("/audit", by(admin)).body());

    JsonObject entry = entries.getJsonObject(0);
    assertEquals("already_stored", entry.getString("action"), entries::encode);
    assertEquals(1, entry.getInteger("version"), entries::encode);
  }
}
