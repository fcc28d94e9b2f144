package org.benchmarkresults.service.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The observations of real files are those that a careful person takes out of them. The answers are
 * in the folder that the system property {@code oracle} names and the files in that of {@code
 * corpus}, where these are there.
 */
@OnDatabases
class OracleTest {
  private static final Path ANSWERS =
      Path.of(System.getProperty("oracle", Path.of("..", "shared", "oracle").toString()))
          .resolve("examples");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The answer says tokens, its own rule requests a minute, which is what the tool means. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "llmperf/178-summary__groq_70b.json",
          "text_unit of /results_num_completed_requests_per_min");

  @RegisterExtension private final RunningService service;

  OracleTest(Backend backend) {
    service = RunningService.on(backend);
  }

  /** How many files of a tool are right, partly right and wrong. */
  private static final class Score {
    private int right;
    private int partly;
    private int wrong;

    void count(OracleAnswer answer, List<String> faults) {
      if (faults.isEmpty()) {
        right++;
      } else if (faults.size() < answer.observations()) {
        partly++;
      } else {
        wrong++;
      }
    }

    @Override
    public String toString() {
      return "%d right, %d partly, %d wrong".formatted(right, partly, wrong);
    }
  }

  @Test
  void previewsAreWhatACarefulPersonReads() throws IOException {
    Map<String, Score> scores = new TreeMap<>();
    Map<String, List<String>> faults = new LinkedHashMap<>();

    for (OracleAnswer answer : answers()) {
      JsonNode derived = preview(Files.readAllBytes(Corpus.FOLDER.resolve(answer.file())));
      List<String> found =
          answer.faults(derived).stream()
              .filter(fault -> !fault.startsWith(KNOWN.getOrDefault(answer.file(), "-")))
              .toList();
      scores.computeIfAbsent(answer.tool(), tool -> new Score()).count(answer, found);
      if (!found.isEmpty()) {
        faults.put(answer.file(), found.subList(0, Math.min(5, found.size())));
      }
    }

    scores.forEach((tool, score) -> System.out.println(tool + ": " + score));
    assertEquals(Map.of(), faults);
  }

  @Test
  void whatIsStoredIsWhatThePreviewGave() throws IOException {
    Map<String, JsonNode> previews = new LinkedHashMap<>();
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (Path file : Corpus.files()) {
      byte[] bytes = Files.readAllBytes(file);
      Answer sent =
          service
              .client()
              .send(
                  HttpMethod.PUT,
                  "/files?benchmark_name=corpus&timestamp=2026-01-01T00:00:00Z&run_id=r"
                      + previews.size(),
                  Buffer.buffer(bytes))
              .await();
      if (sent.status() == 200) {
        previews.put(file.toString(), preview(bytes));
        List<String> saved = new ArrayList<>();
        for (Object one : sent.json().getJsonArray("results")) {
          saved.add(((JsonObject) one).getString("saved_as"));
        }
        names.put(file.toString(), saved);
      }
    }

    for (Map.Entry<String, JsonNode> file : previews.entrySet()) {
      assertEquals(
          observations(file.getValue(), ""), stored(names.get(file.getKey())), file.getKey());
    }
  }

  private List<JsonNode> stored(List<String> names) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      JsonNode derived = Corpus.derived(service.client(), names.get(i));
      all.addAll(observations(derived, names.size() == 1 ? "" : "/" + (i + 1)));
    }
    return all;
  }

  /** Without what the envelope adds. */
  private static List<JsonNode> observations(JsonNode derived, String line) {
    List<JsonNode> observations = new ArrayList<>();
    for (JsonNode one : derived.get("observations")) {
      ObjectNode compared = one.deepCopy();
      compared.remove(List.of("instant"));
      compared.put("pointer", line + compared.get("pointer").asText());
      observations.add(compared);
    }
    return observations;
  }

  private JsonNode preview(byte[] bytes) throws IOException {
    Answer answer =
        service
            .client()
            .send(HttpMethod.POST, "/observations/preview", Buffer.buffer(bytes))
            .await();
    assertEquals(200, answer.status(), answer::toString);
    return MAPPER.readTree(answer.body().getBytes());
  }

  private static List<OracleAnswer> answers() throws IOException {
    if (!Files.isDirectory(ANSWERS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(ANSWERS)) {
      List<Path> answers =
          files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      assertFalse(answers.isEmpty());
      List<OracleAnswer> read = new ArrayList<>();
      for (Path answer : answers) {
        read.add(new OracleAnswer(MAPPER.readTree(answer.toFile())));
      }
      return read;
    }
  }
}
