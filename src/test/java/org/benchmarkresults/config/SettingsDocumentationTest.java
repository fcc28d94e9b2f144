package org.benchmarkresults.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Compares the tables of settings in the documentation with the settings of the code. */
class SettingsDocumentationTest {
  @Test
  void configurationListsEverySettingWithVariableAndDefault() throws IOException {
    List<String> expected =
        ConfigLoader.defaults().entrySet().stream()
            .map(each -> String.join(" ", each.getKey(), variable(each.getKey()), each.getValue()))
            .toList();

    List<String> documented =
        rows("| `[a-z_.]+` | `[A-Z_]+` |", Path.of("docs", "configuration.md")).stream()
            .map(cells -> String.join(" ", cells.get(0), cells.get(1), cells.get(2)))
            .toList();

    assertEquals(expected, documented);
  }

  @Test
  void readmeHasTheDefaultsOfTheCode() throws IOException {
    Map<String, String> defaults = new LinkedHashMap<>();
    ConfigLoader.defaults().forEach((path, value) -> defaults.put(variable(path), value));
    // Read by the logging alone, before there is a configuration.
    defaults.put("LOG_FORMAT", "");

    List<List<String>> rows = rows("| `[A-Z_]+` |", Path.of("README.md"));

    assertFalse(rows.isEmpty());
    for (List<String> cells : rows) {
      assertEquals(defaults.get(cells.get(0)), cells.get(1), cells.get(0));
    }
  }

  /** The cells of the table rows that begin like this, without backticks. */
  private static List<List<String>> rows(String beginning, Path file) throws IOException {
    String pattern = beginning.replace("|", "\\|") + ".*";
    return Files.readAllLines(file).stream()
        .filter(line -> line.matches(pattern))
        .map(line -> line.replace("`", "").split(" *\\| *", -1))
        .map(cells -> List.of(cells).subList(1, cells.length - 1))
        .toList();
  }

  private static String variable(String path) {
    return path.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
