package org.benchmarkresults.http.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Why a request was refused, for its line in the log: names of members and parameters, no values.
 */
public final class Refusal {
  private static final String KEY = "refusal";
  public static final int MOST_NAMES = 10;
  private static final int LONGEST_NAME = 64;

  private Refusal() {}

  /** Keeps what the request is answered with until its line is written. */
  public static void keep(RoutingContext context, Problem problem) {
    context.put(KEY, problem);
  }

  /**
   * Adds the problem, the members or parameters at fault and the size of the request to its line.
   */
  public static LoggingEventBuilder describe(RoutingContext context, LoggingEventBuilder line) {
    @Nullable Problem problem = context.get(KEY);
    if (problem == null) {
      return line;
    }
    LoggingEventBuilder described = line.addKeyValue("problem", problem.kind());
    if (!problem.errors().isEmpty()) {
      described = described.addKeyValue("pointer", names(problem.errors()));
    }
    return described.addKeyValue("bytes", size(context.request()));
  }

  /** What the caller named a member is its own choice: it may be long, and end a line. */
  public static String names(Collection<Problem.Fault> faults) {
    String names =
        faults.stream()
            .limit(MOST_NAMES)
            .map(Problem.Fault::pointer)
            .map(name -> name.isEmpty() ? "body" : name)
            .map(name -> name.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\"\\\\]", "?"))
            .map(
                name ->
                    name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name)
            .collect(Collectors.joining(" "));
    return faults.size() > MOST_NAMES ? names + " ..." : names;
  }

  /** The length that was declared, and what was read of a body without one. */
  private static long size(HttpServerRequest request) {
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return declared != null && declared.matches("[0-9]{1,18}")
        ? Long.parseLong(declared)
        : request.bytesRead();
  }
}
