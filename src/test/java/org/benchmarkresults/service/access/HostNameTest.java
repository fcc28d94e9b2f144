package org.benchmarkresults.service.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names a service that listens on the loopback address alone is called by. */
class HostNameTest {
  private static final int PATIENCE_MILLIS = 30_000;

  @RegisterExtension final RunningService local = RunningService.on(Backend.EMBEDDED);

  @RegisterExtension
  final RunningService everywhere =
      RunningService.on(Backend.EMBEDDED, Map.of("HTTP_HOST", "0.0.0.0"));

  @RegisterExtension
  final RunningService behindProxy =
      RunningService.on(Backend.EMBEDDED, Map.of("LIMITS_BEHIND_PROXY", "true"));

  @RegisterExtension
  final RunningService named =
      RunningService.on(
          Backend.EMBEDDED, Map.of("HTTP_CORS_ORIGINS", "https://results.example:8443"));

  private static String answer(RunningService service, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static String get(String path, String host) {
    return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:8000",
        "localhost.",
        "app.localhost:1",
        "127.0.0.1",
        "127.9.8.7:80",
        "127.1",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[0000::0001]:8000",
        "127.0.0.1.",
        "127.0.0.1.:8000",
        "localhost.",
        "[::1]:8000"
      })
  void namesOfTheLoopbackAddressAreAnswered(String host) throws IOException {
    assertEquals(200, status(answer(local, get("/raw_input", host))), host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evillocalhost",
        "1127.0.0.1",
        "10.0.0.1",
        "[::2]",
        "[0:0:0:0:0:0:0:2]",
        "10.0.0.1.",
        "evil.example.",
        "0.0.0.0"
      })
  void otherNamesAreRefused(String host) throws IOException {
    for (String path : new String[] {"/raw_input", "/health", "/docs", "/nothing"}) {
      String answer = answer(local, get(path, host));

      assertEquals(403, status(answer), answer);
      assertTrue(answer.contains("urn:benchmark-results:problem:host-refused"), answer);
      assertTrue(answer.startsWith("HTTP/1.1 403 Forbidden\r\n"), answer);
    }
    String body = Bodies.withData("rebound", "1");
    String post =
        "POST /raw_input HTTP/1.1\r\nHost: "
            + host
            + "\r\nOrigin: http://"
            + host
            + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    assertEquals(403, status(answer(local, post)), host);
    assertEquals(404, local.client().get(Bodies.path("rebound")).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"results.example", "results.example:8443"})
  void whereOthersReachTheServiceItHasOtherNames(String host) throws IOException {
    for (RunningService service : new RunningService[] {everywhere, behindProxy, named}) {
      assertEquals(200, status(answer(service, get("/health", host))), host);
    }
  }
}
