package org.benchmarkresults.service.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Client;

/** Files of real tools: those of the repository, and those of a folder where it is there. */
final class Corpus {
  /** The folder that the system property {@code corpus} names. */
  static final Path FOLDER =
      Path.of(System.getProperty("corpus", Path.of("..", "shared", "corpus").toString()));

  private static final Path FIXTURES = Path.of("src", "test", "resources", "adapters");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Corpus() {}

  /** All files of both folders that are JSON or JSON lines by their names. */
  static List<Path> files() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path folder : List.of(FIXTURES, FOLDER)) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files
              .filter(file -> file.toString().matches(".*\\.(json|jsonl|ndjson)"))
              .filter(file -> !file.toString().endsWith(".expected.json"))
              .filter(file -> !file.startsWith(FOLDER.resolve("_hazards")))
              .sorted()
              .forEach(all::add);
        }
      }
    }
    assertFalse(all.isEmpty());
    return all;
  }

  /** Waits until the raw input of that name is derived, and gives its observations. */
  static JsonNode derived(Client client, String name) throws IOException {
    String path = "/raw_input/" + name.replace("%", "%25").replace("/", "%2F") + "/observations";
    AtomicReference<Answer> last = new AtomicReference<>(client.get(path));
    Await.until(
        () -> {
          last.set(client.get(path));
          return last.get().status() != 200
              || !last.get().json().getString("state").equals("pending");
        },
        () -> name + " stays pending");
    Answer answer = last.get();
    assertEquals(200, answer.status(), answer::toString);
    return MAPPER.readTree(answer.body().getBytes());
  }
}
