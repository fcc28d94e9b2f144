package org.benchmarkresults.service.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.FreePorts;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.cli.CommandLines;
import org.benchmarkresults.cli.push.PushCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command {@code push} and a running service. */
class PushTest {
  private static final int LIMIT = 100_000;

  @RegisterExtension
  final RunningService service =
      RunningService.on(Backend.EMBEDDED, Map.of("HTTP_BODY_LIMIT", LIMIT + "B"));

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String server;

  @BeforeEach
  void nameTheServer() {
    server = "http://127.0.0.1:" + service.port();
  }

  private int push(String... words) {
    return push(Map.of(), words);
  }

  private int push(Map<String, String> environment, String... words) {
    out.reset();
    err.reset();
    PrintStream results = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream terminal = new PrintStream(err, true, StandardCharsets.UTF_8);
    CommandLine command = new CommandLine(new PushCommand(environment, results, terminal, false));
    List<String> all = new ArrayList<>(List.of("--server", server));
    all.addAll(List.of(words));
    return CommandLines.prepared(command, results, terminal).execute(all.toArray(String[]::new));
  }

  private String table() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String messages() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void requireRow(String tool, int files, int results) {
    assertTrue(
        table()
            .lines()
            .anyMatch(line -> line.matches(tool + " +" + files + " +" + results + " .*")),
        this::table);
  }

