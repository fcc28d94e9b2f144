package org.benchmarkresults.service.observed;

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
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Compression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Observations of bodies that are not stored. */
class PreviewTest {
  private static final String PATH = "/observations/preview";
  private static final String VLLM =
      """
      {"date": "20260421-124425", "backend": "vllm", "model_id": "Qwen/Qwen3-8B",
       "tokenizer_id": "Qwen/Qwen3-8B", "num_prompts": 200, "request_rate": "inf",
       "duration": 16.2, "completed": 200, "total_input_tokens": 1, "total_output_tokens": 2,
       "request_throughput": 12.340, "output_throughput": NaN, "mean_ttft_ms": 41.70}
      """;

  private static final String MINE =
      "{\"tool\":\"my-bench\",\"scores\":{\"easy\":0.50,\"hard\":0.25}}";

  private static final String DECLARATION =
      """
      adapter: my-bench
      version: 4
      tool: my-bench
      format: scores
      rank: 100
      recognise:
        has: [/scores]
        is: {/tool: my-bench}
      observations:
        - at: /scores/{task}
          task: "{task}"
          metric: accuracy
      """;

  @RegisterExtension final RunningService service = RunningService.on(Backend.EMBEDDED);

  private Answer preview(String query, Buffer body, String... headers) {
    return service.client().send(HttpMethod.POST, PATH + query, body, headers).await();
  }

  private JsonObject derived(String query, Buffer body, String... headers) {
    Answer answer = preview(query, body, headers);
    assertEquals(200, answer.status(), answer::toString);
    return answer.json();
  }

  private static List<JsonObject> observations(JsonObject derived) {
    return derived.getJsonArray("observations").stream().map(JsonObject.class::cast).toList();
  }

  private static JsonObject observation(JsonObject derived, String pointer) {
    return observations(derived).stream()
        .filter(one -> one.getString("pointer").equals(pointer))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theFileOfAToolGivesItsObservationsAndNothingIsStored() {
    JsonObject derived = derived("?context.hardware=H100", Buffer.buffer(VLLM));

    assertEquals("derived", derived.getString("state"));
    assertEquals("vllm", derived.getString("tool"));
    JsonObject ttft = observation(derived, "/mean_ttft_ms");
    assertEquals("41.70", ttft.getString("text"));
    assertEquals("Qwen/Qwen3-8B", ttft.getString("model"));
    assertEquals("H100", ttft.getJsonObject("dimensions").getString("hardware"));
    assertEquals(
        "/output_throughput",
        derived.getJsonArray("not_understood").getJsonObject(0).getString("pointer"));
    assertEquals("20260421-124425", run(derived).getJsonObject("time").getString("text"));
    assertEquals("[]", service.client().get("/raw_input").text());
  }

  private static JsonObject run(JsonObject derived) {
    return derived.getJsonArray("runs").getJsonObject(0);
  }

  @Test
  void parametersOfTheEnvelopeComeBeforeTheFileAndContradictionsAreShown() {
    JsonObject derived =
        derived("?model_id=mine&timestamp=2026-04-22T00:00:00Z", Buffer.buffer(VLLM));

    assertTrue(derived.getJsonArray("contradictions").encode().contains("mine"), derived::encode);
  }

  @Test
  void linesAndCompressedBodiesAreReadWhateverTheirType() {
    String line = VLLM.replace("\n", " ");
    Buffer lines = Buffer.buffer(line + "\n" + line.replace("41.70", "42") + "\n");

    JsonObject plain = derived("", lines, "Content-Type", "application/x-ndjson");
    JsonObject compressed =
        derived(
            "", Compression.GZIP.of(lines), "Content-Encoding", "gzip", "Content-Type", "text/x");

    assertEquals("42", observation(plain, "/2/mean_ttft_ms").getString("text"));
    assertEquals(plain, compressed);
  }

  @Test
  void aBodyThatIsNotJsonSaysSo() {
    JsonObject derived = derived("", Buffer.buffer("{\"a\":"));

    assertEquals("failed", derived.getString("state"));
    assertTrue(derived.getString("reason").contains("not JSON"), derived::encode);
    assertNull(derived.getJsonObject("adapter"));
    assertEquals(List.of(), observations(derived));
  }

  private Answer form(String declaration) {
    String body =
        """
        --b-1\r
        Content-Disposition: form-data; name="declaration"; filename="my-bench.yaml"\r
        Content-Type: application/yaml\r
        \r
        %s\r
        --b-1\r
        Content-Disposition: form-data; name="file"\r
        \r
        %s\r
        --b-1--\r
        """
            .formatted(declaration, MINE);
    return preview("", Buffer.buffer(body), "Content-Type", "multipart/form-data; boundary=b-1");
  }

  @Test
  void aTeamTriesItsDeclaration() {
    Answer answer = form(DECLARATION);

    assertEquals(200, answer.status(), answer::toString);
    JsonObject derived = answer.json();
    assertEquals("my-bench", derived.getJsonObject("adapter").getString("name"));
    assertEquals(4, derived.getJsonObject("adapter").getInteger("version"));
    assertEquals(
        List.of("easy", "hard"),
        observations(derived).stream().map(o -> o.getString("task")).toList());
    assertEquals("0.50", observation(derived, "/scores/easy").getString("text"));
  }

  @Test
  void aWrongDeclarationIsRefusedWithItsLine() {
    Answer misspelt = form(DECLARATION.replace("metric:", "metrik:"));
    Answer broken = form("adapter: [");

    JsonObject problem = requireProblem(misspelt, 422, "invalid-declaration", PATH);
    assertTrue(
        problem.getString("detail").matches("declaration:1[0-9]: .*metrik.*"), problem::encode);
    requireProblem(broken, 422, "invalid-declaration", PATH);
  }

  @Test
  void aFormThatIsNoneIsRefused() {
    String type = "multipart/form-data; boundary=b-1";

    for (String body :
        List.of("", "--b-1", "--b-1\r\n\r\nx\r\n--b-1--", "--b-1--\r\n", "{\"a\":1}")) {
      Answer answer = preview("", Buffer.buffer(body), "Content-Type", type);
      requireProblem(answer, 400, "broken-form", PATH);
    }
  }
}
