package org.benchmarkresults.service.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;

/** Bulk operations by keys: their scopes, and how far a restricted key reaches. */
@OnDatabases
class BulkAccessTest extends ServiceWithKeys {
  private static final String DELETE =
      "{\"action\":\"delete\",\"stage\":\"raw_input\",\"dry_run\":true}";
  private static final String PURGE = DELETE.replace("}", ",\"purge\":true}");
  private static final String LABEL =
      "{\"action\":\"label\",\"labels\":{\"a\":\"b\"},\"stage\":\"raw_input\",\"dry_run\":true}";

  BulkAccessTest(Backend backend) {
    super(backend);
  }

  private int status(String body, String key) {
    return client.post("/bulk", body, by(key)).status();
  }

  @Test
  void eachActionNeedsItsScope() {
    assertEquals(401, client.post("/bulk", DELETE).status());
    assertEquals(403, status(DELETE, reader));
    assertEquals(403, status(DELETE, writer));
    assertEquals(403, status(LABEL, writer));
    assertEquals(200, status(LABEL, all));
    assertEquals(403, status(PURGE, all));
    assertEquals(200, status(PURGE, admin));
    assertEquals(403, status(LABEL, admin));
  }

  @Test
  void operationsOfOthersAreRunAndCancelledByAdminsAlone() {
    client.post("/raw_input", OWN, by(writer));
    JsonObject purge = client.post("/bulk", PURGE, by(admin)).json();
    String path = "/bulk/" + purge.getJsonObject("operation").getString("id");
    String token = new JsonObject().put("token", purge.getString("token")).encode();

    assertEquals(404, status(token, all));
    assertEquals(403, delete(path, all).status());
    assertEquals(404, client.get(path, by(writer)).status());
    assertEquals(200, client.get(path, by(all)).status());
    JsonObject deletion = client.post("/bulk", DELETE, by(all)).json();
    String own = "/bulk/" + deletion.getJsonObject("operation").getString("id");
    assertEquals(403, delete(own, admin).status());
    assertEquals(200, delete(own, all).status());
  }

  @Test
  void aRestrictedKeyChangesWhatItMayAndSeesItsOwnOperations() {
    client.post("/raw_input", OWN, by(writer));
    client.post("/raw_input", FOREIGN, by(writer));
    JsonObject foreign = client.post("/bulk", DELETE, by(all)).json();
    String foreignId = foreign.getJsonObject("operation").getString("id");

    JsonObject own = client.post("/bulk", DELETE, by(restricted)).json();
    String id = own.getJsonObject("operation").getString("id");
    JsonObject token = new JsonObject().put("token", foreign.getString("token"));
    Answer stolen = client.post("/bulk", token.encode(), by(restricted));
    client.post(
        "/bulk", new JsonObject().put("token", own.getString("token")).encode(), by(restricted));
    Await.until(
        () -> "done".equals(client.get("/bulk/" + id, by(all)).json().getString("state")),
        () -> "it does not end");

    assertEquals(2, foreign.getLong("count"));
    assertEquals(1, own.getLong("count"));
    assertEquals(404, stolen.status());
    assertEquals(404, client.get("/bulk/" + foreignId, by(restricted)).status());
    assertEquals(404, delete("/bulk/" + foreignId, restricted).status());
    assertEquals(1, new JsonArray(client.get("/bulk", by(restricted)).body()).size());
    assertEquals(404, client.get(Bodies.path("Eval-a"), by(reader)).status());
    assertEquals(200, client.get(Bodies.path("mmlu"), by(reader)).status());
  }
}
