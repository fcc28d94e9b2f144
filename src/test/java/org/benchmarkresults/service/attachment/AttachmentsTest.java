package org.benchmarkresults.service.attachment;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Compression;
import org.benchmarkresults.service.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files beside a result: any bytes come back as they were sent. */
@OnDatabases
class AttachmentsTest {
  /** The size of a chunk, in bytes. */
  private static final int CHUNK = 255 << 10;

  private static final int LIMIT = 3 << 20;

  @RegisterExtension final RunningService service;

  AttachmentsTest(Backend backend) {
    service =
        RunningService.on(
            backend,
            Map.of(
                "ATTACHMENTS_FILE_LIMIT", "3MiB",
                "ATTACHMENTS_RESULT_LIMIT", "4MiB",
                "ATTACHMENTS_COUNT", "3"));
  }

  private static Buffer bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }

  /** The path of the attachments of a new result. */
  private String result(String benchmark) {
    Answer saved = service.client().post("/raw_input", Bodies.withData(benchmark, "1"));
    assertEquals(200, saved.status(), saved::toString);
    return Bodies.path(benchmark) + "/attachments";
  }

  private Answer put(String path, Buffer body, String... headers) {
    return service.client().send(HttpMethod.PUT, path, body, headers).await();
  }

  private Answer delete(String path, String... headers) {
    return service.client().send(HttpMethod.DELETE, path, Buffer.buffer(), headers).await();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, LIMIT})
  void anyBytesComeBack(int length) {
    String path = result("bytes " + length) + "/a.bin";
    Buffer body = bytes(length);

    Answer created = put(path, body, "Content-Type", "application/x-tar");
    Answer read = service.client().get(path, "Accept-Encoding", "gzip");
    Answer head = service.client().head(path);

    assertEquals(201, created.status(), created::toString);
    assertEquals("attached", created.json().getString("outcome"));
    assertEquals(Sha256.of(body), created.json().getString("digest"));
    assertEquals(length, created.json().getInteger("size"));
    assertEquals(body, read.body());
    assertEquals("application/x-tar", read.header("Content-Type"));
    assertEquals(
        "attachment; filename=\"a.bin\"; filename*=UTF-8''a.bin",
        read.header("Content-Disposition"));
    assertEquals("nosniff", read.header("X-Content-Type-Options"));
    assertTrue(read.header("Content-Security-Policy").startsWith("sandbox;"), read::toString);
    assertEquals(created.header("ETag"), read.header("ETag"));
    assertEquals("" + length, head.header("Content-Length"));
    assertEquals(read.header("ETag"), head.header("ETag"));
    assertEquals(200, service.client().get(created.header("Location")).status());
    assertEquals(304, service.client().get(path, "If-None-Match", read.header("ETag")).status());
  }

  @Test
  void nothingIsOverwrittenWithoutItsTag() {
    String path = result("conditions") + "/a";
    Buffer first = bytes(300_000);
    Buffer second = bytes(300_001);
    Buffer third = Buffer.buffer(first.getBytes()).setByte(9, (byte) 0).setByte(8, (byte) 1);

    Answer created = put(path, first);
    Answer same = put(path, first);
    Answer sameAgain = put(path, first, "If-None-Match", "*");
    requireProblem(put(path, second), 428, "precondition-required", path);
    requireProblem(put(path, third), 428, "precondition-required", path);
    requireProblem(put(path, third, "If-None-Match", "*"), 412, "precondition-failed", path);
    requireProblem(put(path, second, "If-Match", "\"0\""), 412, "precondition-failed", path);
    requireProblem(
        put(path + "2", second, "If-Match", created.header("ETag")),
        412,
        "precondition-failed",
        path + "2");
    assertEquals(first, service.client().get(path).body());
    Answer replaced = put(path, second, "If-Match", "\"1\", W/" + created.header("ETag"));
    Answer any = put(path, third, "If-Match", "*");

    assertEquals(200, same.status(), same::toString);
    assertEquals("already_attached", same.json().getString("outcome"));
    assertEquals(created.json().getString("created_at"), same.json().getString("created_at"));
    assertEquals(200, sameAgain.status(), sameAgain::toString);
    assertEquals("replaced", replaced.json().getString("outcome"));
    assertEquals("replaced", any.json().getString("outcome"));
    assertEquals(third, service.client().get(path).body());
  }

  @Test
  void theListTellsEachInTheOrderOfNames() {
    String path = result("listed");
    put(path + "/b.log", bytes(2), "Content-Type", "text/plain; charset=utf-8");
    put(path + "/a%2Bb%20%C3%A9.zip", bytes(3));
    Answer empty = service.client().get(result("empty"));

    Answer list = service.client().get(path);
    Answer csv = service.client().get(path + "?format=csv");

    assertEquals(0, empty.array().size(), empty::toString);
    JsonObject first = list.array().getJsonObject(0);
    assertEquals("a+b é.zip", first.getString("name"));
    assertEquals("application/octet-stream", first.getString("media_type"));
    assertEquals(3, first.getInteger("size"));
    assertEquals(Sha256.of(bytes(3)), first.getString("digest"));
    assertNull(first.getString("created_by"));
    assertEquals("b.log", list.array().getJsonObject(1).getString("name"));
    assertTrue(csv.text().startsWith("name,size,media_type,digest,created_at,created_by\r\n"));
    assertTrue(
        service
            .client()
            .get(path + "/a%2Bb%20%C3%A9.zip")
            .header("Content-Disposition")
            .endsWith("UTF-8''a%2Bb%20%C3%A9.zip"));
  }

  @Test
  void aRemovedAttachmentIsGone() {
    String path = result("removed") + "/a";
    String tag = put(path, bytes(2)).header("ETag");

    requireProblem(delete(path, "If-Match", "\"0\""), 412, "precondition-failed", path);
    assertEquals(204, delete(path, "If-Match", tag).status());
    requireProblem(delete(path), 404, "attachment-not-found", path);
    requireProblem(service.client().get(path), 404, "attachment-not-found", path);
    assertEquals(201, put(path, bytes(2)).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%2Fb",
        "%2F",
        "..%2F..%2Fetc",
        "a%5Cb",
        "a%00b",
        "a%0Ab",
        "%7F",
        "a%C2%85",
        "%20",
        "%E2%80%A8",
        "%FF"
      })
  void aNameThatIsNoneIsRefused(String name) {
    String path = result("names") + "/" + name;

    Answer answer = put(path, bytes(1));

    assertEquals(400, answer.status(), answer::toString);
  }

  @Test
  void namesHave255Bytes() {
    String path = result("long names") + "/";

    assertEquals(201, put(path + "%C3%A9".repeat(127) + "x", bytes(1)).status());
    assertEquals(400, put(path + "%C3%A9".repeat(128), bytes(1)).status());
    assertEquals(201, put(path + "data", bytes(1)).status());
  }

  @Test
  void theResultMustExist() {
    String path = Bodies.path("nothing here") + "/attachments";

    requireProblem(put(path + "/a", bytes(900_000)), 404, "result-not-found", path + "/a");
    requireProblem(service.client().get(path), 404, "result-not-found", path);
    requireProblem(service.client().get(path + "/a"), 404, "result-not-found", path + "/a");
    requireProblem(delete(path + "/a"), 404, "result-not-found", path + "/a");
  }

  @Test
  void limitsOfSizeAndCountHold() {
    String path = result("limits");
    Answer tooLarge = put(path + "/a", bytes(LIMIT + 1));
    Answer expanded =
        put(
            path + "/a",
            Compression.gzip(Buffer.buffer(new byte[LIMIT + 1])),
            "Content-Encoding",
            "gzip");
    assertEquals(201, put(path + "/a", bytes(LIMIT)).status());
    Answer together = put(path + "/b", bytes((1 << 20) + 1));
    assertEquals(201, put(path + "/b", bytes(1 << 20)).status());
    assertEquals(201, put(path + "/c", bytes(0)).status());
    Answer tooMany = put(path + "/d", bytes(0));

    assertEquals(
        LIMIT, requireProblem(tooLarge, 413, "body-too-large", path + "/a").getInteger("limit"));
    requireProblem(expanded, 413, "body-too-large", path + "/a");
    assertEquals(
        4 << 20,
        requireProblem(together, 413, "attachments-too-large", path + "/b").getInteger("limit"));
    assertEquals(
        3, requireProblem(tooMany, 409, "too-many-attachments", path + "/d").getInteger("limit"));
    assertEquals(200, put(path + "/c", bytes(0)).status());
  }

  private static String sha256(Buffer bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.getBytes());
      return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void declaredDigestsAreChecked() {
    String path = result("digests") + "/a";
    Buffer body = bytes(400_000);
    Buffer zipped = Compression.gzip(body);

    for (String header : List.of("Content-Digest", "Repr-Digest")) {
      requireProblem(put(path, body, header, sha256(bytes(1))), 400, "digest-mismatch", path);
      requireProblem(put(path, body, header, "sha-256=:AAAA:"), 400, "invalid-digest", path);
    }
    assertEquals(404, service.client().get(path).status());
    requireProblem(
        put(path, zipped, "Content-Encoding", "gzip", "Content-Digest", sha256(body)),
        400,
        "digest-mismatch",
        path);
    Answer ofZipped =
        put(path, zipped, "Content-Encoding", "gzip", "Content-Digest", sha256(zipped));
    Answer other =
        put(path, body, "Repr-Digest", "md5=:AAAA:, " + sha256(body) + ", sha-512=:AA==:");

    assertEquals(201, ofZipped.status(), ofZipped::toString);
    assertEquals(200, other.status(), other::toString);
    assertEquals(body, service.client().get(path).body());
    assertEquals(sha256(body), service.client().get(path).header("Repr-Digest"));
  }

  @Test
  void onlyTheEncodingsOfOtherBodiesAreDecoded() {
    String path = result("encodings") + "/a";

    requireProblem(
        put(path, bytes(9), "Content-Encoding", "br"), 415, "unsupported-encoding", path);
    requireProblem(put(path, bytes(9), "Content-Encoding", "gzip"), 400, "broken-encoding", path);
    requireProblem(
        put(path, bytes(9), "Content-Type", "multipart/form-data; boundary=a"),
        415,
        "unsupported-media-type",
        path);
    requireProblem(
        put(path, bytes(9), "Content-Type", "text"), 415, "unsupported-media-type", path);
    assertEquals(404, service.client().get(path).status());
  }
}
