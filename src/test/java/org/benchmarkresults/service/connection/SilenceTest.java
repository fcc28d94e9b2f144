package org.benchmarkresults.service.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.bulk.BulkUploadSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Idle and stalled connections are closed. */
class SilenceTest {
  private static final int DEADLINE_MILLIS = 60_000;
  private static final String POST =
      "POST /raw_input HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  @RegisterExtension
  final RunningService service =
      RunningService.on(
          Backend.EMBEDDED,
          Map.of(
              "HTTP_IDLE_TIMEOUT",
              "300ms",
              "HTTP_BODY_LIMIT",
              "1MiB",
              "HTTP_UPLOAD_BUDGET",
              "1MiB"));

  /** The bytes that the service sends until it closes the connection. */
  private String answerUntilClosed(String sent) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.setSoTimeout(DEADLINE_MILLIS);
      socket.getOutputStream().write(sent.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /hea", "GET /health HTTP/1.1\r\nHost: localhost\r\nX-More: "})
  void aConnectionThatAsksNothingIsClosed(String beginning) throws IOException {
    assertEquals("", answerUntilClosed(beginning));
  }

  @Test
  void aConnectionIsClosedSomeTimeAfterItsLastAnswer() throws IOException {
    String answer = answerUntilClosed("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 10\r\n\r\n{\"a",
        "Content-Length: 900000\r\n\r\n{\"a",
        "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n"
      })
  void aBodyThatStopsArrivingIsRefused(String rest) throws IOException {
    String answer = answerUntilClosed(POST + rest);

    assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
    assertTrue(answer.contains("broken-transfer"), answer);
  }

  /** A byte now and then is no silence, and no progress either. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health HTTP/1.1\r\nX-More: ",
        "POST /raw_input HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 900000\r\n\r\n{\"a\":\""
      })
  void whoSendsAByteNowAndThenIsCutOff(String beginning) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.getOutputStream().write(beginning.getBytes(ISO_8859_1));
      long deadline = System.nanoTime() + DEADLINE_MILLIS * 1_000_000L;

      IOException cut = assertThrows(IOException.class, () -> dribble(socket, deadline));

      assertTrue(System.nanoTime() < deadline, cut::toString);
    }
  }

  private static void dribble(Socket socket, long deadline) throws IOException {
    while (System.nanoTime() < deadline) {
      socket.getOutputStream().write('x');
      LockSupport.parkNanos(20_000_000);
    }
  }

  /**
   * Sends until the connection is cut; a service that waited for ever would end it by the deadline.
   */
  @Test
  void aLoadWhoseAnswersNobodyReadsIsCut() throws IOException {
    // The kernel would take many MiB of answers for the client, that is 100,000 lines and more.
    try (BulkUploadSocket load = BulkUploadSocket.begin(service.port(), "", 4 << 10)) {
      long deadline = System.nanoTime() + DEADLINE_MILLIS * 1_000_000L;
      // Lines of one name are saved one after the other.
      String lines =
          IntStream.range(0, 250)
              .mapToObj(i -> Bodies.withData("unread " + i, "1") + "\n")
              .collect(Collectors.joining());
      Thread watchdog = Thread.ofVirtual().start(() -> closeAt(deadline, load));

      IOException cut = assertThrows(IOException.class, () -> sendForEver(load, lines));

      watchdog.interrupt();
      assertTrue(System.nanoTime() < deadline, cut::toString);
    }
  }

  private static void sendForEver(BulkUploadSocket load, String lines) throws IOException {
    while (true) {
      load.send(lines);
    }
  }

  private static void closeAt(long deadline, BulkUploadSocket load) {
    try {
      LockSupport.parkNanos(deadline - System.nanoTime());
      if (System.nanoTime() >= deadline) {
        load.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aSenderWhoStopsGivesItsMemoryBack() throws IOException {
    for (int i = 0; i < 4; i++) {
      String half = "Content-Length: 900000\r\n\r\n{" + " ".repeat(400_000);
      assertTrue(answerUntilClosed(POST + half).contains("400"));
    }

    String large = "\"" + "x".repeat(900_000) + "\"";
    int status = service.client().post("/raw_input", Bodies.withData("after", large)).status();

    assertEquals(200, status);
  }
}
