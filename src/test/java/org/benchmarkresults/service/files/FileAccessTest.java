package org.benchmarkresults.service.files;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.ApiKeys;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file needs the key that its results would need in an envelope, and is audited like them. */
@OnDatabases
class FileAccessTest {
  private final Backend backend;
  private Vertx vertx;
  private Database database;
  private Server server;
  private Client client;
  private String all;
  private String reader;
  private String restricted;

  FileAccessTest(Backend backend) {
    this.backend = backend;
  }

  @BeforeEach
  void start() {
    database = backend.freshDatabase();
    Config config = database.config(Map.of("SECURITY_KEYS", "true"));
    try (ApiKeys keys = new ApiKeys(config, Clock.systemUTC())) {
      all = keys.create("read,write,admin");
      reader = keys.create("read");
      restricted = keys.create("write", "--benchmark-prefix", "Eval");
    }
    vertx = Vertx.vertx();
    server = Server.start(config, Clock.systemUTC()).await();
    client = new Client(vertx, server.port());
  }

  @AfterEach
  void stop() {
    server.close().await();
    vertx.close().await();
    database.close();
  }

  private Answer put(String path, String file, String key) {
    return client
        .send(HttpMethod.PUT, path, Buffer.buffer(file), "Authorization", "Bearer " + key)
        .await();
  }

  @Test
  void theKeyDecides() {
    requireProblem(
        client.send(HttpMethod.PUT, "/files", ToolOutput.vllm()).await(),
        401,
        "token-missing",
        "/files");
    requireProblem(put("/files", ToolOutput.VLLM, "br_wrong"), 401, "token-refused", "/files");
    requireProblem(put("/files", ToolOutput.VLLM, reader), 403, "scope-missing", "/files");
    // The benchmark that the file gives counts as a given one does.
    requireProblem(put("/files", ToolOutput.VLLM, restricted), 403, "beyond-reach", "/files");
    Answer within = put("/files?benchmark_name=Eval-x", ToolOutput.VLLM, restricted);
    assertEquals(200, within.status(), within::toString);
  }

  @Test
  void eachResultOfAFileIsAudited() {
    put("/files?run_id=r", ToolOutput.llamaBench(1) + "\n" + ToolOutput.llamaBench(2), all);

    Answer entries = client.get("/audit?limit=10", "Authorization", "Bearer " + all);

    long stored =
        entries.array().stream()
            .map(JsonObject.class::cast)
            .filter(entry -> "stored".equals(entry.getString("action")))
            .count();
    assertEquals(2, stored, entries::toString);
  }
}