  @Test
  void storesTheFilesOfAFolder() throws IOException {
    write("a/one.json", ToolOutput.VLLM.replace("16.20", "3.0"));
    write("a/b/two.JSONL", ToolOutput.llamaBench(1) + "\n" + ToolOutput.llamaBench(2) + "\n");
    write("a/one-more.ndjson", ToolOutput.llamaBench(3));
    write("a/notes.txt", "no result");
    write(".cache/three.json", ToolOutput.VLLM.replace("16.20", "1.0"));
    try (OutputStream gzip =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("four.json.gz")))) {
      gzip.write(ToolOutput.VLLM.replace("16.20", "4.0").getBytes(StandardCharsets.UTF_8));
    }

    int first = push("--context", "push=folder", folder.toString());

    assertEquals(0, first, () -> table() + messages());
    requireRow("vllm", 2, 2);
    requireRow("llama-bench", 2, 3);
    requireRow("total", 4, 5);
    assertTrue(table().contains("\nstored: 5\n"), this::table);
    assertEquals(0, push("--context", "push=folder", folder.toString()));
    assertTrue(table().contains("\nalready stored: 5\n"), this::table);
  }

  @Test
  void whatIsRefusedIsListedWithItsReason() throws IOException {
    write("broken.json", "{");
    write(
        "samples.jsonl",
        Files.readString(Path.of("src/test/resources/adapters/lm-eval/samples.jsonl")));
    write("lines.jsonl", ToolOutput.llamaBench(21) + "\n{\n");
    write("large.json", " ".repeat(LIMIT + 1));
    write("untimed.json", ToolOutput.sglang("1"));

    int code = push("--context", "push=refused", folder.toString());

    assertEquals(1, code, () -> table() + messages());
    requireRow("total", 1, 1);
    for (String reason :
        List.of(
            "broken.json: Byte 1: ",
            "samples.jsonl: The file of samples of lm-eval tells neither the run nor its model",
            "lines.jsonl: line 2: Byte ",
            "large.json: The body is larger than the limit of " + LIMIT,
            "untimed.json: timestamp: the file does not tell")) {
      assertTrue(table().contains(reason), () -> reason + " in " + table());
    }
    assertEquals(
        0,
        push(
            "--exclude",
            "[bslu][rane]*",
            "--exclude",
            "large.*",
            write("own/a.json", ToolOutput.llamaBench(22)).getParent().toString()),
        this::table);
  }

  @Test
  void theTimeOfAFileStandsInForAMissingOne() throws IOException {
    Path untimed = write("untimed.json", ToolOutput.sglang("2"));
    Path timed = write("timed.json", ToolOutput.llamaBench(31));
    for (Path file : List.of(untimed, timed)) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-04T05:06:07.89Z")));
    }

    int code =
        push("--timestamp", "file-time", "--context", "push=time", "--run-id=r", folder.toString());

    assertEquals(0, code, () -> table() + messages());
    List<String> names =
        service.client().get("/raw_input?run_id=r").array().stream()
            .map(row -> ((JsonObject) row).getString("timestamp"))
            .sorted()
            .toList();
    assertEquals(List.of("2026-02-03T04:05:06Z", "2026-03-04T05:06:07Z"), names);
  }

  @Test
  void filesOfOneNameDoNotBecomeVersionsOfOneResult() throws IOException {
    write("a.json", ToolOutput.VLLM.replace("16.20", "5.0"));
    write("b.json", ToolOutput.VLLM.replace("16.20", "6.0"));

    int code = push("--run-id", "same", folder.toString());

    assertEquals(1, code, () -> table() + messages());
    assertTrue(table().contains("--run-id"), this::table);
    assertEquals(1, service.client().get("/raw_input?run_id=same").array().size());
  }

  @Test
  void aFileNamedIsSentWhateverItsName() throws IOException {
    assertEquals(0, push(write("result.out", ToolOutput.VLLM).toString()), this::table);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--context hardware /tmp",
        "--server ftp://x /tmp",
        "--server http:// /tmp",
        "--retry-for soon /tmp",
        "--key-file /no/such/file /tmp",
        "--unknown /tmp",
        "/no/such/folder",
        ""
      })
  void wrongArgumentsEndWithTwo(String words) {
    String[] all = words.isEmpty() ? new String[0] : words.split(" ");

    assertEquals(2, push(all), this::messages);
    assertFalse(messages().isBlank());
    assertFalse(messages().contains("Exception"), this::messages);
  }

  @Test
  void aFolderWithoutResultsIsAnError() {
    assertEquals(2, push(folder.toString()));
    assertTrue(messages().contains(".json"), this::messages);
  }

  @Test
  void aServiceThatIsNotThereEndsWithTwo() throws IOException {
    write("a.json", ToolOutput.VLLM);
    server = "http://127.0.0.1:" + FreePorts.one();

    assertEquals(2, push("--retry-for", "0s", folder.toString()));
    assertTrue(messages().contains("cannot reach " + server), this::messages);
  }

  /** A service that is not there for the first requests, and records keys. */
  private static HttpServer failingFirst(
      Vertx vertx, int failures, AtomicInteger requests, List<String> keys) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> answer(request, failures, requests, keys))
        .listen(0, "127.0.0.1")
        .await();
  }

  private static void answer(
      HttpServerRequest request, int failures, AtomicInteger requests, List<String> keys) {
    int number = requests.incrementAndGet();
    keys.add(String.valueOf(request.getHeader("Authorization")));
    request
        .body()
        .onSuccess(
            body -> {
              if (number > failures) {
                var unused =
                    request
                        .response()
                        .end("{\"results\":[{\"line\":1,\"status\":200,\"outcome\":\"stored\"}]}");
              } else if (number % 2 == 0) {
                var unused = request.connection().close();
              } else {
                var unused = request.response().setStatusCode(number == 1 ? 503 : 429).end();
              }
            });
  }

  @Test
  void retriesWhatMaySucceedLater() throws IOException {
    write("a.json", ToolOutput.VLLM);
    Vertx vertx = Vertx.vertx();
    try {
      AtomicInteger requests = new AtomicInteger();
      List<String> keys = new ArrayList<>();
      HttpServer other = failingFirst(vertx, 3, requests, keys);
      server = "http://127.0.0.1:" + other.actualPort() + "/";

      int code = push(Map.of("BENCHMARK_RESULTS_KEY", "a-key"), folder.toString());

      assertEquals(0, code, () -> table() + messages());
      assertEquals(4, requests.get());
      assertTrue(messages().contains("retrying: "), this::messages);
      assertEquals("Bearer a-key", keys.get(3));
      assertFalse(messages().contains("a-key"));
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void aDryRunStoresNothing() throws IOException {
    write("a.json", ToolOutput.VLLM.replace("Qwen/", "dry/"));

    push("--dry-run", folder.toString());

    assertEquals(0, service.client().get("/raw_input?model_id=dry/Qwen3-8B").array().size());
  }
}
