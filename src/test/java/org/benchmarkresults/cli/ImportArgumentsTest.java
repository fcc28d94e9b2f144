package org.benchmarkresults.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.config.ConfigException;
import org.junit.jupiter.api.Test;

/** What the command line says. */
class ImportArgumentsTest {
  private static final String URL = "mongodb://me:s3cr3t@db/results";

  private static ImportArguments of(String... words) {
    return ImportArguments.of(List.of(words), Map.of());
  }

  private static List<String> faults(String... words) {
    List<String> faults = assertThrows(ConfigException.class, () -> of(words)).faults();
    assertFalse(faults.toString().contains("s3cr3t"), faults::toString);
    return faults;
  }

  @Test
  void aUrlIsAllItTakes() {
    ImportArguments arguments = of("import", "--from", URL);

    assertEquals(URL, arguments.replaced().url().value());
    assertEquals("raw", arguments.replaced().rawCollection());
    assertEquals("standardized", arguments.replaced().standardizedCollection());
    assertFalse(arguments.again());
    assertNull(arguments.report());
  }

  @Test
  void everyOptionIsTakenWithABlankOrAnEqualsSign() {
    ImportArguments arguments =
        of(
            "import",
            "--again",
            "--from=" + URL + "?a=b",
            "--raw-collection",
            "r",
            "--standardized-collection=s",
            "--report",
            "refused.jsonl");

    assertEquals(URL + "?a=b", arguments.replaced().url().value());
    assertEquals("r", arguments.replaced().rawCollection());
    assertEquals("s", arguments.replaced().standardizedCollection());
    assertTrue(arguments.again());
    assertEquals(Path.of("refused.jsonl"), arguments.report());
  }

  @Test
  void theUrlMayStandInTheEnvironmentWhereNobodySeesIt() {
    ImportArguments arguments = ImportArguments.of(List.of("import"), Map.of("IMPORT_FROM", URL));

    assertEquals(URL, arguments.replaced().url().value());
    assertFalse(arguments.toString().contains("s3cr3t"), arguments::toString);
  }

  @Test
  void whatIsWrongIsNamed() {
    assertEquals("the commands are import, keys, backup and restore", faults("export").get(0));
    assertTrue(faults("export").get(1).contains("commands, each with --help"));
    assertEquals("--from is missing", faults("import").get(0));
    assertEquals("--from needs a value", faults("import", "--from").get(0));
    assertEquals("--form is no option", faults("import", "--form=" + URL).get(0));
    assertEquals(2, faults("import", "--form", URL).size());
    assertEquals(3, faults("import", "--form", "--agian").size());
    assertEquals("a word belongs to no option", faults("import", URL).get(0));
    assertEquals(
        "--from must begin with mongodb:// or mongodb+srv://",
        faults("import", "--from", "http://me:s3cr3t@db").get(0));
    assertEquals(
        "--raw-collection and --standardized-collection are both x",
        faults("import", "--from", URL, "--raw-collection", "x", "--standardized-collection", "x")
            .get(0));
  }
}
