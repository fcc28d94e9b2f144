package org.benchmarkresults.http.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bulk uploads share memory for one window and one large line: they are queued, and release it. */
class BulkUploadMemoryTest {
  private static final int LARGE = 900 << 10;
  private static final int LOADS = 6;

  @RegisterExtension
  final RunningService service =
      RunningService.on(
          Backend.EMBEDDED, Map.of("HTTP_BODY_LIMIT", "1MiB", "HTTP_UPLOAD_BUDGET", "1MiB"));

  private static String line(String name, int bytes) {
    return "{\"timestamp\":\"t\",\"benchmark_name\":\""
        + name
        + "\",\"run_id\":\"r\",\"data\":\""
        + "x".repeat(bytes)
        + "\"}\n";
  }

  private Future<Answer> load(String lines) {
    return service
        .client()
        .send(
            HttpMethod.POST,
            "/raw_input",
            Buffer.buffer(lines),
            "Content-Type",
            "application/x-ndjson");
  }

  private static long stored(Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    long stored = answer.text().lines().filter(line -> line.contains("\"stored\"")).count();
    assertEquals(answer.text().lines().count(), stored, answer::toString);
    return stored;
  }

  @Test
  void uploadsBeyondTheMemoryAreQueued() {
    List<Future<Answer>> loads =
        IntStream.range(0, LOADS)
            .mapToObj(i -> load(line("turn " + i, 10) + line("second " + i, 70_000)))
            .toList();

    for (Future<Answer> load : loads) {
      assertEquals(2, stored(load.await()));
    }
  }

  /** Each needs the memory that other uploads and its own previous line hold. */
  @Test
  void largeLinesAndLargeUploadsShareMemory() {
    List<Future<Answer>> loads =
        IntStream.range(0, LOADS)
            .mapToObj(
                i ->
                    load(
                        line("large " + i, LARGE)
                            + line("larger " + i, LARGE)
                            + line("small " + i, 1)
                            + line("largest " + i, LARGE)))
            .toList();
    List<Future<Answer>> uploads =
        IntStream.range(0, LOADS)
            .mapToObj(
                i ->
                    service
                        .client()
                        .posting("/raw_input", Buffer.buffer(line("single " + i, LARGE))))
            .toList();

    for (Future<Answer> load : loads) {
      assertEquals(4, stored(load.await()));
    }
    for (Future<Answer> upload : uploads) {
      assertEquals(200, upload.await().status());
    }
  }

  @Test
  void abortedUploadsReleaseMemory() throws IOException {
    for (int i = 0; i < 5; i++) {
      breakOff(line("broken " + i, 1) + line("half", LARGE).substring(0, LARGE / 2));
    }

    assertEquals(2, stored(load(line("after broken", 1) + line("large after", LARGE)).await()));
  }

  @Test
  void abortedQueuedUploadsLeaveTheQueue() throws IOException {
    try (Socket first = begin(LARGE)) {
      write(first, "{");
      for (int i = 0; i < 5; i++) {
        breakOff("{");
      }
    }

    assertEquals(1, stored(load(line("after waiting", 1)).await()));
  }

  @Test
  void refusedUploadsReleaseMemory() {
    for (int i = 0; i < 3; i++) {
      Answer broken =
          service
              .client()
              .send(
                  HttpMethod.POST,
                  "/raw_input",
                  Buffer.buffer("no gzip"),
                  "Content-Type",
                  "application/x-ndjson",
                  "Content-Encoding",
                  "gzip")
              .await();
      assertEquals(400, broken.status(), broken::toString);
      Answer unread = load("x".repeat(LARGE) + "\n" + "y".repeat(2 * LARGE) + "\n").await();
      assertTrue(unread.text().contains("body-too-large"), unread::toString);
    }

    assertEquals(1, stored(load(line("after refused", LARGE)).await()));
  }

  /** The expansion of a few kilobytes is skipped as it arrives. */
  @Test
  void bombTakesTheMemoryOfOneLine() throws IOException {
    Buffer bomb = Buffer.buffer(gzip(new byte[300 << 20]));
    assertTrue(bomb.length() < 400_000);

    Answer answer =
        service
            .client()
            .send(
                HttpMethod.POST,
                "/raw_input",
                bomb,
                "Content-Type",
                "application/x-ndjson",
                "Content-Encoding",
                "gzip")
            .await();

    assertEquals(200, answer.status(), answer::toString);
    assertEquals(1, answer.text().lines().count());
    assertTrue(answer.text().contains("body-too-large"), answer::toString);
  }

  /** Blank lines have no responses, so nothing else would end the upload. */
  @Test
  void bombOfBlankLinesIsRefused() throws IOException {
    byte[] blank = new byte[8 << 20];
    Arrays.fill(blank, (byte) '\n');
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(gzip(line("before the bomb", 10).getBytes(StandardCharsets.UTF_8)));
    body.writeBytes(gzip(blank));
    body.writeBytes(gzip(line("behind the bomb", 10).getBytes(StandardCharsets.UTF_8)));

    Answer answer =
        service
            .client()
            .send(
                HttpMethod.POST,
                "/raw_input",
                Buffer.buffer(body.toByteArray()),
                "Content-Type",
                "application/x-ndjson",
                "Content-Encoding",
                "gzip")
            .await();

    assertEquals(200, answer.status(), answer::toString);
    assertEquals(2, answer.text().lines().count(), answer::toString);
    assertTrue(answer.text().contains("before the bomb"), answer::toString);
    assertTrue(answer.text().contains("body-too-large"), answer::toString);
    assertEquals(404, service.client().get("/raw_input/t-behind%20the%20bomb-r").status());
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private void breakOff(String lines) throws IOException {
    try (Socket socket = begin(2 * LARGE)) {
      write(socket, lines);
    }
  }

  private Socket begin(int length) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
    write(
        socket,
        "POST /raw_input HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
            + "Content-Length: "
            + length
            + "\r\n\r\n");
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
