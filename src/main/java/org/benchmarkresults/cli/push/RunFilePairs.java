package org.benchmarkresults.cli.push;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.benchmarkresults.cli.push.Pushed.Stored;
import org.jspecify.annotations.Nullable;

/**
 * Tells which stored result a file that belongs to a run lies beside: lm-eval writes the results
 * and the samples of a run into one folder, with the same date at the end of their names; a log has
 * the name of its results, but for the ending.
 */
final class RunFilePairs {
  private static final Pattern DATE =
      Pattern.compile(".*_(\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d(?:\\.\\d+)?)");
  private static final Pattern SAMPLES =
      Pattern.compile("(.+[_.-])?samples([_.-].+)?\\.(jsonl|ndjson)(\\.gz)?");
  private static final Pattern OTHERS = Pattern.compile(".+\\.(eval|log)");

  /** The result that each key of a file stands for; more than one is none. */
  private final Map<String, Set<String>> results = new HashMap<>();

  /** Whether a file belongs to a run instead of being its results. */
  static boolean isRunFile(Path file) {
    String name = name(file).toLowerCase(Locale.ROOT);
    return SAMPLES.matcher(name).matches() || OTHERS.matcher(name).matches();
  }

  RunFilePairs(Collection<Pushed> stored) {
    for (Pushed pushed : stored) {
      for (Stored result : pushed.results()) {
        if (result.name() != null) {
          keys(pushed.file())
              .forEach(
                  key -> results.computeIfAbsent(key, k -> new HashSet<>()).add(result.name()));
        }
      }
    }
  }

  /** The name of the one result beside the file; null when there is none, or several. */
  @Nullable String resultOf(Path file) {
    for (String key : keys(file)) {
      Set<String> named = results.getOrDefault(key, Set.of());
      if (named.size() == 1) {
        return named.iterator().next();
      }
    }
    return null;
  }

  /** By the whole name without its ending, and by the date in it. */
  private static List<String> keys(Path file) {
    String folder = String.valueOf(file.toAbsolutePath().normalize().getParent());
    String stem =
        name(file)
            .replaceFirst("(?i)\\.gz$", "")
            .replaceFirst("(?i)\\.(json|jsonl|ndjson|eval|log)$", "");
    Matcher date = DATE.matcher(stem);
    return date.matches()
        ? List.of(folder + "/" + stem, folder + "/*_" + date.group(1))
        : List.of(folder + "/" + stem);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
