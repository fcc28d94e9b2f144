package org.benchmarkresults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The output of {@code java -jar} before and instead of a start. */
class LauncherTest {
  private static final int JAVA_8 = 52;
  private static final Path CLASSES = Path.of("target", "classes");

  private record Ended(int code, String out, String err) {}

  private static Ended run(Path java, String classPath, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(java.toString(), "-cp", classPath, Launcher.class.getName()));
    command.addAll(List.of(words));
    Path out = Files.createTempFile("out", "");
    Path err = Files.createTempFile("err", "");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int code = process.waitFor();
    return new Ended(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private static Ended run(String... words) throws Exception {
    return run(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"),
        words);
  }

  /** Without a process of its own, which takes a second to start. */
  private static Ended runHere(String words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Commands.of(
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .execute(words.split(" "));
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void anyJavaSince8CanLoadIt() throws IOException {
    try (var in =
        new DataInputStream(
            Objects.requireNonNull(Launcher.class.getResourceAsStream("Launcher.class")))) {
      in.readInt();
      in.readUnsignedShort();
      assertEquals(JAVA_8, in.readUnsignedShort());
    }
  }

  @Test
  void anOlderJavaSaysWhichIsNeeded() throws Exception {
    try (Stream<Path> installed =
        Files.isDirectory(Path.of("/usr/lib/jvm"))
            ? Files.list(Path.of("/usr/lib/jvm"))
            : Stream.empty()) {
      List<Path> older =
          installed
              .filter(home -> home.getFileName().toString().matches("java-(8|11|17)-openjdk.*"))
              .map(home -> home.resolve("bin").resolve("java"))
              .filter(Files::isExecutable)
              .toList();
      for (Path java : older) {
        Ended ended = run(java, CLASSES.toString());

        assertEquals(1, ended.code);
        assertTrue(ended.err.startsWith("benchmark-results needs Java 21 or newer"), ended.err);
        assertEquals(1, ended.err.lines().count(), ended.err);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "help",
        "keys --help",
        "keys -h",
        "keys create --help",
        "keys list --help",
        "import --help",
        "import --from mongodb://h/d --help",
        "help import",
        "nothing --help"
      })
  void helpIsNoFailure(String words) {
    Ended ended = runHere(words);

    assertEquals(0, ended.code, ended.err);
    assertTrue(ended.out.startsWith("usage: "), ended.out);
    assertEquals("", ended.err);
    if (words.equals("keys --help") || words.contains("create")) {
      assertTrue(ended.out.contains("--scope"), ended.out);
    }
    if (words.contains("import")) {
      assertTrue(ended.out.contains("--from"), ended.out);
    }
  }

  @Test
  void printsItsVersion() throws Exception {
    Ended ended = run("--version");

    assertEquals(0, ended.code, ended.err);
    assertTrue(ended.out.matches("benchmark-results \\d+\\.\\d+\\.\\d+\\R"), ended.out);
    assertEquals(ended.out, runHere("-V").out);
    assertEquals(ended.out, runHere("keys --version").out);
  }

  @Test
  void anUnknownCommandNamesThoseThatAreThere() throws Exception {
    Ended ended = run("imprt");

    assertEquals(1, ended.code);
    assertTrue(ended.err.contains("import") && ended.err.contains("keys"), ended.err);
  }
}
