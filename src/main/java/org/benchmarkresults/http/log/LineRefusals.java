package org.benchmarkresults.http.log;

import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The refused lines of one bulk upload, summarized for its single line in the request log: names of
 * members, no values. Confined to the request's event loop.
 */
public final class LineRefusals {
  private static final String KEY = "line_refusals";

  private final Map<String, Integer> problems = new TreeMap<>();
  private final Set<Problem.Fault> faults = new LinkedHashSet<>();
  private long firstLine = Long.MAX_VALUE;

  public static LineRefusals of(RoutingContext context) {
    @Nullable LineRefusals refusals = context.get(KEY);
    if (refusals == null) {
      refusals = new LineRefusals();
      context.put(KEY, refusals);
    }
    return refusals;
  }

  public void add(long line, Problem problem) {
    firstLine = Math.min(firstLine, line);
    int unused = problems.merge(problem.kind(), 1, Integer::sum);
    for (Problem.Fault fault : problem.errors()) {
      // One more than is logged, so that the log shows that there are more.
      if (faults.size() <= Refusal.MAX_NAMES) {
        faults.add(new Problem.Fault(fault.pointer(), ""));
      }
    }
  }

  /** Adds the number of refused lines, the first of them, and each problem with its count. */
  static LoggingEventBuilder describe(RoutingContext context, LoggingEventBuilder line) {
    @Nullable LineRefusals refusals = context.get(KEY);
    return refusals == null || refusals.problems.isEmpty() ? line : refusals.described(line);
  }

  private LoggingEventBuilder described(LoggingEventBuilder line) {
    String kinds =
        problems.entrySet().stream()
            .map(problem -> problem.getKey() + ":" + problem.getValue())
            .collect(Collectors.joining(" "));
    LoggingEventBuilder described =
        line.addKeyValue("refused_lines", problems.values().stream().mapToInt(count -> count).sum())
            .addKeyValue("first_refused_line", firstLine)
            .addKeyValue("line_problems", kinds);
    return faults.isEmpty()
        ? described
        : described.addKeyValue("line_pointers", Refusal.names(faults));
  }
}
