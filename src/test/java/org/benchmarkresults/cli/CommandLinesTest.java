package org.benchmarkresults.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.config.LegacyDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Parsing only: the node records the source that it is given and runs nothing. */
class CommandLinesTest {
  private static final String URL = "mongodb://me:s3cr3t@db/results";

  @Command(name = "root", mixinStandardHelpOptions = true)
  private static final class Root {}

  private final List<LegacyDatabase> started = new ArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int run(Map<String, String> environment, String... words) {
    CommandNode node =
        (source, action) -> {
          started.add(source);
          return 0;
        };
    PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);
    CommandLine root =
        new CommandLine(new Root())
            .addSubcommand(new KeysCommand(node, Clock.systemUTC(), System.out, err))
            .addSubcommand(new ImportCommand(node, environment, System.out, err));
    return CommandLines.prepared(root, System.out, err).execute(words);
  }

  private String firstFault(String... words) {
    assertEquals(1, run(Map.of(), words));
    assertEquals(List.of(), started);
    String text = printed.toString(StandardCharsets.UTF_8);
    assertFalse(text.contains("s3cr3t"), text);
    return text.lines().findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create --scope admin",
        "create --scope write,read --expires=90d --benchmark-prefix Eval --note nightly",
        "create --scope=read,",
        "create --note=@x --scope delete",
        "list",
        "revoke 00a1"
      })
  void acceptsKeysCommands(String words) {
    assertEquals(0, run(Map.of(), ("keys " + words).split(" ")), printed::toString);
    assertEquals(1, started.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "keys|Missing required subcommand",
        "kees|unknown command kees; did you mean keys?",
        "keys delete|unknown command delete",
        "keys revok 1|unknown command revok; did you mean revoke?",
        "keys list all|unexpected argument",
        "keys br_00a1b2c3d4e5f607_s3cr3t|unknown command",
        "keys revoke --br_00a1b2c3d4e5f607_s3cr3t|unknown option",
        "mongodb://me:s3cr3t@db/x|unknown command",
        "import -mongodb://me:s3cr3t@db/x|unknown option",
        "import --again=mongodb://me:s3cr3t@db/x|invalid value for option --again",
        "keys create --scope read --benchmark-prefix=|--benchmark-prefix must not be empty",
        "keys create --scope read --expires 0s|--expires must be longer than 0s",
        "keys create --scope read --note a\tb|--note must not contain control characters",
        "keys revoke|Missing required parameter: 'ID'",
        "keys create|Missing required option: '--scope=SCOPES'",
        "keys create --scope|Missing required parameter for option '--scope' (SCOPES)",
        "keys create --scop read|unknown option --scop; did you mean --scope?",
        "keys create --scope ,|--scope must name some of read, write, delete and admin",
        "keys create --scope reed|reed is not a scope; the scopes are read, write, delete and admin",
        "keys create --scope read --expire 1d|unknown option --expire; did you mean --expires?",
        "keys create --scope read --expires 1y|--expires must be a time such as 800ms, 10s, 5m, 2h or 30d, is \"1y\"",
        "keys create --scope admin --benchmark-prefix a|a key with the scope admin cannot be restricted to some benchmarks",
        "import|Missing required option: '--from=URL'",
        "import --from|Missing required parameter for option '--from' (URL)",
        "import --from --again|Expected parameter for option '--from' but found '--again'",
        "import --form=mongodb://me:s3cr3t@db/x|unknown option --form; did you mean --from?",
        "import --form mongodb://me:s3cr3t@db/x|unknown option --form; did you mean --from?",
        "import mongodb://me:s3cr3t@db/x|unexpected argument",
        "import --from http://me:s3cr3t@db|--from must begin with mongodb:// or mongodb+srv://",
        "import --from mongodb://me:s3cr3t@db/x --raw-collection x --standardized-collection x|--raw-collection and --standardized-collection are both x"
      })
  void namesTheFault(String words, String fault) {
    assertEquals(fault, firstFault(words.split(" ")));
  }

  @Test
  void namesEveryFaultOfAKey() {
    firstFault("keys", "create", "--scope", "reed", "--expires", "1y", "--note", "x".repeat(201));

    assertEquals(3, printed.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void readsAllOptionsOfAnImport() {
    String url = URL + "?a=b";
    int code =
        run(
            Map.of(),
            "import",
            "--again",
            "--from=" + url,
            "--raw-collection",
            "r",
            "--standardized-collection=s",
            "--report",
            "refused.jsonl");

    assertEquals(0, code, printed::toString);
    assertEquals(url, started.get(0).url().value());
    assertEquals("r", started.get(0).rawCollection());
    assertEquals("s", started.get(0).standardizedCollection());
  }

  @Test
  void readsTheUrlOfAnImportFromTheEnvironment() {
    assertEquals(0, run(Map.of("IMPORT_FROM", URL), "import"), printed::toString);

    assertEquals(URL, started.get(0).url().value());
    assertEquals("raw", started.get(0).rawCollection());
    assertEquals("standardized", started.get(0).standardizedCollection());
    assertFalse(started.toString().contains("s3cr3t"), started::toString);
  }

  @Test
  void printsTheUsageAfterAFault() {
    assertTrue(firstFault("keys", "create", "--nope").startsWith("unknown option --nope"));

    assertTrue(printed.toString(StandardCharsets.UTF_8).contains("--benchmark-prefix=TEXT"));
  }
}
