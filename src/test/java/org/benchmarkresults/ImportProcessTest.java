package org.benchmarkresults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.benchmarkresults.ImportDatabases.Run;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, ended in the middle, and where it must not run at all. */
class ImportProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int RECORDS = 30_000;
  private static final Pattern READ = Pattern.compile("raw: read (\\d+), stored \\1, .*");

  @TempDir private Path folder;
  @RegisterExtension final ImportDatabases room = new ImportDatabases(Backend.MONGOD);

  private void fillSource() {
    for (int from = 0; from < RECORDS; from += 5_000) {
      room.insert(
          "raw",
          IntStream.range(from, from + 5_000)
              .mapToObj(i -> ImportDatabases.record("r" + i, new BsonString("x".repeat(500))))
              .toList());
    }
  }

  private Process start(String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "import"));
    command.addAll(List.of(words));
    ProcessBuilder java = new ProcessBuilder(command);
    java.environment().putAll(room.target().environment());
    java.environment().put("IMPORT_FROM", room.sourceUrl());
    return java.redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("terminal").toFile())
        .start();
  }

  private long stored() {
    return Driver.await(Driver.of(room.target()).getCollection("raw_input").countDocuments())
        .get(0);
  }

  private boolean anyPositionIsKept() {
    return Driver.await(Driver.of(room.target()).getCollection("imports").countDocuments()).get(0)
        > 0;
  }

  /** Comes back in the middle of the run. */
  private void awaitFirstBatch(Process process) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!anyPositionIsKept()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new AssertionError("nothing is brought in");
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  @Test
  @Tag("chaos")
  void aSignalStopsItWithTheCountsAndTheNextRunGoesOn() throws IOException {
    fillSource();
    Process process = start();
    awaitFirstBatch(process);

    // SIGTERM; a process that was started in the background does not get to see SIGINT.
    process.destroy();
    process.onExit().join();
    long afterwards = stored();
    Run rest = room.run();

    List<String> out = Files.readAllLines(folder.resolve("out"));
    Matcher line = READ.matcher(out.get(0));
    assertTrue(line.matches(), out::toString);
    long counted = Long.parseLong(line.group(1));
    assertTrue(counted < RECORDS, "it was done before the signal came");
    assertEquals(counted, afterwards);
    assertTrue(
        Files.readString(folder.resolve("terminal"))
            .contains("the same command continues from here"));
    assertEquals(0, rest.exitCode(), rest::toString);
    assertTrue(
        rest.out().get(0).startsWith("raw: read " + (RECORDS - counted) + ", stored "),
        rest::toString);
    assertEquals(RECORDS, stored());
  }

  @Test
  @Tag("chaos")
  void afterAKillTheNextRunGoesOnAndNothingIsThereTwice() throws IOException {
    fillSource();
    Process process = start();
    awaitFirstBatch(process);

    process.destroyForcibly().onExit().join();
    long before = stored();
    Run rest = room.run();

    assertEquals(0, rest.exitCode(), rest::toString);
    assertTrue(rest.out().get(0).contains("new_version 0, refused 0"), rest::toString);
    assertFalse(rest.out().get(0).startsWith("raw: read " + RECORDS + ","), rest::toString);
    assertEquals(RECORDS, stored());
    assertTrue(before >= 1_000, () -> "stored before: " + before);
  }

  @Test
  void theExitCodeTellsWhetherAllIsSafeAndOutputIsTheSummaryAlone() throws IOException {
    room.insert("raw", ImportDatabases.record("run", new BsonInt32(1)));
    int all = start().onExit().join().exitValue();
    String out = Files.readString(folder.resolve("out"));
    room.insert("raw", new BsonDocument("pk", new BsonInt32(1)));
    int some = start().onExit().join().exitValue();
    int none = start("--form", "x").onExit().join().exitValue();

    assertEquals(0, all);
    assertEquals(
        "raw: read 1, stored 1, already_stored 0, new_version 0, refused 0",
        out.strip().lines().findFirst().orElseThrow());
    assertEquals(2, out.lines().count(), out);
    assertEquals(3, some);
    assertEquals(1, none);
    assertTrue(Files.readString(folder.resolve("terminal")).contains("unknown option --form"));
    assertEquals("", Files.readString(folder.resolve("out")));
  }

  @Test
  void whatThisServiceWritesIsNotReadByIt() {
    String own = url(room.target().environment().get("MONGO_URL"));
    Run byTheSameHost = room.runFrom(own, "--raw-collection", "raw_input");
    Run byAnotherName =
        room.runFrom(
            own.replace("127.0.0.1", "localhost").replaceFirst("\\?.*", "?directConnection=true"),
            "--standardized-collection",
            "imports");
    Run anotherDatabase = room.run("--raw-collection", "raw_input");

    for (Run refused : List.of(byTheSameHost, byAnotherName)) {
      assertEquals(1, refused.exitCode());
      assertTrue(
          refused.terminal().contains("the database of this service itself"), refused::toString);
    }
    assertTrue(
        anotherDatabase.terminal().contains("none of these is there"), anotherDatabase::toString);
  }

  private String url(String server) {
    return server.replaceFirst(
        "/\\?", "/" + room.target().environment().get("MONGO_DATABASE") + "?");
  }
}
