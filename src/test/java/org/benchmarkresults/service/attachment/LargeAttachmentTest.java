package org.benchmarkresults.service.attachment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.FreePorts;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.ServiceProcess;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A file that is larger than the heap of the service goes in and comes out. */
@OnDatabases
@ExtendWith(VertxExtension.class)
class LargeAttachmentTest {
  private static final int PIECES = 100;
  private static final int PIECE = 1 << 20;
  private static final String PATH = Bodies.path("large") + "/attachments/samples.jsonl";

  @TempDir private Path folder;

  private final Backend backend;

  LargeAttachmentTest(Backend backend) {
    this.backend = backend;
  }

  @Test
  void aFileOf100MegabytesPassesThroughAHeapOf96(Vertx vertx) throws IOException {
    Path log = folder.resolve("log");
    int port = FreePorts.one();
    try (Database database = backend.freshDatabase();
        ServiceProcess service = start(database, port, log)) {
      Await.until(() -> listens(port) || !service.isAlive(), () -> "the service does not start");
      Client client = new Client(vertx, port);
      assertEquals(200, client.post("/raw_input", Bodies.withData("large", "1")).status());
      MessageDigest sent = sha256();

      assertEquals(201, put(port, sent), () -> read(log));

      byte[] digest = sent.digest();
      assertEquals(
          "sha256:" + HexFormat.of().formatHex(digest),
          client
              .get(PATH.replaceFirst("/samples.jsonl$", ""))
              .array()
              .getJsonObject(0)
              .getString("digest"));
      assertTrue(MessageDigest.isEqual(digest, get(port)), () -> read(log));
      int last = PIECES - 1;
      Answer part = client.get(PATH, "Range", "bytes=" + last * (long) PIECE + "-");
      assertEquals(206, part.status());
      assertTrue(java.util.Arrays.equals(piece(last), part.body().getBytes()));
      assertTrue(service.isAlive());
    }
    assertFalse(read(log).contains("OutOfMemoryError"), () -> read(log));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServiceProcess start(Database database, int port, Path log) {
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("HTTP_PORT", Integer.toString(port));
    environment.put("HTTP_BODY_LIMIT", "8MiB");
    return ServiceProcess.start(environment, log, "-Xmx96m", "-XX:+ExitOnOutOfMemoryError");
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] piece(int number) {
    byte[] bytes = new byte[PIECE];
    new Random(number).nextBytes(bytes);
    return bytes;
  }

  private static HttpURLConnection open(int port) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + PATH);
    return (HttpURLConnection) uri.toURL().openConnection();
  }

  private static int put(int port, MessageDigest digest) throws IOException {
    HttpURLConnection connection = open(port);
    connection.setRequestMethod("PUT");
    connection.setDoOutput(true);
    connection.setChunkedStreamingMode(64 << 10);
    try (OutputStream out = connection.getOutputStream()) {
      for (int i = 0; i < PIECES; i++) {
        byte[] piece = piece(i);
        digest.update(piece);
        out.write(piece);
      }
    }
    return connection.getResponseCode();
  }

  private static byte[] get(int port) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(open(port).getInputStream(), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return digest.digest();
  }
}
