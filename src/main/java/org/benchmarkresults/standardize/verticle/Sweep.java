package org.benchmarkresults.standardize.verticle;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.derivation.PendingPage;
import org.benchmarkresults.model.derivation.PendingQuery;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.standardize.catalog.AdapterCatalog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes over the results without observations, page by page: after an upgrade, a crash, a new
 * version of an adapter. Of all nodes the one that holds the lease does it. Confined to one event
 * loop.
 */
final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  /** Time until the next look when there was nothing to do. */
  private static final Duration INTERVAL = Duration.ofSeconds(3);

  /** Time until a page is repeated. */
  private static final Duration RETRY = Duration.ofSeconds(2);

  /** A page that is incomplete this often holds a result that cannot be read. */
  private static final int MOST_ATTEMPTS = 5;

  private final Bus bus;
  private final String catalog;
  private final Map<String, Integer> versions;
  private final StoredDeriver deriver;
  private final String node = UUID.randomUUID().toString();
  private @Nullable PageKey done;
  private int attempts;

  Sweep(Bus bus, AdapterCatalog catalog, StoredDeriver deriver) {
    this.bus = bus;
    this.catalog = catalog.id();
    versions = catalog.versions();
    this.deriver = deriver;
  }

  /** Derives one page; succeeds with the time until the next step. Never fails. */
  Future<Duration> step(int limit, boolean slowly) {
    PendingQuery query = new PendingQuery(node, catalog, versions, done, limit);
    return bus.request(ObservationAddresses.PENDING_OBSERVATIONS, query)
        .compose(page -> derive(page, slowly))
        .otherwise(
            failure -> {
              if (!(failure instanceof Unavailable)) {
                LOG.atWarn().setCause(failure).log("results without observations cannot be listed");
              }
              return INTERVAL;
            });
  }

  private Future<Duration> derive(PendingPage page, boolean slowly) {
    if (!page.isHolder()) {
      done = null;
      return Future.succeededFuture(INTERVAL);
    }
    return deriver.derive(page.pending(), slowly).map(isComplete -> after(page, isComplete));
  }

  private Duration after(PendingPage page, boolean isComplete) {
    if (!isComplete && ++attempts < MOST_ATTEMPTS) {
      return RETRY;
    }
    if (!isComplete) {
      LOG.warn("some results cannot be read; deriving goes on with the next");
    }
    attempts = 0;
    done = page.position();
    return page.mayBeMore() ? Duration.ZERO : INTERVAL;
  }
}
