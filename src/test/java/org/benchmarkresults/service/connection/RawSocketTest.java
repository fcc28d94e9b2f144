package org.benchmarkresults.service.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no HTTP client would send, and answers that a client could hide. */
class RawSocketTest {
  private static final int LIMIT = 100_000;
  private static final int PATIENCE_MILLIS = 30_000;

  @RegisterExtension
  final RunningService service =
      RunningService.on(Backend.EMBEDDED, Map.of("HTTP_BODY_LIMIT", LIMIT + "B"));

  /** Sends all, then reads until the service closes the connection. */
  private String exchange(String... parts) throws IOException {
    try (Socket socket = connect()) {
      for (String part : parts) {
        socket.getOutputStream().write(part.getBytes(ISO_8859_1));
      }
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static String post(String headers) {
    return "POST /raw_input HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Content-Type: application/json\r\n"
        + headers
        + "\r\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "GET", "GET /raw input HTTP/1.1", "\u0001\u0002\u0003"})
  void aRequestThatIsNoHttpIsRefused(String line) throws Exception {
    String answer = exchange(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertTrue(answer.matches("(?s)HTTP/1\\.\\d 400 .*"), () -> line + " got: " + answer);
    assertTrue(answer.contains("application/problem+json"), () -> line + " got: " + answer);
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: nonsense", "Content-Length: -1", "Content-Length: 1\r\nContent-Length: 2",
    "Content-Length: 99999999999999999999", "Transfer-Encoding: nonsense", "'Bad Header: x'",
    "Transfer-Encoding: chunked\r\nContent-Length: 2"
  })
  void headersThatMakeNoSenseAreRefused(String header) throws Exception {
    String answer = exchange(post(header + "\r\n"), "{}\r\n\r\n");

    assertTrue(answer.matches("(?s)HTTP/1.1 4\\d\\d .*"), () -> header + " got: " + answer);
  }

  @Test
  void aUrlThatIsTooLongIsRefused() throws Exception {
    String answer = exchange("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertTrue(answer.matches("(?s)HTTP/1\\.\\d 414 .*"), answer);
    assertTrue(answer.contains("\"status\":414"), answer);
  }

  @Test
  void headersThatAreTooLargeAreRefused() throws Exception {
    String answer =
        exchange(
            "GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(40_000) + "\r\n\r\n");

    assertTrue(answer.matches("(?s)HTTP/1\\.\\d 431 .*"), answer);
    assertTrue(answer.contains("\"status\":431"), answer);
  }

  @Test
  void aSenderWhoSendsAllBeforeItReadsGetsTheRefusal() throws Exception {
    String body = "x".repeat(20_000_000);

    String answer = exchange(post("Content-Length: " + body.length() + "\r\n"), body);

    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    assertTrue(answer.contains("\"limit\":" + LIMIT), answer);
  }

  @Test
  void aSenderOfChunksWhoSendsAllBeforeItReadsGetsTheRefusal() throws Exception {
    String chunk = "f4240\r\n" + "x".repeat(1_000_000) + "\r\n";

    String answer = exchange(post("Transfer-Encoding: chunked\r\n"), chunk.repeat(20), "0\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    assertTrue(answer.contains("\"limit\":" + LIMIT), answer);
  }

  @Test
  void aSenderWhoAsksFirstIsToldToGoOn() throws Exception {
    String body = Bodies.withData("asked first", "1");
    try (Socket socket = connect()) {
      String head = post("Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n");
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));

      String goOn = readHead(socket.getInputStream());
      socket.getOutputStream().write(body.getBytes(ISO_8859_1));
      String answer = readHead(socket.getInputStream());

      assertTrue(goOn.startsWith("HTTP/1.1 100"), goOn);
      assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    }
  }

  @Test
  void aSenderWhoAsksFirstIsToldThatItIsTooMuch() throws Exception {
    try (Socket socket = connect()) {
      String head = post("Expect: 100-continue\r\nContent-Length: " + (LIMIT + 1) + "\r\n");
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));

      String answer = readHead(socket.getInputStream());

      assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    }
  }

  @Test
  void requestsOnOneConnectionAreAnsweredInTheirOrder() throws Exception {
    String body = Bodies.withData("pipelined", "1");
    String post =
        "POST /raw_input HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body);
    String get = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String last = "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    String answers = exchange(post + get + last);

    int saved = answers.indexOf("\"outcome\":\"stored\"");
    int live = answers.indexOf("\"UP\"");
    int missing = answers.indexOf("no-such-path");
    assertTrue(0 < saved && saved < live && live < missing, answers);
  }

  @Test
  void aBodyThatIsCutShortIsNotStored() throws Exception {
    String body = Bodies.withData("cut short", "1");
    try (Socket socket = connect()) {
      String head = post("Content-Length: " + (body.length() + 1) + "\r\n");
      socket.getOutputStream().write((head + body).getBytes(ISO_8859_1));
      socket.shutdownOutput();
      byte[] unused = socket.getInputStream().readAllBytes();
    }

    assertEquals(404, service.client().get(Bodies.path("cut short")).status());
  }

  @Test
  void anOldClientIsServed() throws Exception {
    String answer = exchange("GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n");

    assertTrue(answer.matches("(?s)HTTP/1.\\d 200 .*\"UP\".*"), answer);
  }

  /** Up to the empty line. */
  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
