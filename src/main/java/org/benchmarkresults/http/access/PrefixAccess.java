package org.benchmarkresults.http.access;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Keeps callers that are restricted to some benchmarks away from the results of others: to read or
 * change those is answered as if they were not there, to store them is refused. Questions about
 * stored results carry the prefix, so that the storage judges the result that it reads or changes.
 */
public final class PrefixAccess {
  private PrefixAccess() {}

  /** Throws {@link ProblemException} 403 when the caller may not store results of the benchmark. */
  public static void requireMayStore(Caller caller, String benchmarkName) {
    if (!caller.reaches(benchmarkName)) {
      throw new ProblemException(Problem.outsidePrefix(caller.benchmarkPrefix()));
    }
  }

  /**
   * Throws {@link ProblemException} 403 when the name is held by a benchmark beyond the caller's
   * reach.
   */
  public static void requireMayKnow(Caller caller, SaveOutcome outcome) {
    if (outcome instanceof SaveOutcome.NameTaken taken) {
      requireMayStore(caller, taken.holder().benchmarkName());
    }
  }

  /** The filter, narrowed to what the caller reaches. */
  public static Filter narrowed(Filter filter, Caller caller) {
    return caller.isRestricted()
        ? new Filter.All(
            List.of(
                new Filter.Prefix(Field.of(Field.Own.BENCHMARK_NAME), caller.benchmarkPrefix()),
                filter))
        : filter;
  }

  /** An operation whose answer is of all benchmarks, and refused to who reaches only some. */
  public record OnAll(Operation operation) implements Operation {
    @Override
    public String id() {
      return operation.id();
    }

    @Override
    public @Nullable String address() {
      return operation.address();
    }

    @Override
    public Future<Response> answer(RoutingContext context, Bus bus) {
      Caller caller = AccessCheck.caller(context);
      return caller.isRestricted()
          ? Future.failedFuture(
              new ProblemException(Problem.outsidePrefix(caller.benchmarkPrefix())))
          : operation.answer(context, bus);
    }
  }
}
