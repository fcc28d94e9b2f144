package org.benchmarkresults.http.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that stop sending do not block others, even with a timeout of a day. */
class StalledBodiesTest {
  private static final int LARGE = 900 << 10;
  private static final String POST =
      "POST /raw_input HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/";

  @RegisterExtension
  final RunningService service =
      RunningService.on(
          Backend.EMBEDDED,
          Map.of(
              "HTTP_BODY_LIMIT",
              "1MiB",
              "HTTP_UPLOAD_BUDGET",
              "1MiB",
              "HTTP_IDLE_TIMEOUT",
              "1d",
              "HTTP_MIN_UPLOAD_RATE",
              "1B"));

  private final List<Socket> stalled = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : stalled) {
      socket.close();
    }
  }

  private Socket stall(String rest) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
    stalled.add(socket);
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write((POST + rest).getBytes(ISO_8859_1));
    return socket;
  }

  private static String result(String name, int bytes) {
    return "{\"timestamp\":\"t\",\"benchmark_name\":\""
        + name
        + "\",\"run_id\":\"r\",\"data\":\""
        + "x".repeat(bytes)
        + "\"}";
  }

  private void assertAllAreServed(String name) {
    List<Future<Answer>> answers = new ArrayList<>();
    for (int bytes : new int[] {10, 60_000, LARGE}) {
      String result = result(name + bytes, bytes);
      answers.add(service.client().posting("/raw_input", Buffer.buffer(result)));
      answers.add(service.client().postingChunked("/raw_input", Buffer.buffer(result)));
      answers.add(
          service
              .client()
              .send(
                  HttpMethod.POST,
                  "/raw_input",
                  Buffer.buffer(result + '\n'),
                  "Content-Type",
                  "application/x-ndjson"));
    }
    answers.forEach(answer -> assertEquals(200, answer.await().status(), name));
  }

  @ParameterizedTest
  @CsvSource({
    "heads, 20, 'json\r\nContent-Length: 1000000\r\n\r\n'",
    "begun, 20, 'json\r\nContent-Length: 1000000\r\n\r\n{\"a'",
    "small, 40, 'json\r\nContent-Length: 60000\r\n\r\n{\"a'",
    "chunked, 40, 'json\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n'",
    "gzip, 15, 'json\r\nContent-Encoding: gzip\r\nContent-Length: 900\r\n\r\n\u001f'",
    "loads, 10, 'x-ndjson\r\nContent-Length: 1000000\r\n\r\n'",
    "lines, 10, 'x-ndjson\r\nContent-Length: 1000000\r\n\r\n{\"a'"
  })
  void stalledBodiesDoNotBlockOthers(String name, int count, String rest) throws IOException {
    for (int i = 0; i < count; i++) {
      Socket unused = stall(rest);
    }

    assertAllAreServed(name);
  }

  @ParameterizedTest
  @CsvSource({"json, 3", "x-ndjson, 2"})
  void stalledBodyIsEvictedForOthers(String type, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Socket unused =
          stall(type + "\r\nContent-Length: 1000000\r\n\r\n{\"a\":\"" + "x".repeat(LARGE / 2));
    }

    assertAllAreServed(type);
  }

  @Test
  void evictedClientGetsA503() throws IOException {
    Socket socket = stall("json\r\nContent-Length: 1000000\r\n\r\n" + " ".repeat(LARGE));
    // Others may be served before the stalled body has been read; then it is evicted by later ones.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (socket.getInputStream().available() == 0 && System.nanoTime() < deadline) {
      List<Future<Answer>> others =
          IntStream.range(0, 2)
              .mapToObj(
                  i ->
                      service.client().posting("/raw_input", Buffer.buffer(result("o" + i, LARGE))))
              .toList();
      others.forEach(other -> assertEquals(200, other.await().status()));
    }

    String answer = answerTo(socket);

    assertTrue(answer.startsWith("HTTP/1.1 503"), answer);
    assertTrue(answer.toLowerCase(Locale.ROOT).contains("\r\nretry-after: "), answer);
    assertTrue(answer.contains("Send it again."), answer);
  }

  /** Reads up to the end of the problem. */
  private static String answerTo(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    int next = socket.getInputStream().read();
    while (next >= 0 && next != '}') {
      answer.append((char) next);
      next = socket.getInputStream().read();
    }
    return answer.append('}').toString();
  }

  /** Each body gets a part of the memory; none may block the others. */
  @Test
  void concurrentBodiesAllComplete() throws IOException {
    List<Socket> senders = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      senders.add(stall("json\r\nConnection: close\r\nContent-Length: 921600\r\n\r\n"));
    }
    for (Socket sender : senders) {
      Thread unused = Thread.ofVirtual().start(() -> sendParts(sender));
    }
    for (Socket sender : senders) {
      String answer = new String(sender.getInputStream().readAllBytes(), ISO_8859_1);
      // The body of blanks was read to its end.
      assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
      assertTrue(answer.contains("contains no JSON"), answer);
    }
  }

  private static void sendParts(Socket sender) {
    try {
      byte[] part = " ".repeat(LARGE / 8).getBytes(ISO_8859_1);
      for (int i = 0; i < 8; i++) {
        sender.getOutputStream().write(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
