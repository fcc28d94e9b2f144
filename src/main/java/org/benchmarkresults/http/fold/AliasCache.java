package org.benchmarkresults.http.fold;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.alias.AliasBook;
import org.benchmarkresults.model.alias.AliasQuery;
import org.benchmarkresults.model.alias.ModelAliases;
import org.benchmarkresults.query.Folding;
import org.benchmarkresults.security.Caller;

/**
 * The aliases that this node read last. Each use asks storage whether they are still the newest,
 * which reads one number, so that a change holds for every request after its response at all nodes.
 * Thread-safe.
 */
public final class AliasCache {
  /** All lists of one revision. */
  public record Lists(long revision, List<ModelAliases> models, Folding folding) {
    public Lists {
      models = List.copyOf(models);
    }
  }

  private static final Lists NONE = new Lists(-1, List.of(), Folding.of(List.of()));

  private volatile Lists held = NONE;

  /** Succeeds with the newest lists; fails with {@link Unavailable}. */
  public Future<Lists> newest(Bus bus) {
    Lists known = held;
    return bus.request(Addresses.ALIASES, new AliasQuery(known.revision))
        .map(book -> book.models() == null ? known : take(book, book.models()));
  }

  private Lists take(AliasBook book, List<ModelAliases> models) {
    Lists read = new Lists(book.revision(), models, Folding.of(models));
    held = read;
    return read;
  }

  /**
   * Succeeds with what {@code fold} asks for; fails with {@link ProblemException} 403 for a caller
   * with a benchmark prefix, since aliases are of all benchmarks, and with {@link Unavailable}.
   */
  public Future<Folding> folding(RoutingContext context, Bus bus) {
    if (!isAsked(context)) {
      return Future.succeededFuture(Folding.OFF);
    }
    Caller caller = AccessCheck.caller(context);
    return caller.isRestricted()
        ? Future.failedFuture(new ProblemException(Problem.outsidePrefix(caller.benchmarkPrefix())))
        : newest(bus).map(Lists::folding);
  }

  /** Whether the request asks to fold aliases. */
  public static boolean isAsked(RoutingContext context) {
    return context.queryParams().contains(Folding.PARAMETER);
  }
}
