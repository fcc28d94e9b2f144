package org.benchmarkresults.service.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Client;

/** Bulk requests of a client, with the headers of a caller. */
record BulkRequests(Client client, String... headers) {
  private static final Set<String> UNDER_WAY = Set.of("ready", "running", "cancelling");

  /** Members of a request as JSON with single quotes. */
  static JsonObject json(String members) {
    return new JsonObject("{" + members.replace('\'', '"') + "}");
  }

  Answer post(JsonObject body) {
    return client.post("/bulk", body.encode(), headers);
  }

  /** A dry run that must succeed. */
  JsonObject dryRun(String members) {
    Answer answer = post(json(members).put("dry_run", true));
    assertEquals(200, answer.status(), answer::toString);
    return answer.json();
  }

  /** A run to its end. */
  JsonObject run(JsonObject dryRun) {
    Answer started = post(new JsonObject().put("token", dryRun.getString("token")));
    assertEquals(202, started.status(), started::toString);
    return ended(started.json().getString("id"));
  }

  JsonObject run(String members) {
    return run(dryRun(members));
  }

  JsonObject ended(String id) {
    Await.until(
        () -> !UNDER_WAY.contains(find(id).json().getString("state")),
        () -> "the operation does not end: " + find(id));
    return find(id).json();
  }

  Answer find(String id) {
    return client.get("/bulk/" + id, headers);
  }
}
