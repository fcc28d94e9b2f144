package org.benchmarkresults.http.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The reason of a refused request in the request log: names of members and parameters, no values.
 */
public final class Refusal {
  private static final String KEY = "refusal";
  public static final int MAX_NAMES = 10;
  private static final int MAX_NAME_LENGTH = 64;

  private Refusal() {}

  /** Keeps the problem of the response until the request is logged. */
  public static void keep(RoutingContext context, Problem problem) {
    context.put(KEY, problem);
  }

  /**
   * Adds the problem, the members or parameters at fault and the size of the request to the log
   * line.
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

  /** Shortens and escapes the names, which are chosen by clients. */
  public static String names(Collection<Problem.Fault> faults) {
    String names =
        faults.stream()
            .limit(MAX_NAMES)
            .map(Problem.Fault::pointer)
            .map(name -> name.isEmpty() ? "body" : name)
            .map(name -> name.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\"\\\\]", "?"))
            .map(
                name ->
                    name.length() > MAX_NAME_LENGTH
                        ? name.substring(0, MAX_NAME_LENGTH) + "..."
                        : name)
            .collect(Collectors.joining(" "));
    return faults.size() > MAX_NAMES ? names + " ..." : names;
  }

  /** The declared length, else the bytes read. */
  private static long size(HttpServerRequest request) {
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return declared != null && declared.matches("[0-9]{1,18}")
        ? Long.parseLong(declared)
        : request.bytesRead();
  }
}
