package org.benchmarkresults.service.files;

import static org.benchmarkresults.service.Problems.pointers;
import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of one document is stored without an envelope. */
@OnDatabases
class FilesTest {
  private static final String NDJSON = "application/x-ndjson";

  @RegisterExtension final RunningService service;

  FilesTest(Backend backend) {
    service = RunningService.on(backend);
  }

  private Answer put(String path, Buffer file, String... headers) {
    return service.client().send(HttpMethod.PUT, path, file, headers).await();
  }

  private Answer put(String path, String file, String... headers) {
    return put(path, Buffer.buffer(file), headers);
  }

  private static JsonObject result(Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    assertEquals(1, answer.json().getJsonArray("results").size(), answer::toString);
    return answer.json().getJsonArray("results").getJsonObject(0);
  }

  private Answer stored(JsonObject result) {
    return service.client().get("/raw_input/" + Bodies.encoded(result.getString("saved_as")));
  }

  private Buffer data(JsonObject result) {
    String name = Bodies.encoded(result.getString("saved_as"));
    return service.client().get("/raw_input/" + name + "/data").body();
  }

  @Test
  void theEnvelopeComesFromTheFile() {
    Answer answer = put("/files/result.json", ToolOutput.vllm());
    JsonObject result = result(answer);

    String runId = "f-" + Sha256.of(ToolOutput.vllm()).substring("sha256:".length(), 23);
    assertEquals(runId, result.getString("run_id"));
    assertEquals(ToolOutput.DATE + "-vllm-" + runId, result.getString("saved_as"));
    assertEquals("vllm", result.getString("tool"));
    assertEquals("Qwen/Qwen3-8B", result.getString("model_id"));
    assertEquals(1, result.getInteger("line"));
    assertTrue(result.getInteger("observations") > 4, answer::toString);
    assertEquals(ToolOutput.vllm(), data(result));
    assertEquals(200, service.client().get(answer.header("Location")).status(), answer::toString);
  }

  @Test
  void theCallersWordsTakePrecedence() {
    Answer answer =
        put(
            "/files?benchmark_name=nightly&timestamp=2026-01-01&run_id=r%201&model_id=m&source=s"
                + "&tokenizer_id=t&context.hardware=H100&context.gpu.count=8&context.load=1.10"
                + "&context.host=007",
            ToolOutput.vllm());
    Answer found = stored(result(answer));

    assertEquals("2026-01-01-nightly-r 1", result(answer).getString("saved_as"));
    assertEquals("m", result(answer).getString("model_id"));
    assertTrue(
        found
            .text()
            .contains(
                "\"context\":{\"gpu\":{\"count\":8},\"hardware\":\"H100\",\"host\":\"007\",\"load\":1.10}"),
        found::toString);
    assertEquals("s", found.json().getString("source"));
    assertEquals("t", found.json().getString("tokenizer_id"));
  }

  @Test
  void theSameFileIsTheSameResult() {
    String file = ToolOutput.VLLM.replace("16.20", "17.0");

    assertEquals("stored", result(put("/files", file)).getString("outcome"));
    assertEquals("already_stored", result(put("/files/x", file)).getString("outcome"));
    Answer posted =
        service
            .client()
            .send(
                HttpMethod.POST,
                "/files",
                Buffer.buffer(file),
                "Content-Type",
                "application/x-www-form-urlencoded")
            .await();
    assertEquals("already_stored", result(posted).getString("outcome"));
  }

