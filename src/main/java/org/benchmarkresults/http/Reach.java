package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.Field;
import org.benchmarkresults.model.Filter;
import org.benchmarkresults.model.SaveOutcome;
import org.benchmarkresults.model.Search;
import org.benchmarkresults.model.SearchOutcome;
import org.benchmarkresults.model.Sort;
import org.benchmarkresults.model.Stage;
import org.benchmarkresults.model.Value;
import org.benchmarkresults.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Keeps callers that are restricted to some benchmarks away from the results of others: to read or
 * change those is answered as if they were not there, to store them is refused. Who is not restricted
 * costs nothing.
 */
final class Reach {
  private Reach() {}

  /** Throws {@link ProblemException} 403 when the caller may not store results of the benchmark. */
  static void requireMayStore(Caller caller, String benchmarkName) {
    if (!caller.reaches(benchmarkName)) {
      throw new ProblemException(Problem.beyondReach(caller.benchmarkPrefix()));
    }
  }

  /** Throws {@link ProblemException} 403 when the name is held by a benchmark beyond the caller's reach. */
  static void requireMayKnow(Caller caller, SaveOutcome outcome) {
    if (outcome instanceof SaveOutcome.NameTaken taken) {
      requireMayStore(caller, taken.holder().benchmarkName());
    }
  }

  /** The filter, narrowed to what the caller reaches. */
  static Filter narrowed(Filter filter, Caller caller) {
    return caller.isRestricted()
        ? new Filter.All(
            List.of(
                new Filter.Prefix(Field.of(Field.Own.BENCHMARK_NAME), caller.benchmarkPrefix()),
                filter))
        : filter;
  }

  /**
   * An operation on one result, which is not found beyond the caller's reach.
   *
   * @param deleted whether it is one of the deleted
   */
  record OnOne(Operation operation, Stage stage, boolean deleted) implements Operation {
    @Override
    public String id() {
      return operation.id();
    }

    @Override
    public @Nullable String address() {
      return operation.address();
    }

    @Override
    public Future<Reply> answer(RoutingContext context, Bus bus) {
      Caller caller = Guard.caller(context);
      if (!caller.isRestricted()) {
        return operation.answer(context, bus);
      }
      return bus.ask(Addresses.SEARCH, named(context.pathParam("result_name"), caller))
          .compose(
              outcome ->
                  isFound(outcome)
                      ? operation.answer(context, bus)
                      : Future.failedFuture(new ProblemException(Problem.resultNotFound())));
    }

    private Search named(String resultName, Caller caller) {
      Filter name =
          new Filter.OneOf(Field.of(Field.Own.PK), List.of(new Value.Text(resultName)));
      return new Search(
          stage, deleted, narrowed(name, caller), Sort.NEWEST_FIRST, null, 1, false);
    }

    private static boolean isFound(SearchOutcome outcome) {
      return switch (outcome) {
        case SearchOutcome.Page page -> !page.rows().isEmpty();
        case SearchOutcome.TooCostly tooCostly -> false;
      };
    }
  }

  /** An operation whose answer is of all benchmarks, and refused to who reaches only some. */
  record OnAll(Operation operation) implements Operation {
    @Override
    public String id() {
      return operation.id();
    }

    @Override
    public @Nullable String address() {
      return operation.address();
    }

    @Override
    public Future<Reply> answer(RoutingContext context, Bus bus) {
      Caller caller = Guard.caller(context);
      return caller.isRestricted()
          ? Future.failedFuture(
              new ProblemException(Problem.beyondReach(caller.benchmarkPrefix())))
          : operation.answer(context, bus);
    }
  }
}
