package org.benchmarkresults.service.access;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.service.Links;
import org.junit.jupiter.api.Test;

/** Which keys may declare aliases and fold them, and what the audit log says of it. */
@OnMongod
class AliasAccessTest extends ServiceWithKeys {
  private static final Pattern REQUEST_ID = Pattern.compile("\"request_id\":\"[^\"]*\"");
  private static final String SECRET = "secret-model";

  AliasAccessTest(Backend backend) {
    super(backend);
  }

  private Answer set(String key, String alias, String... headers) {
    List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
    all.addAll(List.of(by(key)));
    all.addAll(List.of(headers));
    return client
        .send(
            HttpMethod.PUT,
            "/aliases/" + SECRET,
            Buffer.buffer("{\"aliases\":[\"" + alias + "\"]}"),
            all.toArray(String[]::new))
        .await();
  }

  private Answer remove(String key) {
    return client
        .send(
            HttpMethod.DELETE,
            "/aliases/" + SECRET,
            Buffer.buffer(),
            "Authorization",
            "Bearer " + key,
            "If-Match",
            "*")
        .await();
  }

  @Test
  void changingNeedsTheScopeWriteAndReadingRead() {
    requireProblem(set(reader, "a"), 403, "scope-missing", "/aliases/" + SECRET);
    requireProblem(set(admin, "a"), 403, "scope-missing", "/aliases/" + SECRET);
    assertEquals(200, set(writer, "a").status());
    requireProblem(remove(reader), 403, "scope-missing", "/aliases/" + SECRET);
    requireProblem(
        client.get("/aliases/" + SECRET, by(writer)), 403, "scope-missing", "/aliases/" + SECRET);
    assertEquals(401, client.get("/aliases").status());

    JsonObject list = client.get("/aliases/" + SECRET, by(reader)).json();

    assertEquals("key:" + writer.substring(3, 19), list.getString("changed_by"));
  }

  @Test
  void restrictedKeysNeitherChangeNorReadNorFold() {
    client.post("/raw_input", OWN, by(all));
    String before = folded().toString();
    assertEquals(200, set(all, "own-spelling").status());

    assertEquals(before, folded().toString());
    for (Answer answer : folded()) {
      assertEquals(403, answer.status(), answer::toString);
      assertEquals("urn:benchmark-results:problem:beyond-reach", answer.json().getString("type"));
      assertNull(answer.header("ETag"));
      assertNull(Links.next(answer));
    }
    assertEquals(403, set(restricted, "b", "If-Match", "*").status());
    assertEquals(403, remove(restricted).status());
    Answer suggested =
        client.get("/suggest?fold=aliases&q=" + SECRET.substring(0, 3), by(restricted));
    assertEquals("[]", suggested.text());
    assertEquals(
        new JsonArray(List.of("own-spelling")),
        client.get("/aliases/" + SECRET, by(all)).json().getJsonArray("aliases"));
  }

  private List<Answer> folded() {
    return List.of(
            "/aliases",
            "/aliases?limit=1",
            "/aliases/" + SECRET,
            "/aliases/own-spelling",
            "/models?fold=aliases",
            "/raw_input?fold=aliases",
            "/raw_input?fold=aliases&model_id=own-spelling&limit=1&count=true",
            "/standardized_output?fold=aliases&format=csv",
            "/observations?fold=aliases&model=own-spelling")
        .stream()
        .map(path -> client.get(path, by(restricted)))
        .map(
            answer ->
                new Answer(
                    answer.status(),
                    answer.headers().remove("X-Request-Id").remove("date").remove("RateLimit"),
                    Buffer.buffer(REQUEST_ID.matcher(answer.text()).replaceAll("\"id\":0"))))
        .toList();
  }

  @Test
  void everyChangeIsInTheAuditLogOnce() {
    set(writer, "a", "X-Request-Id", "mine");
    set(writer, "a");
    set(writer, "taken-back");
    set(all, "b", "If-Match", "*");
    set(all, "c", "If-Match", "\"0\"");
    assertEquals(200, remove(all).status());
    assertEquals(404, remove(all).status());

    Answer trail = client.get("/audit", by(admin));

    List<JsonObject> entries =
        trail.array().stream()
            .map(JsonObject.class::cast)
            .filter(entry -> entry.getString("action").startsWith("aliases_"))
            .toList();
    assertEquals(
        List.of("aliases_removed", "aliases_set", "aliases_set"),
        entries.stream().map(entry -> entry.getString("action")).toList());
    JsonObject first = entries.getLast();
    first.remove("at");
    first.remove("address");
    assertEquals(
        Map.of(
            "action",
            "aliases_set",
            "model_id",
            SECRET,
            "name",
            SECRET,
            "caller",
            "key:" + writer.substring(3, 19),
            "request_id",
            "mine"),
        first.getMap());
    Answer table = client.get("/audit?format=csv&limit=1", by(admin));
    assertEquals(true, table.text().endsWith("," + SECRET + ",\r\n"), table::text);
  }
}
