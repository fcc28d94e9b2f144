package org.benchmarkresults.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.benchmarkresults.Main;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A process of the service that ends without a chance to tidy up. */
@ExtendWith(VertxExtension.class)
class KilledServiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Database database = Backend.EMBEDDED.freshDatabase();
  private int port;
  private Process process;

  @BeforeEach
  void start() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("HTTP_PORT", Integer.toString(port));
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    java.environment().putAll(environment);
    process =
        java.redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    awaitListening();
  }

  private void awaitListening() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!listens()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new AssertionError("the service does not start");
      }
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private void kill() {
    process.destroyForcibly().onExit().join();
  }

  @AfterEach
  void stop() {
    kill();
    database.close();
  }

  @Test
  void whatWasAcceptedIsThereAfterwards(Vertx vertx) throws IOException {
    String large = '"' + "x".repeat(1_000_000) + '"';
    Client client = new Client(vertx, port);
    Answer first = client.post("/raw_input", Bodies.withData("small", "1.10"));
    Answer second = client.post("/raw_input", Bodies.withData("large", large));
    Answer third = client.post("/raw_input", Bodies.withData("small", "1.1"));

    kill();
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
