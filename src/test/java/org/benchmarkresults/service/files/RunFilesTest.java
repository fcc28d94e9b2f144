package org.benchmarkresults.service.files;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Samples, archives and logs are attached to the run they belong to, or refused with a reason. */
@OnDatabases
class RunFilesTest {
  @RegisterExtension final RunningService service;

  RunFilesTest(Backend backend) {
    service = RunningService.on(backend);
  }

  private Answer put(String path, Buffer body) {
    return service.client().send(HttpMethod.PUT, path, body).await();
  }

  private Answer put(String path, String body) {
    return put(path, Buffer.buffer(body));
  }

  private static String hash(String seed, int length) {
    return Digest.of(ByteBuffer.wrap(seed.getBytes(StandardCharsets.UTF_8)))
        .hex()
        .substring(0, length);
  }

  private static String samples(String task, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines
          .append("{\"doc_id\": ")
          .append(i)
          .append(", \"doc\": {\"doc_hash\": \"no, {[\\\"\"}, \"arguments\": [[\"a\\\\\"]], ")
          .append("\"resps\": [[\"é\"]], \"doc_hash\": \"")
          .append(hash(task + i, 64))
          .append("\", \"prompt_hash\": \"")
          .append(hash("p" + i, 64))
          .append("\", \"target_hash\": \"")
          .append(hash("t" + i, 64))
          .append("\"}\n");
    }
    return lines.toString();
  }

  private static String taskHash(String task, int count) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(hash(task + i, 64)).append(hash("p" + i, 64)).append(hash("t" + i, 64));
    }
    return hash(all.toString(), 64);
  }

  /** As lm-eval writes it; stored under the name that is returned. */
  private String results(String task, String model, double began, double took) {
    JsonObject file =
        new JsonObject()
            .put("results", new JsonObject().put(task, new JsonObject().put("acc,none", 0.5)))
            .put("task_hashes", new JsonObject().put(task, taskHash(task, 3)))
            .put("config", new JsonObject().put("model", "hf"))
            .put("model_name", model)
            .put("date", began)
            .put("total_evaluation_time_seconds", "" + took);
    Answer saved = put("/files/results.json", file.toBuffer());
    assertEquals(200, saved.status(), saved::toString);
    return saved.json().getJsonArray("results").getJsonObject(0).getString("saved_as");
  }

  private static String attachedTo(Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    return answer.json().getJsonArray("attachments").getJsonObject(0).getString("result_name");
  }

  @Test
  void samplesLieBesideTheRunThatHasTheirHash() {
    String run = results("one", "m", 1_724_211_836.1, 17.4);
    results("other", "m", 1_724_211_836.1, 17.4);
    String name = "samples_one_2024-08-21T03-44-09.494230.jsonl";

    Answer attached = put("/files/" + name, samples("one", 3));
    Answer again = put("/files/" + name, samples("one", 3));
    Answer unnamed = put("/files", samples("one", 3));

    assertEquals(run, attachedTo(attached));
    assertEquals(run, attachedTo(again));
    assertEquals(run, attachedTo(unnamed));
    String path = "/raw_input/" + Bodies.encoded(run) + "/attachments/" + name;
    assertEquals(samples("one", 3), service.client().get(path).text());
    assertEquals("application/x-ndjson", service.client().get(path).header("Content-Type"));
  }

  @Test
  void ofRunsWithTheSameHashTheTimeDecides() {
    String early = results("same", "a", 1_724_211_836.1, 17.4);
    String late = results("same", "b", 1_724_212_336.1, 17.4);

    Answer first = put("/files/samples_same_2024-08-21T03-44-09.4.jsonl", samples("same", 3));
    Answer inAnotherZone =
        put("/files/samples_same_2024-08-21T05-52-29.4.jsonl", samples("same", 3));
    String never = "/files/samples_same_2024-08-21T03-48-00.4.jsonl";
    requireProblem(put(never, samples("same", 3)), 422, "no-run", never);
    JsonObject several =
        requireProblem(put("/files", samples("same", 3)), 422, "several-runs", "/files");
    Answer byModel = put("/files?model_id=b", samples("same", 3));

    assertEquals(early, attachedTo(first));
    assertEquals(late, attachedTo(inAnotherZone));
    assertTrue(several.getString("detail").contains(early), several::encode);
    assertTrue(several.getString("detail").contains(late), several::encode);
    assertTrue(several.getString("detail").contains(taskHash("same", 3)), several::encode);
    assertEquals(late, attachedTo(byModel));
  }

  @Test
  void aFileThatFitsNoRunIsRefusedWithWhatWasLookedFor() {
    String path = "/files/samples_none_2024-08-21T03-44-09.4.jsonl";

    JsonObject problem = requireProblem(put(path, samples("none", 3)), 422, "no-run", path);
    requireProblem(put("/files/run.log", "text"), 422, "no-run", "/files/run.log");
    requireProblem(put("/files/run.log?run_id=nothing", "text"), 422, "no-run", "/files/run.log");
    requireProblem(put(path, "{\"accuracy\": 1}\n"), 422, "not-results", path);

    assertTrue(problem.getString("detail").contains(taskHash("none", 3)), problem::encode);
    assertTrue(problem.getString("detail").contains("lm-eval"), problem::encode);
  }

  @Test
  void aLogLiesBesideTheRunThatIsNamed() {
    service.client().post("/raw_input", Bodies.withData("logged", "1"));

    Answer attached = put("/files/run.log?run_id=run&benchmark_name=logged", "text");

    assertEquals(Bodies.resultName("logged"), attachedTo(attached));
  }

  private static Buffer archive(String runId) throws IOException {
    JsonObject eval =
        new JsonObject()
            .put("run_id", runId)
            .put("created", "2025-05-12T20:28:13-04:00")
            .put("task", "popularity")
            .put("model", "openai/gpt-4o-mini");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("_journal/start.json"));
      zip.write(
          new JsonObject()
              .put("version", 2)
              .put("eval", eval)
              .encode()
              .getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("samples/1_epoch_1.json"));
      zip.write(new byte[900_000]);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  @Test
  void anArchiveLiesBesideTheLogOfItsRun() throws IOException {
    String log =
        "{\"version\":2,\"status\":\"success\",\"eval\":{\"task\":\"popularity\",\"run_id\":\"R\","
            + "\"created\":\"2025-05-12T20:28:13-04:00\",\"model\":\"openai/gpt-4o-mini\"},"
            + "\"results\":{\"scores\":[{\"name\":\"match\",\"metrics\":{\"accuracy\":"
            + "{\"name\":\"accuracy\",\"value\":0.5}}}]}}";
    Answer saved = put("/files/log.json", log);
    String run = saved.json().getJsonArray("results").getJsonObject(0).getString("saved_as");

    Answer attached = put("/files/2025-05-12T20-28-13_popularity_x.eval", archive("R"));
    Answer unnamed = put("/files", archive("R"));
    Answer ofAnother = put("/files/a.eval", archive("S"));
    Answer none = put("/files/b.eval", "no zip");

    assertEquals(run, attachedTo(attached));
    assertEquals(run, attachedTo(unnamed));
    requireProblem(ofAnother, 422, "no-run", "/files/a.eval");
    requireProblem(none, 422, "not-results", "/files/b.eval");
  }
}
