package org.benchmarkresults.service.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many requests on one connection before any answer is read, however the connection ends. */
class PipeliningTest {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 (\\d+) ");
  private static final Pattern ACTIVE =
      Pattern.compile("^http_server_requests_active(?:\\{[^}]*})? ([0-9.]+)", Pattern.MULTILINE);

  @TempDir private Path folder;
  private final Database database = Backend.EMBEDDED.freshDatabase();
  private Server server;

  private void start(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("LIMITS_ADDRESS_CONCURRENT", "20");
    server = Server.start(database.config(all), Clock.systemUTC()).await();
  }

  @AfterEach
  void stop() {
    server.close().await();
    database.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static byte[] requests(String line, int count) {
    return (line + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(count).getBytes(ISO_8859_1);
  }

  /** Sends so many requests while the answers are read; how many of the status there were. */
  private static long exchange(Socket socket, String line, int count, String status)
      throws IOException {
    byte[] sent = requests(line, count);
    byte[] last =
        "GET /last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1);
    Thread sending =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    socket.getOutputStream().write(sent);
                    socket.getOutputStream().write(last);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
    String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    sending.interrupt();
    List<String> statuses = ANSWER.matcher(answers).results().map(found -> found.group(1)).toList();
    // The last one is that to the request that ends the connection.
    return statuses.stream().limit(statuses.size() - 1L).filter(status::equals).count();
  }

  @ParameterizedTest
  @CsvSource({
    "GET /health/live, 135, 200",
    "GET /raw_input, 400, 200",
    "HEAD /raw_input/none, 400, 404",
    "GET /raw_input/none/data, 400, 404",
    "DELETE /health/live, 400, 405",
    "GET /health/live, 5000, 200"
  })
  void everyPipelinedRequestIsAnswered(String line, int count, String status) throws IOException {
    start(Map.of());
    try (Socket socket = connect()) {
      assertEquals(count, exchange(socket, line, count, status));
    }
  }

  @Test
  void theSameWithoutTheKeyThatIsNeeded() throws IOException {
    start(Map.of("SECURITY_KEYS", "true"));
    try (Socket socket = connect()) {
      assertEquals(400, exchange(socket, "GET /raw_input", 400, "401"));
    }
  }

  @Test
  void theSameWithBodies() throws IOException {
    start(Map.of());
    String body = Bodies.withData("piped", "1");
    String post =
        "POST /raw_input HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body
            + "GET /health/live";
    try (Socket socket = connect()) {
      assertEquals(600, exchange(socket, post, 300, "200"));
    }
  }

  @Test
  void theSameWithTls() throws IOException, GeneralSecurityException {
    PemFiles pem = PemFiles.make(folder, "EC");
    start(
        Map.of(
            "HTTP_TLS_CERTIFICATE", file("cert.pem", pem.certificate()),
            "HTTP_TLS_KEY", file("key.pem", pem.key())));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {TlsTest.CREDULOUS}, new SecureRandom());
    try (Socket socket =
        context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      assertEquals(2_000, exchange(socket, "GET /health/live", 2_000, "200"));
    }
  }

  private String file(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.writeString(path, text);
    return path.toString();
  }

  /** Each leaves in another way; afterwards as many requests are under way as before: this one. */
  @ParameterizedTest
  @ValueSource(strings = {"GET /health/live", "GET /raw_input", "GET /docs", "GET /events"})
  void whoLeavesInTheMiddleLeavesNothingBehind(String line) throws IOException {
    start(Map.of("HTTP_IDLE_TIMEOUT", "1s"));

    for (int i = 0; i < 10; i++) {
      Socket reset = connect();
      reset.setSoLinger(true, 0);
      sendAll(reset, line);
      reset.close();
      Socket half = connect();
      sendAll(half, line);
      half.shutdownOutput();
      readSome(half);
      half.close();
    }
    List<Socket> silent = List.of(connect(), connect(), connect());
    for (Socket socket : silent) {
      sendAll(socket, line);
    }

    if (line.endsWith("/events")) {
      // Log lines this rare fit the socket's buffers for long.
      close(silent);
    }
    Await.until(() -> active() == 1, () -> active() + " requests are under way");
    close(silent);
    for (int i = 0; i < 40; i++) {
      try (Socket socket = connect()) {
        assertEquals(1, exchange(socket, "GET /raw_input", 1, "200"));
      }
    }
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** Sends requests; the service stops reading from a client that does not read. */
  private static void sendAll(Socket socket, String line) {
    byte[] sent = requests(line, 300);
    try {
      socket.getOutputStream().write(sent);
    } catch (IOException e) {
      assertTrue(socket.isConnected());
    }
  }

  private static void readSome(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      assertTrue(in.readNBytes(100).length >= 0);
    } catch (IOException e) {
      assertTrue(socket.isConnected());
    }
  }

  private double active() {
    try (Socket socket = connect()) {
      byte[] request =
          "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
              .getBytes(ISO_8859_1);
      socket.getOutputStream().write(request);
      String metrics = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      Matcher found = ACTIVE.matcher(metrics);
      return found.find() ? Double.parseDouble(found.group(1)) : -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
