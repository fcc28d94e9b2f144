package org.benchmarkresults.service.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.DatabaseLine;
import org.benchmarkresults.config.ConfigLoader;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After connections are cut, every operation works once the database is back. */
@Tag("chaos")
@ExtendWith(VertxExtension.class)
class CutConnectionsTest {
  private static final int CUTS = 20;
  private static final String LARGE = '"' + "x".repeat(300_000) + '"';

  private final DatabaseLine database = new DatabaseLine();
  private Server server;
  private Client client;

  @BeforeEach
  void start(Vertx vertx) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HTTP_PORT", "0");
    environment.put("HTTP_SHUTDOWN_GRACE", "1s");
    environment.put("MONGO_URL", database.url() + "/?serverSelectionTimeoutMS=200");
    environment.put("MONGO_OPERATION_TIMEOUT", "100ms");
    environment.put("HEALTH_INTERVAL", "20ms");
    environment.put("RETENTION_INTERVAL", "10ms");
    server =
        Server.start(ConfigLoader.load(Path.of("no-such-file"), environment), Clock.systemUTC())
            .await();
    client = new Client(vertx, server.port());
    awaitStatus(200, HttpMethod.GET, "/health/ready");
  }

  @AfterEach
  void close() {
    database.close();
    server.close().await();
  }

  private static String path(String benchmark) {
    return "/raw_input/" + Bodies.encoded(Bodies.resultName(benchmark));
  }

  private Future<Answer> send(HttpMethod method, String path) {
    return client.send(method, path, Buffer.buffer());
  }

  private void awaitStatus(int status, HttpMethod method, String path) {
    Answer[] last = new Answer[1];
    Await.until(
        () -> (last[0] = send(method, path).await()).status() == status,
        () -> method + " " + path + ": " + last[0]);
  }

  private List<Future<Answer>> everything(int cut) {
    List<Future<Answer>> all = new ArrayList<>();
    all.add(client.posting("/raw_input", Buffer.buffer(Bodies.withData("cut " + cut, "1"))));
    all.add(client.posting("/raw_input", Buffer.buffer(Bodies.withData("large " + cut, LARGE))));
    all.add(
        client.posting(
            "/raw_input", Buffer.buffer(Bodies.withData("versions", Integer.toString(cut)))));
    for (String read : reads()) {
      all.add(send(HttpMethod.GET, read));
    }
    all.add(send(HttpMethod.DELETE, path("deleted")));
    all.add(send(HttpMethod.POST, path("deleted") + "/restore"));
    return all;
  }

  private static List<String> reads() {
    return List.of(
        path("large"),
        path("large") + "/data",
        path("versions") + "/versions",
        path("versions") + "?version=1",
        "/raw_input",
        "/raw_input?benchmark_name=versions&count=true",
        "/raw_input?versions=all",
        "/raw_input?deleted=true",
        "/benchmarks",
        "/models",
        "/audit",
        "/retention/preview");
  }

  @Test
  void everythingWorksAfterManyCuts() throws InterruptedException {
    client.post("/raw_input", Bodies.withData("large", LARGE));
    client.post("/raw_input", Bodies.withData("versions", "\"first\""));
    client.post("/raw_input", Bodies.withData("deleted", "1"));
    List<Future<Answer>> saves = new ArrayList<>();

    for (int cut = 0; cut < CUTS; cut++) {
      if (cut % 4 == 0) {
        database.hangs();
      }
      List<Future<Answer>> underWay = everything(cut);
      saves.addAll(underWay.subList(0, 3));
      if (cut % 4 == 0) {
        database.awaitHeldBytes();
      } else {
        send(HttpMethod.GET, "/raw_input?limit=" + (cut % 4)).await();
      }
      database.goesAway();
      database.isThere();
    }

    for (Future<Answer> save : saves) {
      assertEquals(200, save.await().status(), () -> save.result().toString());
    }
    for (int cut = 0; cut < CUTS; cut++) {
      awaitStatus(200, HttpMethod.GET, path("cut " + cut));
      awaitStatus(200, HttpMethod.GET, path("large " + cut) + "/data");
    }
    for (String read : reads()) {
      awaitStatus(200, HttpMethod.GET, read);
    }
    assertEquals(CUTS + 1, client.get(path("versions") + "/versions").array().size());
    send(HttpMethod.POST, path("deleted") + "/restore").await();
    awaitStatus(200, HttpMethod.DELETE, path("deleted"));
    awaitStatus(200, HttpMethod.POST, path("deleted") + "/restore");
    awaitStatus(200, HttpMethod.GET, "/health/ready");
    awaitRetention();
  }

  /** A run that lost its answers is given up, and another begins. */
  private void awaitRetention() {
    String before = lastRun();
    Await.until(() -> !lastRun().equals(before), () -> "no retention since " + before);
  }

  private String lastRun() {
    JsonObject preview = client.get("/retention/preview").json();
    return String.valueOf(preview.getValue("last_run"));
  }
}
