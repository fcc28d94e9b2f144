package org.benchmarkresults.service.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Database;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service with a certificate of its own, changed while it runs. */
class TlsTest {

  /** Takes any certificate, so that the one that is shown can be looked at. */
  static final X509TrustManager CREDULOUS =
      new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
          return new X509Certificate[0];
        }
      };

  @TempDir private Path folder;
  private Path certificate;
  private Path key;

  @BeforeEach
  void name() {
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
  }

  private Map<String, String> settings() {
    return Map.of("HTTP_TLS_CERTIFICATE", certificate.toString(), "HTTP_TLS_KEY", key.toString());
  }

  private Server start(Database database) {
    return Server.start(database.config(settings()), Clock.systemUTC()).await();
  }

  private static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {CREDULOUS}, null);
      return context;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static SSLSocket connect(Server server) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
    socket.startHandshake();
    return socket;
  }

  private static Certificate shown(Server server) throws IOException {
    try (SSLSocket socket = connect(server)) {
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static boolean shows(PemFiles pair, Server server) {
    try {
      return shown(server).equals(pair.parsed());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void requestsAreAnsweredOverTls(String algorithm) throws Exception {
    PemFiles.make(folder, algorithm).write(certificate, key);
    try (Database database = Backend.EMBEDDED.freshDatabase()) {
      Server server = start(database);
      HttpClient client = HttpClient.newBuilder().sslContext(context()).build();
      URI uri = URI.create("https://localhost:" + server.port() + "/health");

      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

      assertEquals(200, answer.statusCode());
      assertEquals(
          "max-age=31536000",
          answer.headers().firstValue("Strict-Transport-Security").orElseThrow());
      assertEquals("", plain(server));
      server.close().await();
    }
  }

  /** The response to a request without TLS. */
  private static String plain(Server server) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.contains("HTTP/1.1") ? answer : "";
    }
  }

  @Test
  void aNewPairIsUsedWhileConnectionsGoOnAndAHalfOneIsNot() throws Exception {
    PemFiles first = PemFiles.make(folder, "EC");
    PemFiles second = PemFiles.make(folder, "EC");
    first.write(certificate, key);
    try (Database database = Backend.EMBEDDED.freshDatabase()) {
      Server server = start(database);
      try (SSLSocket open = connect(server)) {
        assertEquals(first.parsed(), shown(server));

        Files.writeString(certificate, second.certificate());
        assertEquals(first.parsed(), shown(server));
        Files.writeString(key, second.key());
        Await.until(() -> shows(second, server), () -> "the old one is still shown");

        open.getOutputStream()
            .write(
                "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        String answer = new String(open.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
      }
      server.close().await();
    }
  }

  @Test
  void filesThatDoNotFitStopTheStartWithASentence() throws Exception {
    PemFiles pair = PemFiles.make(folder, "RSA");
    PemFiles other = PemFiles.make(folder, "RSA");
    pair.write(certificate, folder.resolve("elsewhere.key"));
    assertEquals("http.tls_key cannot be read: " + key, refusal());

    Files.writeString(key, other.key());
    assertEquals(
        "http.tls_key is not the key of the certificate in http.tls_certificate", refusal());

    Files.writeString(key, "nonsense");
    assertTrue(
        refusal()
            .startsWith("http.tls_certificate and http.tls_key are not a certificate and a key"),
        this::refusal);
  }

  private String refusal() {
    try (Database database = Backend.EMBEDDED.freshDatabase()) {
      return assertThrows(IOException.class, () -> start(database)).getMessage();
    }
  }
}