  @Test
  void anotherContextIsANewVersionUnlessRefused() {
    String file = ToolOutput.VLLM.replace("16.20", "18.0");
    put("/files", file);

    Answer refused = put("/files?context.a=1", file, "If-None-Match", "*");
    Answer answer = put("/files?context.a=1", file);

    requireProblem(refused, 412, "version-refused", "/files");
    assertEquals("new_version", result(answer).getString("outcome"));
    assertEquals(List.of("context"), result(answer).getJsonArray("changed").getList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", NDJSON, "application/octet-stream", "text/plain"})
  void theBytesDecideWhateverTheType(String type) {
    Answer answer = put("/files?run_id=typed", ToolOutput.VLLM, "Content-Type", type);

    assertEquals(ToolOutput.DATE + "-vllm-typed", result(answer).getString("saved_as"));
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aFileMayBeCompressed(Compression compression) {
    String file = ToolOutput.VLLM.replace("16.20", "19.0");

    Answer answer =
        put(
            "/files?run_id=" + compression,
            compression.of(Buffer.buffer(file)),
            compression.headers("application/json"));

    assertEquals(Buffer.buffer(file), data(result(answer)));
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aCompressedFileWithoutTheHeaderIsRefusedWithTheRemedy(Compression compression) {
    Answer answer = put("/files", compression.of(ToolOutput.vllm()));

    JsonObject problem = requireProblem(answer, 415, "unsupported-media-type", "/files");
    assertTrue(problem.getString("detail").contains("Content-Encoding: "), answer::toString);
  }

  @Test
  void aByteOrderMarkIsLeftOutAndBlanksAroundStay() {
    String file = "\r\n  " + ToolOutput.VLLM.replace("16.20", "20.0") + "\n\n";

    JsonObject result = result(put("/files", "\uFEFF" + file));

    assertEquals(file, data(result).toString());
    assertEquals("already_stored", result(put("/files", file)).getString("outcome"));
    assertEquals(200, stored(result).status());
    assertEquals("20.0", stored(result).text().replaceAll("(?s).*duration\": ([0-9.]*),.*", "$1"));
  }

  @Test
  void whatIsMissingIsNamed() {
    Answer own = put("/files", ToolOutput.OWN);
    Answer untimed = put("/files", ToolOutput.VLLM.replace("\"date\"", "\"d\""));

    JsonObject both = requireProblem(own, 422, "not-identified", "/files");
    assertEquals(List.of("benchmark_name", "timestamp"), pointers(both));
    assertTrue(both.getString("detail").contains("?timestamp="), own::toString);
    assertTrue(both.getString("detail").contains("?benchmark_name="), own::toString);
    assertEquals(
        List.of("timestamp"), pointers(requireProblem(untimed, 422, "not-identified", "/files")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {"{\"accuracy\":0.85}|generic|1", "{\"nothing\":\"known\"}||0", "[]||0"})
  void aTeamsOwnJsonIsStoredUnderTheNameGiven(String file, String tool, int observations) {
    Answer answer = put("/files?benchmark_name=own&timestamp=2026-01-02", file);

    assertEquals(tool, result(answer).getString("tool"));
    assertEquals(observations, result(answer).getInteger("observations"));
    assertNull(result(answer).getString("model_id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "#{\"a\":1,}#|7",
        "#{\"a\":[1,2}#|9",
        "#{\"a\":1#|6",
        "##|0",
        "#{\n\"a\":1\n}\n}#|10",
        "#{\"a\":1} x#|8"
      })
  void whatIsNotJsonIsRefusedWithThePosition(String file, int offset) {
    Answer answer = put("/files", file);

    JsonObject problem = requireProblem(answer, 400, "broken-json", "/files");
    assertEquals(offset, problem.getInteger("offset"), answer::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"text\"", "null"})
  void aScalarIsNoFile(String file) {
    requireProblem(put("/files?benchmark_name=b&timestamp=t", file), 422, "not-results", "/files");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "context.a=1&context.a.b=2 | context.a",
        "context.a..b=1 | context.a..b",
        "context.=1 | context.",
        "context.a= | context.a",
        "context.a=1&context.a=2 | context.a",
        "context.1.2.3.4.5.6.7.8.9=1 | context.1.2.3.4.5.6.7.8.9",
        "contxt.a=1 | contxt.a",
        "hardware=H100 | hardware",
        "run_id= | run_id",
        "benchmark_name=a%0Ab | benchmark_name"
      })
  void aWrongParameterIsNamed(String query, String name) {
    Answer answer = put("/files?" + query, ToolOutput.vllm());

    JsonObject problem = requireProblem(answer, 400, "invalid-parameter", "/files");
    assertTrue(pointers(problem).get(0).startsWith(name), answer::toString);
  }

  @Test
  void aFormIsRefused() {
    Answer answer = put("/files", "--b\r\n", "Content-Type", "multipart/form-data; boundary=b");

    requireProblem(answer, 415, "unsupported-media-type", "/files");
  }

  @Test
  void filesAreNotRead() {
    for (String path : List.of("/files", "/files/x.json")) {
      Answer answer = service.client().get(path);
      requireProblem(answer, 405, "method-not-allowed", path);
      assertEquals("POST, PUT", answer.header("Allow"));
      assertEquals(405, service.client().head(path).status());
    }
  }

  @Test
  void aLargeFileIsOneResult() {
    String example = "{\"text\":\"" + "x".repeat(1 << 20) + "\"},";
    String file =
        "{\"details\":[" + example.repeat(20) + "{}]," + ToolOutput.VLLM.substring(1).strip();

    JsonObject result = result(put("/files", file));

    assertEquals("vllm", result.getString("tool"));
    assertEquals(Sha256.of(Buffer.buffer(file)), Sha256.of(data(result)));
  }
}
