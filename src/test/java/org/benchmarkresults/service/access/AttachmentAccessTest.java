package org.benchmarkresults.service.access;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;

/** Attachments need the scopes that their results need, and are audited. */
@OnDatabases
class AttachmentAccessTest extends ServiceWithKeys {
  private static final String PATH = Bodies.path("Eval-a") + "/attachments";
  private static final String FILE = PATH + "/a.log";

  AttachmentAccessTest(Backend backend) {
    super(backend);
  }

  private Answer put(String path, String key) {
    return client.send(HttpMethod.PUT, path, Buffer.buffer("bytes"), by(key)).await();
  }

  @Test
  void eachOperationNeedsItsScope() {
    client.post("/raw_input", OWN, by(all));

    requireProblem(
        client.send(HttpMethod.PUT, FILE, Buffer.buffer("x".repeat(900_000))).await(),
        401,
        "token-missing",
        FILE);
    requireProblem(put(FILE, reader), 403, "scope-missing", FILE);
    assertEquals(201, put(FILE, writer).status());
    requireProblem(client.get(FILE, by(writer)), 403, "scope-missing", FILE);
    requireProblem(client.get(PATH, by(writer)), 403, "scope-missing", PATH);
    assertEquals("bytes", client.get(FILE, by(reader)).text());
    assertEquals(
        "key:" + writer.substring(3, 19),
        client.get(PATH, by(reader)).array().getJsonObject(0).getString("created_by"));
    requireProblem(delete(FILE, writer), 403, "scope-missing", FILE);
    assertEquals(204, delete(FILE, all).status());
  }

  @Test
  void aRestrictedKeyReachesItsOwnResultsAlone() {
    client.post("/raw_input", OWN, by(all));
    client.post("/raw_input", FOREIGN, by(all));
    String foreign = Bodies.path("mmlu") + "/attachments/a";
    put(foreign, all);

    assertEquals(201, put(FILE, restricted).status());
    assertEquals("bytes", client.get(FILE, by(restricted)).text());
    assertEquals(204, delete(FILE, restricted).status());
    requireProblem(put(foreign, restricted), 404, "result-not-found", foreign);
    requireProblem(client.get(foreign, by(restricted)), 404, "result-not-found", foreign);
    requireProblem(delete(foreign, restricted), 404, "result-not-found", foreign);
    assertEquals(200, client.get(foreign, by(all)).status());
  }

  @Test
  void changesAreAuditedWithTheFile() {
    client.post("/raw_input", OWN, by(all));
    put(FILE, all);
    put(FILE, all);
    delete(FILE, all);

    Answer entries =
        client.get("/audit?name=" + Bodies.encoded(Bodies.resultName("Eval-a")), by(admin));

    assertEquals(List.of("detached", "attached", "stored"), names(entries, "action"));
    assertEquals("a.log", entries.array().getJsonObject(0).getString("file"));
    assertEquals(
        "key:" + all.substring(3, 19), entries.array().getJsonObject(1).getString("caller"));
  }
}
