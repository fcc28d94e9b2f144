package org.benchmarkresults.service.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.cli.CommandLines;
import org.benchmarkresults.cli.push.PushCommand;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command {@code push} attaches samples and logs to the results beside them. */
@OnDatabases
class PushRunFilesTest {
  private static final String DATE = "2024-08-21T03-44-09.494230";
  private static final String SAMPLES =
      "{\"doc_id\": 0, \"doc\": {\"q\": \"x\"}, \"arguments\": {}, \"resps\": [[\"9\"]]}\n";

  @RegisterExtension final RunningService service;
  @TempDir Path folder;
  private String table = "";

  PushRunFilesTest(Backend backend) {
    service = RunningService.on(backend);
  }

  private int push(String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    CommandLine command = new CommandLine(new PushCommand(Map.of(), out, out, false));
    List<String> all = new ArrayList<>(List.of("--server", "http://127.0.0.1:" + service.port()));
    all.addAll(List.of(words));
    int code = CommandLines.prepared(command, out, out).execute(all.toArray(String[]::new));
    table = bytes.toString(StandardCharsets.UTF_8);
    return code;
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String results(String model) {
    return new JsonObject()
        .put("results", new JsonObject().put("task", new JsonObject().put("acc,none", 0.5)))
        .put("config", new JsonObject().put("model", "hf"))
        .put("model_name", model)
        .put("date", 1_724_211_836.1)
        .encode();
  }

  private List<String> attachmentsOf(String model) {
    JsonObject row =
        (JsonObject) service.client().get("/raw_input?model_id=" + model).array().getValue(0);
    String path = "/raw_input/" + Bodies.encoded(row.getString("pk")) + "/attachments";
    return service.client().get(path).array().stream()
        .map(attachment -> ((JsonObject) attachment).getString("name"))
        .sorted()
        .toList();
  }

  @Test
  void samplesAndLogsLieBesideTheResultsOfTheirFolder() throws IOException {
    for (String model : List.of("a", "b")) {
      write(model + "/results_" + DATE + ".json", results(model));
      write(model + "/samples_task_" + DATE + ".jsonl", SAMPLES.replace("9", model));
      write(model + "/results_" + DATE + ".log", "the log of " + model);
    }
    try (OutputStream gzip =
        new GZIPOutputStream(
            Files.newOutputStream(folder.resolve("a/samples_other_" + DATE + ".jsonl.gz")))) {
      gzip.write(SAMPLES.getBytes(StandardCharsets.UTF_8));
    }

    int dry = push("--dry-run", folder.toString());
    assertEquals(0, dry, table);
    assertTrue(table.contains("would be attached to their runs: 5"), table);
    int code = push(folder.toString());
    assertEquals(0, code, table);
    assertTrue(table.contains("attached: 5, stored: 2"), table);
    int again = push(folder.toString());
    assertEquals(0, again, table);
    assertTrue(table.contains("already attached: 5, already stored: 2"), table);

    String log = "results_" + DATE + ".log";
    String samples = "samples_task_" + DATE + ".jsonl";
    assertEquals(List.of(log, "samples_other_" + DATE + ".jsonl", samples), attachmentsOf("a"));
    assertEquals(List.of(log, samples), attachmentsOf("b"));
  }

  @Test
  void aRunFileWithoutItsRunIsRefusedAndDoesNotStopTheOthers() throws IOException {
    write("results_" + DATE + ".json", results("c"));
    write("samples_task_" + DATE + ".jsonl", SAMPLES);
    write("samples_task_2025-01-01T00-00-00.000001.jsonl", SAMPLES);
    write("elsewhere/run.log", "a log");

    int code = push(folder.toString());

    assertEquals(1, code, table);
    assertTrue(table.contains("attached: 1, stored: 1"), table);
    assertTrue(table.contains("000001.jsonl: The file of samples of lm-eval tells neither"), table);
    assertTrue(table.contains("run.log: A log tells neither the run"), table);
    assertEquals(List.of("samples_task_" + DATE + ".jsonl"), attachmentsOf("c"));
  }

  @Test
  void theOptionsNameTheRunOfALogThatLiesElsewhere() throws IOException {
    write("out/results.json", results("d"));
    write("logs/stdout.log", "a log");

    int code = push("--run-id", "nightly", folder.toString());

    assertEquals(0, code, table);
    assertEquals(List.of("stdout.log"), attachmentsOf("d"));
  }
}
