package org.benchmarkresults.http.files;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.model.derivation.DerivationState;
import org.benchmarkresults.model.observed.ResultObservations;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.Sort;

/**
 * Waits for the observations of the newest raw inputs. Observations follow a save by moments, and a
 * client that sends samples directly after their results expects that these are found.
 */
final class RecentResults {
  private static final int NEWEST = 20;
  private static final int MOST_WAITS = 20;
  private static final long WAIT_MILLIS = 250;

  private final Vertx vertx;
  private final Bus bus;

  RecentResults(Vertx vertx, Bus bus) {
    this.vertx = vertx;
    this.bus = bus;
  }

  /** Succeeds when they have observations, or after five seconds. */
  Future<Void> derived() {
    Search newest =
        new Search(
            Stage.RAW, false, new Filter.All(List.of()), Sort.NEWEST_FIRST, null, NEWEST, false);
    return bus.request(Addresses.SEARCH, newest)
        .compose(
            outcome ->
                outcome instanceof SearchOutcome.Page page
                    ? derived(
                        page.rows().stream().map(row -> row.summary().resultName()).iterator(),
                        MOST_WAITS)
                    : Future.succeededFuture());
  }

  private Future<Void> derived(Iterator<String> names, int waits) {
    return names.hasNext()
        ? derived(names.next(), waits).compose(left -> derived(names, left))
        : Future.succeededFuture();
  }

  /** Succeeds with the number of waits that are left. */
  private Future<Integer> derived(String name, int waits) {
    return bus.request(
            ObservationAddresses.OBSERVATIONS_OF_RESULT,
            new ResultRef(Stage.RAW, name, null, "", null))
        .compose(
            result ->
                waits > 0
                        && result instanceof ResultObservations.Found found
                        && found.state() == DerivationState.PENDING
                    ? vertx
                        .timer(WAIT_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(waited -> derived(name, waits - 1))
                    : Future.succeededFuture(waits));
  }
}
