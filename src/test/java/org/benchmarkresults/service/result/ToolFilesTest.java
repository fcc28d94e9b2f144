package org.benchmarkresults.service.result;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Sha256;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files in the shapes that benchmark tools write: those made for these tests, and the real ones of
 * the folder that the system property {@code corpus} names, when it is there.
 */
@OnMongod
class ToolFilesTest {
  private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures");
  private static final Path CORPUS =
      Path.of(System.getProperty("corpus", Path.of("..", "shared", "corpus").toString()));
  private static final int DEPTH_LIMIT = 512;

  @RegisterExtension final RunningService service;

  ToolFilesTest(Backend backend) {
    service = RunningService.on(backend);
  }

  static Stream<Path> documents() {
    return files().filter(file -> isStorable(ToolFile.read(file)));
  }

  static Stream<Path> others() {
    return files().filter(file -> !isStorable(ToolFile.read(file)));
  }

  private static boolean isStorable(ToolFile file) {
    return file.isOneDocument() && file.depth() < DEPTH_LIMIT;
  }

  private static Stream<Path> files() {
    return Stream.of(FIXTURES, CORPUS).filter(Files::isDirectory).flatMap(ToolFilesTest::filesOf);
  }

  private static Stream<Path> filesOf(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> files =
          tree.filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".tsv"))
              .sorted()
              .toList();
      return files.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void aDocumentComesBackByteForByte(Path path) {
    Buffer document = ToolFile.read(path).document();
    Answer saved = service.client().post("/raw_input", Bodies.withData("" + path, document));

    Answer data = service.client().get(Bodies.path("" + path) + "/data");
    Answer detail = service.client().get(Bodies.path("" + path));

    assertEquals(200, saved.status(), saved::toString);
    boolean inString = document.getByte(0) == '"';
    Buffer expected =
        inString
            ? ToolFile.expectedOf(ToolFile.textInside(document), document.toString())
            : document;
    assertEquals(expected, data.body());
    assertEquals(Sha256.of(expected), saved.json().getString("digest"));
    assertEquals(200, detail.status(), detail::toString);
    assertDoesNotThrow(() -> readStrictly(detail.body()));
  }

  private static void readStrictly(Buffer json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json.getBytes())) {
      while (parser.nextToken() != null) {
        parser.finishToken();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatIsNoDocumentIsRefusedAsData(Path path) {
    Buffer bytes = Buffer.buffer(ToolFile.read(path).bytes());
    String name = "refused " + path;

    Answer refused = service.client().post("/raw_input", Bodies.withData(name, bytes));

    boolean tooDeep = ToolFile.read(path).isOneDocument();
    requireProblem(refused, 400, tooDeep ? "nested-too-deep" : "broken-json", "/raw_input");
    assertEquals(404, service.client().get(Bodies.path(name)).status());
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatIsNoDocumentIsStoredAsText(Path path) {
    String text = ToolFile.read(path).text();
    String asJson = Json.encode(text);
    Answer saved = service.client().post("/raw_input", Bodies.withData("" + path, asJson));

    Answer data = service.client().get(Bodies.path("" + path) + "/data");

    if (ToolFile.read(path).isOneDocument()) {
      requireProblem(saved, 400, "nested-too-deep", "/raw_input");
    } else {
      assertEquals(200, saved.status(), saved::toString);
      assertEquals(ToolFile.expectedOf(text, asJson), data.body());
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void aDocumentInAStringIsTheSame(Path path) {
    String text = ToolFile.read(path).document().toString();
    String asJson = Json.encode(text);
    String name = "in a string " + path;
    Answer saved = service.client().post("/standardized_output", Bodies.withData(name, asJson));

    Answer data = service.client().get(saved.header("Location").replace("?version=1", "/data"));

    assertTrue(saved.header("Location").startsWith("standardized_output/"), saved::toString);
    assertEquals(ToolFile.expectedOf(text, asJson), data.body());
  }
}
