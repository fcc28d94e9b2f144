package org.benchmarkresults.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import org.benchmarkresults.config.ConfigException;
import org.benchmarkresults.config.LegacyDatabase;
import org.benchmarkresults.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What the command {@code import} was told.
 *
 * @param replaced where to read from
 * @param again whether to begin at the start whatever was kept of an earlier run
 * @param report the file that lists what was refused; null to print the first of them
 */
public record ImportArguments(LegacyDatabase replaced, boolean again, @Nullable Path report) {
  static final String COMMAND = "import";

  static final String USAGE =
      """
      usage: import --from mongodb://HOST/DATABASE [--raw-collection raw]
             [--standardized-collection standardized] [--again] [--report FILE]

        --from URL     connection string of the database to read; IMPORT_FROM in the environment does too
        --report FILE  writes every refused record as a JSON line
        --again        begins at the start, not where an earlier run ended

      exit code: 0 all is stored, 3 some records were refused, 1 it failed""";

  private static final String FROM = "--from";
  private static final String RAW = "--raw-collection";
  private static final String STANDARDIZED = "--standardized-collection";
  private static final String REPORT = "--report";
  private static final String AGAIN = "--again";
  private static final Set<String> WITH_VALUE = Set.of(FROM, RAW, STANDARDIZED, REPORT);

  /** Stands for {@code --from}, for who does not want a password in the list of processes. */
  private static final String FROM_VARIABLE = "IMPORT_FROM";

  /**
   * Reads the words of the command line.
   *
   * @throws ConfigException naming every fault
   */
  public static ImportArguments of(List<String> words, Map<String, String> environment) {
    Map<String, String> given = new HashMap<>();
    List<String> faults = new ArrayList<>();
    ListIterator<String> rest = words.listIterator();
    if (!rest.hasNext() || !rest.next().equals(COMMAND)) {
      throw new ConfigException(
          List.of("the commands are import, keys, backup and restore", Help.GENERAL));
    }
    while (rest.hasNext()) {
      String word = rest.next();
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      String name = equals < 0 ? word : word.substring(0, equals);
      if (name.equals(AGAIN) && equals < 0) {
        given.put(name, "");
      } else if (!WITH_VALUE.contains(name)) {
        // Not the word itself: it may be a URL with a password that lost its name.
        faults.add(name.startsWith("--") ? name + " is no option" : "a word belongs to no option");
        Words.skipValue(word, rest);
      } else if (equals >= 0) {
        given.put(name, word.substring(equals + 1));
      } else if (rest.hasNext()) {
        given.put(name, rest.next());
      } else {
        faults.add(name + " needs a value");
      }
    }
    return of(given, environment, faults);
  }

  private static ImportArguments of(
      Map<String, String> given, Map<String, String> environment, List<String> faults) {
    String from = given.getOrDefault(FROM, environment.getOrDefault(FROM_VARIABLE, ""));
    if (from.isEmpty() && faults.isEmpty()) {
      faults.add(FROM + " is missing");
    }
    if (!faults.isEmpty()) {
      faults.add(USAGE);
      throw new ConfigException(faults);
    }
    LegacyDatabase replaced =
        new LegacyDatabase(
            new Secret(from),
            given.getOrDefault(RAW, "raw"),
            given.getOrDefault(STANDARDIZED, "standardized"));
    String report = given.get(REPORT);
    return new ImportArguments(
        replaced, given.containsKey(AGAIN), report == null ? null : Path.of(report));
  }
}
