package org.benchmarkresults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.ConfigLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a node starts, stops, and refuses to start. */
class LifecycleTest {
  private static final String BODY =
      "{\"timestamp\":\"t\",\"benchmark_name\":\"b\",\"run_id\":\"r\",\"data\":[1.10]}";
  private static final String HALF_A_REQUEST =
      "POST /raw_input HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: "
          + BODY.length()
          + "\r\n\r\n";

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<Server> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(server -> server.close().await());
    vertx.close().await();
  }

  @Test
  void whatWasStoredIsThereAfterARestart() {
    Server first = start("data");
    new Client(vertx, first.port()).post("/raw_input", BODY);
    stopping(first).await();

    Server second = start("data");

    Answer data = new Client(vertx, second.port()).get("/raw_input/t-b-r/data");
    assertEquals("[1.10]", data.text());
  }

  @Test
  void aRequestUnderWayIsFinishedBeforeTheServerCloses() throws IOException {
    Server server = start("data");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      write(out, HALF_A_REQUEST);
      String taken = readAnswerHead(in);
      Future<Void> closing = stopping(server);
      write(out, BODY.substring(0, 20));
      awaitRefusal(server.port());
      boolean closedTooEarly = closing.isComplete();

      write(out, BODY.substring(20));
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      closing.await();

      assertTrue(taken.startsWith("HTTP/1.1 100 "), taken);
      assertFalse(closedTooEarly);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      assertTrue(answer.contains("\"outcome\":\"stored\""), answer);
    }
    assertEquals(
        "[1.10]", new Client(vertx, start("data").port()).get("/raw_input/t-b-r/data").text());
  }

  @Test
  void aRequestThatNeverEndsDoesNotKeepTheServerOpen() throws IOException {
    Server server = start("data", "HTTP_SHUTDOWN_GRACE", "100ms");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      write(socket.getOutputStream(), HALF_A_REQUEST);
      String taken = readAnswerHead(socket.getInputStream());

      stopping(server).await();

      assertTrue(taken.startsWith("HTTP/1.1 100 "), taken);
      assertThrows(
          ConnectException.class,
          () -> new Socket(InetAddress.getLoopbackAddress(), server.port()).close());
    }
  }

  @Test
  void aTakenPortFailsTheStartAndIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      Throwable failure = failureOf(settings("data", "HTTP_PORT", port));

      assertTrue(failure.getMessage().contains(port), failure.getMessage());
      assertTrue(failure.getMessage().contains("in use"), failure.getMessage());
      assertTrue(failure.getMessage().contains("HTTP_PORT"), failure.getMessage());
    }
  }

  @Test
  void aTakenManagementPortNamesItsSetting() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      Throwable failure = failureOf(settings("data", "MANAGEMENT_PORT", port));

      assertTrue(failure.getMessage().contains(port), failure.getMessage());
      assertTrue(failure.getMessage().contains("MANAGEMENT_PORT"), failure.getMessage());
    }
  }

  @Test
  void aDatabaseWithADotInTheConnectionStringFailsTheStart() {
    Throwable failure =
        failureOf(
            settings("data", "MONGO_URL", "mongodb://127.0.0.1:1/results.old?replicaSet=rs0"));

    assertEquals(
        "mongo.url names the database \"results.old\"; a database name must not contain a dot",
        failure.getMessage());
  }

  @Test
  void aFailedStartLeavesNothingBehind() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Throwable failure =
          failureOf(settings("data", "HTTP_PORT", String.valueOf(taken.getLocalPort())));
      assertFalse(failure.getMessage().isEmpty());
    }

    Server server = start("data");

    assertEquals(200, new Client(vertx, server.port()).get("/health").status());
  }

  @Test
  void aSecondServerOnTheSameFolderIsRefused() {
    Server first = start("data");

    Throwable failure = failureOf(settings("data"));

    String sentence = failure.getMessage();
    assertTrue(sentence.contains(folder.resolve("data/benchmark-results.mv").toString()), sentence);
    assertTrue(sentence.contains("is in use by another process"), sentence);
    assertEquals(200, new Client(vertx, first.port()).post("/raw_input", BODY).status());
  }

  @Test
  void serversOnDifferentFoldersRunSideBySide() {
    Server first = start("one");
    Server second = start("two");

    new Client(vertx, first.port()).post("/raw_input", BODY);

    assertEquals("[]", new Client(vertx, second.port()).get("/raw_input").text());
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefusedAndNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("data"), "");

    Throwable failure = failureOf(settings("data"));

    assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
  }

  @Test
  void aDataFileThatIsNoneIsRefusedAndLeftAlone() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Path file = Files.writeString(folder.resolve("data/benchmark-results.mv"), "x".repeat(10_000));

    Throwable failure = failureOf(settings("data"));

    assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
    assertEquals("x".repeat(10_000), Files.readString(file));
  }

  @Test
  void anUrlThatTheDriverRefusesIsRefusedWithoutItsPassword() {
    for (String url :
        List.of(
            "mongodb://me:s3c/r3t@db.example",
            "mongodb://me:s3c@r3t@db.example:x",
            "mongodb://me:s3c:r3t@db.example",
            "mongodb://me:s3cr3t@db.example:70000",
            "mongodb://me:s3cr3t@db.example/?w=many&authSource")) {
      Throwable failure = failureOf(settings("data", "MONGO_URL", url));

      assertTrue(failure.getMessage().startsWith("mongo.url"), failure.getMessage());
      assertFalse(failure.getMessage().contains("s3c"), failure.getMessage());
    }
  }

  private Server start(String name, String... more) {
    Server server = Server.start(settings(name, more), Clock.systemUTC()).await();
    servers.add(server);
    return server;
  }

  private Future<Void> stopping(Server server) {
    servers.remove(server);
    return server.close();
  }

  private Throwable failureOf(Config config) {
    Future<Server> starting = Server.start(config, Clock.systemUTC());
    return starting.onSuccess(servers::add).transform(Future::succeededFuture).await().cause();
  }

  private Config settings(String name, String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HTTP_PORT", "0");
    environment.put("MONGO_EMBEDDED_FOLDER", folder.resolve(name).toString());
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return ConfigLoader.load(folder.resolve("no-such-file"), environment);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Up to the empty line after the status line and the headers. */
  private static String readAnswerHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** Comes back when new connections are refused. */
  private static void awaitRefusal(int port) {
    try {
      while (true) {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    } catch (IOException e) {
      // This is what was waited for.
    }
  }
}
