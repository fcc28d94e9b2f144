package org.benchmarkresults.cli.push;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.benchmarkresults.cli.push.Pushed.Stored;

/** The table at the end: what was recognised, and what was not stored and why. */
final class PushReport {
  private static final String ROW = "%-24s  %7s  %8s  %12s";

  /** Files, results and observations of one tool. */
  private static final class Count {
    private final Set<Object> files = new HashSet<>();
    private long results;
    private long observations;

    void add(Pushed pushed, Stored stored) {
      files.add(pushed.file());
      results++;
      observations += stored.observations();
    }
  }

  private final List<Pushed> all;

  PushReport(Collection<Pushed> all) {
    this.all = all.stream().sorted(Comparator.comparing(Pushed::file)).toList();
  }

  boolean isAnyRefused() {
    return all.stream().anyMatch(pushed -> !pushed.refusals().isEmpty());
  }

  void print(PrintStream out) {
    Map<String, Count> tools = new TreeMap<>();
    Count total = new Count();
    for (Pushed pushed : all) {
      for (Stored stored : pushed.results()) {
        String tool = stored.tool() == null ? "(not recognised)" : stored.tool();
        tools.computeIfAbsent(tool, name -> new Count()).add(pushed, stored);
        total.add(pushed, stored);
      }
    }
    out.println(ROW.formatted("TOOL", "FILES", "RESULTS", "OBSERVATIONS"));
    tools.forEach((tool, count) -> print(tool, count, out));
    print("total", total, out);
    printOutcomes(out);
    printRefusals(out);
  }

  private static void print(String tool, Count count, PrintStream out) {
    out.println(
        ROW.formatted(tool, count.files.size(), number(count.results), number(count.observations)));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private void printOutcomes(PrintStream out) {
    String outcomes =
        all.stream()
            .flatMap(PushReport::outcomes)
            .collect(Collectors.groupingBy(text -> text, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(outcome -> outcome.getKey().replace('_', ' ') + ": " + outcome.getValue())
            .collect(Collectors.joining(", "));
    if (!outcomes.isEmpty()) {
      out.println(outcomes);
    }
  }

  private static Stream<String> outcomes(Pushed pushed) {
    return Stream.concat(
        pushed.results().stream().map(Stored::outcome), Stream.ofNullable(pushed.attachment()));
  }

  private void printRefusals(PrintStream out) {
    if (!isAnyRefused()) {
      return;
    }
    out.println();
    out.println("not stored:");
    for (Pushed pushed : all) {
      pushed
          .refusals()
          .forEach(refusal -> out.println("  " + oneLine(pushed.file() + ": " + refusal)));
    }
  }

  /** Names of files and texts of services may hold what a terminal would act on. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
