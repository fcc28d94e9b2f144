package org.benchmarkresults.service.attachment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads that break off or are refused leave nothing, and connections that can be used again. */
@OnDatabases
class CutUploadsTest {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final String PATH = Bodies.path("cut") + "/attachments/";
  private static final String BODY = "x".repeat(900_000);

  @RegisterExtension final RunningService service;

  CutUploadsTest(Backend backend) {
    service =
        RunningService.on(
            backend, Map.of("ATTACHMENTS_FILE_LIMIT", "1MiB", "HTTP_IDLE_TIMEOUT", "2s"));
  }

  @BeforeEach
  void store() {
    service.client().post("/raw_input", Bodies.withData("cut", "1"));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static String put(String file, String headers) {
    return "PUT " + PATH + file + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
  }

  /** The next response, by its Content-Length. */
  private static String response(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      text.append((char) socket.getInputStream().read());
    }
    int length =
        Integer.parseInt(text.toString().replaceAll("(?is).*content-length: (\\d+)\r\n.*", "$1"));
    return text + new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
  }

  @Test
  void aClientThatDisconnectsLeavesNoAttachment() throws IOException {
    try (Socket socket = connect()) {
      send(socket, put("gone", "Content-Length: 1000000\r\n") + BODY);
    }
    try (Socket socket = connect()) {
      send(socket, put("gone", "Transfer-Encoding: chunked\r\n") + "dbba0\r\n" + BODY);
    }

    assertEquals(404, service.client().get(PATH + "gone").status());
    Answer again =
        service.client().send(HttpMethod.PUT, PATH + "gone", Buffer.buffer("short")).await();
    assertEquals(201, again.status(), again::toString);
  }

  @Test
  void aSilentSenderIsRefused() throws IOException {
    try (Socket socket = connect()) {
      send(socket, put("silent", "Content-Length: 1000000\r\n") + BODY);

      assertTrue(response(socket).startsWith("HTTP/1.1 400"));
    }
    assertEquals(404, service.client().get(PATH + "silent").status());
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 900000, a%2Fb, 400",
    "'Content-Length: 900000\r\nContent-Type: multipart/form-data', a, 415",
    "'Content-Length: 900000\r\nContent-Digest: sha-256=:AAAA:', a, 400",
    "'Content-Length: 900000\r\nIf-Match: \"0\"', a, 412",
    "'Content-Length: 900000\r\nX-Request-Id: not an id', a, 400"
  })
  void aRefusedUploadLeavesTheConnection(String headers, String file, int status)
      throws IOException {
    try (Socket socket = connect()) {
      for (int i = 0; i < 2; i++) {
        send(socket, put(file, headers + "\r\n") + BODY);
        String refused = response(socket);
        assertTrue(refused.startsWith("HTTP/1.1 " + status), refused);
      }
      send(socket, "HEAD /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      String next = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertTrue(next.startsWith("HTTP/1.1 200"), next);
    }
  }

  @Test
  void aBodyThatGrowsTooLargeIsRefused() throws IOException {
    try (Socket socket = connect()) {
      send(
          socket,
          put("large", "Transfer-Encoding: chunked\r\n")
              + ("dbba0\r\n" + BODY + "\r\n").repeat(3)
              + "0\r\n\r\n");
      String refused = response(socket);
      assertTrue(refused.startsWith("HTTP/1.1 413"), refused);
      send(socket, put("small", "Content-Length: 1\r\n") + "x");
      String stored = response(socket);
      assertTrue(stored.startsWith("HTTP/1.1 201"), stored);
    }
    assertEquals(404, service.client().get(PATH + "large").status());
  }

  @Test
  void aClientThatAsksFirstIsAnsweredBeforeItSends() throws IOException {
    try (Socket socket = connect()) {
      String headers = "Content-Length: 900000\r\nExpect: 100-continue\r\n";
      send(socket, put("asked", headers));
      byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
      assertEquals("HTTP/1.1 100 Continue\r\n\r\n", new String(line, ISO_8859_1));
      send(socket, BODY);
      String stored = response(socket);
      assertTrue(stored.startsWith("HTTP/1.1 201"), stored);
    }
    try (Socket socket = connect()) {
      send(socket, put("asked", "Content-Length: 5\r\nExpect: 100-continue\r\n"));
      String refused = response(socket);
      assertTrue(refused.startsWith("HTTP/1.1 428"), refused);
    }
  }

  @Test
  void memoryOfCutUploadsIsGivenBack() throws IOException {
    for (int i = 0; i < 100; i++) {
      try (Socket socket = connect()) {
        send(socket, put("many", "Content-Length: 1000000\r\n") + BODY.substring(0, 300_000));
      }
    }

    Await.until(
        () ->
            service
                    .client()
                    .send(HttpMethod.PUT, PATH + "after", Buffer.buffer(BODY))
                    .await()
                    .status()
                < 300,
        () -> "no upload is accepted any more");
  }
}
