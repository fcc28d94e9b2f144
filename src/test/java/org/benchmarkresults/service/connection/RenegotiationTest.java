package org.benchmarkresults.service.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.FreePorts;
import org.benchmarkresults.backend.ServiceProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A handshake costs the service far more than its client, so a client gets one on each connection.
 * In a process of its own: whether it is refused is decided when the JVM first uses TLS.
 */
class RenegotiationTest {
  private static final String REQUEST = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @TempDir private Path folder;

  private static SSLSocket connect(int port) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.2");
      context.init(null, new TrustManager[] {TlsTest.CREDULOUS}, null);
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(30_000);
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      return socket;
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String ask(SSLSocket socket) throws IOException {
    socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
    return new String(socket.getInputStream().readNBytes(12), US_ASCII);
  }

  private static boolean isListening(int port) {
    try (SSLSocket socket = connect(port)) {
      return ask(socket).startsWith("HTTP/1.1");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aSecondHandshakeOnOneConnectionIsRefused() throws IOException {
    Path certificate = folder.resolve("tls.crt");
    Path key = folder.resolve("tls.key");
    PemFiles.make(folder, "EC").write(certificate, key);
    Path log = folder.resolve("log");
    List<Integer> ports = FreePorts.find(1);
    int port = ports.get(0);
    Map<String, String> environment =
        Map.of(
            "HTTP_HOST", "127.0.0.1",
            "HTTP_PORT", Integer.toString(port),
            "HTTP_TLS_CERTIFICATE", certificate.toString(),
            "HTTP_TLS_KEY", key.toString(),
            "MONGO_EMBEDDED_FOLDER", folder.resolve("data").toString());
    try (ServiceProcess service = ServiceProcess.start(environment, log)) {
      Await.until(() -> isListening(port), () -> read(log));

      try (SSLSocket socket = connect(port)) {
        assertEquals("HTTP/1.1 200", ask(socket));
        socket.getInputStream().skipNBytes(socket.getInputStream().available());

        assertThrows(IOException.class, () -> renegotiate(socket));
      }

      assertTrue(service.isAlive() && isListening(port), () -> read(log));
    }
  }

  private static void renegotiate(SSLSocket socket) throws IOException {
    socket.startHandshake();
    // The handshake goes on while the connection is read.
    String unused = ask(socket);
    if (!unused.isEmpty()) {
      return;
    }
    throw new IOException("closed");
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
