package org.benchmarkresults.service.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.FreePorts;
import org.benchmarkresults.backend.ServiceProcess;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process of the service that ends without a chance to tidy up. */
@Tag("chaos")
@ExtendWith(VertxExtension.class)
class KilledServiceTest {
  @TempDir private Path folder;

  private final Database database = Backend.EMBEDDED.freshDatabase();
  private final int port = FreePorts.one();
  private ServiceProcess service;

  @BeforeEach
  void start() {
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("HTTP_PORT", Integer.toString(port));
    service = ServiceProcess.start(environment, folder.resolve("log"));
    Await.until(() -> listens() || !service.isAlive(), () -> "the service does not start");
    assertTrue(service.isAlive());
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void stop() {
    service.close();
    database.close();
  }

  @Test
  void whatWasAcceptedIsThereAfterwards(Vertx vertx) {
    String large = '"' + "x".repeat(1_000_000) + '"';
    Client client = new Client(vertx, port);
    Answer first = client.post("/raw_input", Bodies.withData("small", "1.10"));
    Answer second = client.post("/raw_input", Bodies.withData("large", large));
    Answer third = client.post("/raw_input", Bodies.withData("small", "1.1"));

    service.kill();
    start();

    assertEquals(200, first.status());
    assertEquals(200, second.status());
    assertEquals(200, third.status());
    Client after = new Client(vertx, port);
    assertEquals("1.10", after.get(Bodies.path("small") + "/data?version=1").text());
    assertEquals("1.1", after.get(Bodies.path("small") + "/data").text());
    assertEquals(large, after.get(Bodies.path("large") + "/data").text());
  }
}
