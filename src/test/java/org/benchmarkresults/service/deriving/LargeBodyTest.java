package org.benchmarkresults.service.deriving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.FreePorts;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.backend.ServiceProcess;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A file with all its samples is read in a small heap, beside other requests. */
@OnMongod
@ExtendWith(VertxExtension.class)
class LargeBodyTest {
  private static final int SAMPLES = 20_000;

  @TempDir private Path folder;

  private final Backend backend;

  LargeBodyTest(Backend backend) {
    this.backend = backend;
  }

  @Test
  void aFileOfTwentyMegabytesIsDerivedIn256Megabytes(Vertx vertx) throws IOException {
    Path log = folder.resolve("log");
    int port = FreePorts.one();
    try (Database database = backend.freshDatabase();
        ServiceProcess service = start(database, port, log)) {
      Await.until(() -> listens(port) || !service.isAlive(), () -> "the service does not start");
      Client client = new Client(vertx, port);
      assertEquals(200, client.post("/raw_input", body("large")).status());
      for (int i = 0; i < 10; i++) {
        String small = Bodies.withData("small " + i, "{\"accuracy\":0.5}");
        assertEquals(200, client.post("/raw_input", small).status());
      }

      JsonObject derived = Derived.raw(client, "large");
      assertEquals("derived", derived.getString("state"), derived::encode);
      assertEquals("evalchemy", derived.getString("tool"));
      assertEquals("0.5", derived.getJsonArray("observations").getJsonObject(0).getString("text"));
      assertEquals("derived", Derived.raw(client, "small 9").getString("state"));
      assertTrue(service.isAlive());
    }
    assertFalse(Files.readString(log).contains("OutOfMemoryError"), () -> "" + log);
  }

  private static ServiceProcess start(Database database, int port, Path log) {
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("HTTP_PORT", Integer.toString(port));
    environment.put("HTTP_UPLOAD_BUDGET", "64MiB");
    return ServiceProcess.start(environment, log, "-Xmx256m");
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** As Evalchemy writes its results, with the output of the model for each sample. */
  private static Buffer body(String benchmarkName) {
    Buffer data = Buffer.buffer(22 << 20);
    data.appendString(
        "{\"results\":{\"AIME24\":{\"num_total\":30,\"accuracy_avg\":0.5,"
            + "\"accuracy_std_err\":0.02,\"num_repeat\":10,\"solved_avg\":15.0,"
            + "\"run_stats\":[{\"repetition\":1,\"num_total\":30,\"accuracy\":0.5}],\"examples\":[");
    String sample =
        "{\"problem\":\"%s\",\"answer\":\"17\",\"model_outputs\":[\"%s\"],\"id\":"
            .formatted("p".repeat(200), "o".repeat(800));
    for (int i = 0; i < SAMPLES; i++) {
      data.appendString(i == 0 ? "" : ",").appendString(sample).appendString(i + "}");
    }
    data.appendString(
        "]}},\"config\":{\"model\":\"curator\",\"model_args\":\"model=Qwen/Qwen3-8B\"},"
            + "\"model_name\":\"Qwen/Qwen3-8B\",\"date\":1776775525.39104}");
    return Bodies.withData(benchmarkName, data);
  }
}
