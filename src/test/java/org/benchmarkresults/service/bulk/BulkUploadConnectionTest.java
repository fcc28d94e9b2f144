package org.benchmarkresults.service.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Compression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads whose sender is slow, falls silent, breaks off or sends what cannot be read. */
class BulkUploadConnectionTest {
  @RegisterExtension final RunningService service = RunningService.on(Backend.EMBEDDED);

  @RegisterExtension
  final RunningService impatient =
      RunningService.on(Backend.EMBEDDED, Map.of("HTTP_IDLE_TIMEOUT", "500ms"));

  private BulkUploadSocket begin(String... headers) throws IOException {
    return BulkUploadSocket.begin(service.port(), String.join("", headers));
  }

  private int statusOf(String name) {
    return service.client().get(Bodies.path(name)).status();
  }

  /** A pooled connection may reach its idle timeout in the moment in which it is used again. */
  private int statusOnNewConnection(String name) {
    return impatient.client().get(Bodies.path(name), "Connection", "close").status();
  }

  @Test
  void aLineIsAnsweredBeforeTheNextIsSent() throws IOException {
    try (BulkUploadSocket load = begin()) {
      for (int i = 1; i <= 5; i++) {
        load.send(Bodies.withData("one by one " + i, "1") + '\n');

        JsonObject answer = load.next();

        assertEquals(i, answer.getInteger("line"));
        assertEquals("stored", answer.getString("outcome"));
      }
      load.end();
      assertNull(load.next());
    }
  }

  @Test
  void aBadLineIsAnsweredBeforeTheNextIsSent() throws IOException {
    try (BulkUploadSocket load = begin()) {
      load.send("{\n");

      assertTrue(load.status().contains("200"));
      assertEquals(400, load.next().getInteger("status"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void aLineThatComesInManyPiecesIsOne(int pieceBytes) throws IOException {
    String line = Bodies.withData("in pieces of " + pieceBytes, "\"é𝄞\"") + "\r\n";
    byte[] bytes = Buffer.buffer(line).getBytes();
    try (BulkUploadSocket load = begin()) {
      for (int at = 0; at < bytes.length; at += pieceBytes) {
        load.send(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + pieceBytes)));
      }

      assertEquals("stored", load.next().getString("outcome"));
    }
  }

  @Test
  void halfALineIsNotStoredWhenItsSenderBreaksOff() throws IOException {
    String whole =
        Bodies.withData("broken off 1", "1") + '\n' + Bodies.withData("broken off 2", "2");
    try (BulkUploadSocket load = begin()) {
      // But for its end the second line is whole: it might be the beginning of a longer one.
      load.send(whole);
      assertEquals("stored", load.next().getString("outcome"));
    }
    assertEquals(200, statusOf("broken off 1"));

    List<JsonObject> again;
    try (BulkUploadSocket load = begin()) {
      load.send(whole);
      load.end();
      again = load.rest();
    }

    assertEquals(
        List.of("already_stored", "stored"),
        again.stream()
            .sorted((a, b) -> a.getInteger("line") - b.getInteger("line"))
            .map(line -> line.getString("outcome"))
            .toList());
  }

  @Test
  void aSenderThatFallsSilentIsCutAndWhatWasAnsweredIsStored() throws IOException {
    try (BulkUploadSocket load = BulkUploadSocket.begin(impatient.port(), "")) {
      load.send(Bodies.withData("silent 1", "1") + '\n' + Bodies.withData("silent 2", "2"));

      String answer = load.untilClosed();

      assertTrue(answer.contains("\"line\":1,\"status\":200"), answer);
      assertFalse(answer.contains("\"line\":2"), answer);
      assertFalse(answer.endsWith("0\r\n\r\n"), answer);
    }
    assertEquals(200, statusOnNewConnection("silent 1"));
    assertEquals(404, statusOnNewConnection("silent 2"));
  }

  @Test
  void aSenderThatFallsSilentBeforeItsFirstLineGetsAClearAnswer() throws IOException {
    try (BulkUploadSocket load = BulkUploadSocket.begin(impatient.port(), "")) {
      load.send("{\"half\":");

      String answer = load.untilClosed();

      assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
      assertTrue(answer.contains("broken-transfer"), answer);
    }
  }

  @Test
  void aBodyThatIsNotCompressedAsItSaysIsRefused() throws IOException {
    try (BulkUploadSocket load = begin("Content-Encoding: gzip\r\nConnection: close\r\n")) {
      load.send(Bodies.withData("not compressed", "1") + '\n');
      load.end();

      String answer = load.untilClosed();

      assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
      assertTrue(answer.contains("broken-encoding"), answer);
    }
  }

  @Test
  void linesBeforeTheCompressionBreaksAreStoredAndTheLineWhereItBreaksIsAnswered()
      throws IOException {
    Buffer whole =
        Compression.GZIP.of(Buffer.buffer(Bodies.withData("before the break", "1") + '\n'));
    try (BulkUploadSocket load = begin("Content-Encoding: gzip\r\n")) {
      load.send(whole.getBytes());
      assertEquals("stored", load.next().getString("outcome"));
      load.send("no gzip");
      load.end();

      List<JsonObject> rest = load.rest();

      assertEquals(1, rest.size());
      assertEquals(2, rest.get(0).getInteger("line"));
      assertEquals(400, rest.get(0).getInteger("status"));
    }
    assertEquals(200, statusOf("before the break"));
  }

  @Test
  void halfAMemberOfACompressedBodyIsBroken() throws IOException {
    Buffer whole =
        Compression.GZIP.of(
            Buffer.buffer(Bodies.withData("cut gzip", "1") + '\n' + Bodies.withData("tail", "1")));
    try (BulkUploadSocket load = begin("Content-Encoding: gzip\r\n")) {
      load.send(whole.getBytes(0, whole.length() - 8));
      load.end();

      List<JsonObject> answers = load.rest();

      // The last line is whole, and nothing tells whether it is what was sent.
      assertEquals(404, statusOf("tail"));
      assertTrue(
          answers.stream().anyMatch(line -> line.encode().contains("broken-encoding")),
          answers::toString);
    }
  }

  @Test
  void theConnectionServesOthersAfterALoad() throws IOException {
    try (BulkUploadSocket load = begin()) {
      load.send(Bodies.withData("kept alive", "1"));
      load.end();
      assertEquals("stored", load.next().getString("outcome"));

      String status = load.get(Bodies.path("kept alive"));

      assertTrue(status.startsWith("HTTP/1.1 200"), status);
    }
  }

  @Test
  void aRefusedEncodingSaysWhichOnesAreAccepted() throws IOException {
    try (BulkUploadSocket load = begin("Content-Encoding: gzip, zstd\r\nConnection: close\r\n")) {
      load.send("x");
      load.end();

      String answer = load.untilClosed();

      assertTrue(answer.startsWith("HTTP/1.1 415"), answer);
      assertTrue(answer.contains("Accept-Encoding: gzip, zstd\r\n"), answer);
    }
  }
}
