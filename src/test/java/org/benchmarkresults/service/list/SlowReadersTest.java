package org.benchmarkresults.service.list;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.junit5.Timeout;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

/** Many long answers at once, in a process whose heap holds only a part of them. */
@Tag("chaos")
@ExtendWith(VertxExtension.class)
class SlowReadersTest {
  private static final int PATIENCE_MILLIS = 90_000;
  private static final int RESULTS = 60;
  private static final int DATA_BYTES = 60_000;
  private static final int LARGE_BYTES = 8_000_000;
  private static final int READERS_OF_EACH = 12;
  private static final int LOG_END = 3_000;

  @TempDir private Path folder;

  private final Database database = Backend.MONGOD.freshDatabase();
  private final int port = FreePorts.one();
  private final List<Socket> sockets = new ArrayList<>();
  private ServiceProcess service;

  @BeforeEach
  void start() {
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("HTTP_PORT", Integer.toString(port));
    // On a busy machine it is the memory that is to be tried, not the patience.
    environment.put("HTTP_IDLE_TIMEOUT", "5m");
    environment.put("MONGO_OPERATION_TIMEOUT", "60s");
    environment.computeIfPresent(
        "MONGO_URL", (name, url) -> Database.withOption(url, "serverSelectionTimeoutMS=30000"));
    service =
        ServiceProcess.start(
            environment, folder.resolve("log"), "-Xmx128m", "-XX:+ExitOnOutOfMemoryError");
    Await.until(() -> listens() || !service.isAlive(), () -> "the service does not start");
  }

  @AfterEach
  void stop() throws IOException {
    String log = Files.readString(folder.resolve("log"));
    assertTrue(service.isAlive(), () -> log.substring(Math.max(0, log.length() - LOG_END)));
    for (Socket socket : sockets) {
      socket.close();
    }
    service.close();
    database.close();
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** A reader that takes the beginning of the answer and then nothing for the time being. */
  private Socket begin(String path, String accept) {
    try {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(16 << 10);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: "
                      + accept
                      + "\r\n\r\n")
                  .getBytes(ISO_8859_1));
      sockets.add(socket);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long readAll(Socket socket) {
    try (InputStream in = socket.getInputStream()) {
      return in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(int bytes) {
    return '"' + "x".repeat(bytes) + '"';
  }

  @Test
  @Timeout(value = 5, timeUnit = TimeUnit.MINUTES)
  void areSurvivedAndAllServed(Vertx vertx) throws Exception {
    Client client = new Client(vertx, port);
    for (int i = 0; i < RESULTS; i++) {
      assertEquals(
          200, client.post("/raw_input", Bodies.withData("b" + i, text(DATA_BYTES))).status());
    }
    String large = Bodies.withData("large", text(LARGE_BYTES));
    assertEquals(200, client.post("/standardized_output", large).status());

    List<Socket> exports = new ArrayList<>();
    List<Socket> downloads = new ArrayList<>();
    for (int i = 0; i < READERS_OF_EACH; i++) {
      exports.add(begin("/raw_input?fields=data", "application/x-ndjson"));
      exports.add(begin("/raw_input?fields=pk,data", "application/json"));
      downloads.add(
          begin(
              "/standardized_output/" + Bodies.encoded(Bodies.resultName("large")) + "/data",
              "*/*"));
    }
    // Beside them others are answered.
    for (int i = 0; i < 10; i++) {
      assertEquals(200, client.get(Bodies.path("b" + i)).status());
      assertEquals(200, client.get("/raw_input?limit=10").status());
      assertEquals(200, client.post("/raw_input", Bodies.withData("beside" + i, "1")).status());
    }

    List<Long> ofExports = readAll(exports);
    List<Long> ofDownloads = readAll(downloads);

    assertTrue(service.isAlive());
    for (long bytes : ofExports) {
      assertTrue(bytes > (long) RESULTS * DATA_BYTES, () -> "only " + bytes + " bytes");
    }
    for (long bytes : ofDownloads) {
      assertTrue(bytes > LARGE_BYTES, () -> "only " + bytes + " bytes");
    }
  }

  private static List<Long> readAll(List<Socket> readers)
      throws ExecutionException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> reading =
          readers.stream().map(socket -> threads.submit(() -> readAll(socket))).toList();
      List<Long> bytes = new ArrayList<>();
      for (Future<Long> one : reading) {
        bytes.add(one.get());
      }
      return bytes;
    }
  }
}
