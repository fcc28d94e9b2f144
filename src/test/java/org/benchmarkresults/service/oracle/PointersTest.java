package org.benchmarkresults.service.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.backend.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pointer of every observation leads to its text in the bytes of its file. */
@OnMongod
@OnDatabases
class PointersTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonFactory LENIENT =
      new JsonFactoryBuilder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  @RegisterExtension private final RunningService service;

  PointersTest(Backend backend) {
    service = RunningService.on(backend);
  }

  @Test
  void pointersLeadToTheTexts() throws IOException {
    int resolved = 0;
    List<String> astray = new ArrayList<>();

    for (Path file : Corpus.files()) {
      byte[] bytes = Files.readAllBytes(file);
      JsonNode observations = preview(bytes, file).get("observations");
      Set<String> wanted = new HashSet<>();
      observations.forEach(one -> wanted.add(one.get("pointer").asText()));
      Map<String, String> texts = texts(bytes, wanted);
      for (JsonNode one : observations) {
        String found = texts.get(one.get("pointer").asText());
        // Some tools write several numbers, or a number and its unit, into one string.
        if (found == null || !found.contains(one.get("text").asText())) {
          astray.add(file + ": " + one + " leads to " + found);
        }
        resolved++;
      }
    }

    assertEquals(List.of(), astray);
    assertTrue(resolved > 0);
  }

  private JsonNode preview(byte[] bytes, Path file) throws IOException {
    Answer answer =
        service
            .client()
            .send(HttpMethod.POST, "/observations/preview", Buffer.buffer(bytes))
            .await();
    assertEquals(200, answer.status(), () -> file + ": " + answer);
    return MAPPER.readTree(answer.body().getBytes());
  }

  /** The texts of the scalars at the pointers; with their line first where there are several. */
  private static Map<String, String> texts(byte[] bytes, Set<String> wanted) throws IOException {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser parser = LENIENT.createParser(bytes)) {
      for (int line = 1; parser.nextToken() != null; line++) {
        walk(parser, "", line, wanted, texts);
      }
    } catch (IOException e) {
      // Of a file that breaks off the preview has no observations.
      assertEquals(Set.of(), wanted);
    }
    return texts;
  }

  private static void walk(
      JsonParser parser, String pointer, int line, Set<String> wanted, Map<String, String> texts)
      throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName().replace("~", "~0").replace("/", "~1");
          parser.nextToken();
          walk(parser, pointer + "/" + name, line, wanted, texts);
        }
      }
      case START_ARRAY -> {
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          walk(parser, pointer + "/" + index++, line, wanted, texts);
        }
      }
      default -> {
        for (String place : List.of(pointer, "/" + line + pointer)) {
          if (wanted.contains(place)) {
            texts.putIfAbsent(place, parser.getText());
          }
        }
      }
    }
  }
}
