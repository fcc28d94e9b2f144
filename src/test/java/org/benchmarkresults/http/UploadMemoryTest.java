package org.benchmarkresults.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.http.body.HalfUpload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Uploads share a memory that holds one of them: they take turns, and every one gives it back. */
class UploadMemoryTest {
  private static final int LARGE = 900 << 10;

  @RegisterExtension
  final RunningService service =
      RunningService.on(
          Backend.EMBEDDED, Map.of("HTTP_BODY_LIMIT", "1MiB", "HTTP_UPLOAD_BUDGET", "1MiB"));

  @Test
  void moreUploadsThanFitAreServedInTurn() {
    Set<Future<Answer>> uploads =
        IntStream.range(0, 8)
            .mapToObj(i -> service.client().posting("/raw_input", body("turn " + i, LARGE)))
            .collect(Collectors.toSet());

    Set<Integer> statuses =
        uploads.stream().map(upload -> upload.await().status()).collect(Collectors.toSet());

    assertEquals(Set.of(200), statuses);
  }

  @Test
  void uploadsOfUnknownLengthAreServedInTurn() {
    Set<Future<Answer>> uploads =
        IntStream.range(0, 4)
            .mapToObj(
                i -> service.client().postingChunked("/raw_input", body("chunked " + i, LARGE)))
            .collect(Collectors.toSet());

    Set<Integer> statuses =
        uploads.stream().map(upload -> upload.await().status()).collect(Collectors.toSet());

    assertEquals(Set.of(200), statuses);
  }

  @Test
  void aSmallResultPassesALargeOneThatIsUnderWay() throws IOException {
    try (HalfUpload large = HalfUpload.begin(service.port(), LARGE)) {
      large.awaitTurn();

      Answer small = service.client().post("/raw_input", body("small", 10));

      assertEquals(200, small.status());
    }
    assertLargeFits("after small");
  }

  @Test
  void anUploadThatIsBrokenOffGivesItsMemoryBack() throws IOException {
    for (int i = 0; i < 5; i++) {
      try (HalfUpload broken = HalfUpload.begin(service.port(), LARGE)) {
        broken.awaitTurn();
        broken.sendHalf();
      }
    }

    assertLargeFits("after broken");
  }

  @Test
  void anUploadThatIsBrokenOffWhileItWaitsGivesItsMemoryBack() throws IOException {
    try (HalfUpload first = HalfUpload.begin(service.port(), LARGE)) {
      first.awaitTurn();
      try (HalfUpload waiting = HalfUpload.begin(service.port(), LARGE)) {
        assertEquals(200, service.client().get("/health").status());
        waiting.sendHalf();
      }
      assertEquals(200, service.client().get("/health").status());
    }

    assertLargeFits("after waiting");
  }

  @Test
  void anUploadOfUnknownLengthThatIsBrokenOffGivesItsMemoryBack() throws IOException {
    try (HalfUpload broken = HalfUpload.beginChunked(service.port())) {
      broken.awaitTurn();
      broken.sendChunk(LARGE / 2);
    }

    assertLargeFits("after chunked");
  }

  @Test
  void aRefusedUploadGivesItsMemoryBack() {
    Buffer noJson = Buffer.buffer("{" + " ".repeat(LARGE));
    Buffer noResult = Buffer.buffer("{" + " ".repeat(LARGE) + "}");
    Buffer tooLarge = Buffer.buffer(" ".repeat((1 << 20) + 1));

    for (int i = 0; i < 3; i++) {
      assertEquals(400, service.client().post("/raw_input", noJson).status());
      assertEquals(422, service.client().post("/raw_input", noResult).status());
      assertEquals(413, service.client().post("/raw_input", tooLarge).status());
      assertEquals(413, service.client().postingChunked("/raw_input", tooLarge).await().status());
    }

    assertLargeFits("after refused");
  }

  private void assertLargeFits(String name) {
    Answer answer = service.client().post("/raw_input", body(name, LARGE));

    assertEquals(200, answer.status(), answer::toString);
    assertTrue(answer.text().contains("\"stored\""), answer::toString);
  }

  private static Buffer body(String name, int bytes) {
    return Buffer.buffer(
        "{\"timestamp\":\"t\",\"benchmark_name\":\""
            + name
            + "\",\"run_id\":\"r\",\"data\":\""
            + "x".repeat(bytes)
            + "\"}");
  }
}
