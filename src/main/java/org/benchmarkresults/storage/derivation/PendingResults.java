package org.benchmarkresults.storage.derivation;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.model.derivation.DeriveRequest;
import org.benchmarkresults.model.derivation.PendingPage;
import org.benchmarkresults.model.derivation.PendingQuery;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.observation.DerivedCollections;
import org.benchmarkresults.storage.retention.Lease;
import org.jspecify.annotations.Nullable;

/**
 * Lists the results that are to be read, to one node at a time. Each stored version is looked at
 * twice: soon after its receipt, and once more when no save can add a version before it any more,
 * which is what the watermark counts. The node that asks sends back the position of a page when its
 * results are finished, so that a page whose node died is listed again. Confined to one event loop.
 */
final class PendingResults {
  private static final String LEASE = "observations";
  private static final Duration LEASE_LENGTH = Duration.ofSeconds(30);
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

  /** Which of the two looks a position belongs to; the number of the walk follows. */
  private static final String LATE = "late:";

  private static final String SOON = "soon:";

  /** A version that was just received is usually being read already. */
  private static final Duration JUST_RECEIVED = Duration.ofSeconds(5);

  /** Idle time between two looks for deletions; the embedded database has no index for them. */
  private static final Duration SWEEP_PAUSE = Duration.ofSeconds(30);

  private static final Duration SWEEP_PAUSE_ON_EMBEDDED = Duration.ofMinutes(10);

  private final OpenDatabase database;
  private final Duration overlap;
  private final AdapterCatalogs catalogs;
  private final AdapterUpgrades upgrades;
  private final StoredWalk late;
  private final StoredWalk soon;
  private final PendingDerivations pending;
  private final DeletionSweep deletions;
  private String node = "";
  private @Nullable Lease lease;
  private @Nullable PageKey seenSoon;
  private long walk;
  private Instant nextSweep = Instant.EPOCH;
  private Future<?> before = Future.succeededFuture();

  /**
   * @param overlap after which no save adds a version that was received before
   */
  PendingResults(
      OpenDatabase database,
      DerivedCollections collections,
      DeletionSweep deletions,
      Duration overlap,
      AdapterCatalogs catalogs,
      AdapterUpgrades upgrades) {
    this.database = database;
    this.overlap = overlap;
    this.catalogs = catalogs;
    this.upgrades = upgrades;
    this.deletions = deletions;
    late = new StoredWalk(database, collections);
    soon = new StoredWalk(database, collections);
    pending = new PendingDerivations(database, collections);
  }

  /** Succeeds with the next page; fails with {@code Unavailable}. One call at a time is served. */
  Future<PendingPage> page(PendingQuery query) {
    Future<PendingPage> page =
        before
            .transform(done -> holdsLease(query))
            .compose(
                holds ->
                    holds
                        ? next(query)
                        : Future.succeededFuture(new PendingPage(false, List.of(), null, false)));
    before = page;
    return page;
  }

  private Future<Boolean> holdsLease(PendingQuery query) {
    if (lease == null || !query.node().equals(node)) {
      node = query.node();
      seenSoon = null;
      lease =
          new Lease(
              database.clients().vertxClient(),
              database.collections().leases(),
              LEASE,
              database.clock(),
              node,
              LEASE_LENGTH,
              CLOCKS_DIFFER);
    }
    // The embedded database belongs to one process, so that nobody else holds the lease.
    return database.isIndexed() ? lease.hold() : Future.succeededFuture(true);
  }

  private Future<PendingPage> next(PendingQuery query) {
    Instant now = database.clock().instant();
    return catalogs
        .register(query)
        .compose(
            known ->
                Watermark.read(database, now)
                    .onSuccess(this::beginAgain)
                    .compose(read -> advanced(read, query.done()))
                    .compose(watermark -> next(query, watermark, known, now)));
  }

  /** Another walk begins when all is derived anew, or when a result arrives late. */
  private void beginAgain(Watermark read) {
    if (read.walk() != walk) {
      walk = read.walk();
      seenSoon = null;
    }
  }

  private Future<Watermark> advanced(Watermark read, @Nullable PageKey done) {
    if (done == null || done.text() == null) {
      return Future.succeededFuture(read);
    }
    PageKey position = new PageKey(null, null, done.receivedAt(), done.kind(), done.id());
    if (done.text().equals(SOON + read.walk())) {
      seenSoon = position;
      return Future.succeededFuture(read);
    }
    return done.text().equals(LATE + read.walk())
        ? read.advance(database, position)
            .map(stored -> new Watermark(read.walk(), position, read.raw(), read.standardized()))
        : Future.succeededFuture(read);
  }

  private Future<PendingPage> next(
      PendingQuery query, Watermark watermark, int known, Instant now) {
    return late.next(watermark.position(), now.minus(overlap), query.limit())
        .compose(
            found ->
                found.pending().isEmpty()
                    ? passed(watermark, found)
                        .compose(
                            passed ->
                                found.mayBeMore()
                                    ? Future.succeededFuture(empty(true))
                                    : nextSoon(query, passed, known, now))
                    : Future.succeededFuture(page(found, LATE + watermark.walk())));
  }

  private Future<Watermark> passed(Watermark watermark, StoredWalk.Found found) {
    return found.position().equals(watermark.position())
        ? Future.succeededFuture(watermark)
        : watermark
            .advance(database, found.position())
            .map(
                stored ->
                    new Watermark(
                        watermark.walk(),
                        found.position(),
                        watermark.raw(),
                        watermark.standardized()));
  }

  private Future<PendingPage> nextSoon(
      PendingQuery query, Watermark watermark, int known, Instant now) {
    PageKey from = seenSoon;
    if (from == null || from.receivedAt().isBefore(watermark.position().receivedAt())) {
      from = watermark.position();
    }
    return soon.next(from, now.minus(JUST_RECEIVED), query.limit())
        .compose(
            found -> {
              if (!found.pending().isEmpty()) {
                return Future.succeededFuture(page(found, SOON + watermark.walk()));
              }
              seenSoon = found.position();
              return nextPending(query, watermark, known, now, found.mayBeMore());
            });
  }

  private Future<PendingPage> nextPending(
      PendingQuery query, Watermark watermark, int known, Instant now, boolean mayBeMore) {
    return pending
        .next(known, query.limit())
        .compose(
            found ->
                sweep(watermark, now)
                    .compose(
                        swept ->
                            (found.isLast() ? upgrades.step() : Future.succeededFuture(true))
                                .map(
                                    stepped ->
                                        new PendingPage(
                                            true,
                                            found.pending(),
                                            null,
                                            mayBeMore || swept || stepped))));
  }

  private Future<Boolean> sweep(Watermark watermark, Instant now) {
    if (now.isBefore(nextSweep)) {
      return Future.succeededFuture(false);
    }
    return deletions
        .sweep(watermark)
        .onSuccess(
            mayBeMore ->
                nextSweep =
                    mayBeMore
                        ? now
                        : now.plus(database.isIndexed() ? SWEEP_PAUSE : SWEEP_PAUSE_ON_EMBEDDED));
  }

  private static PendingPage page(StoredWalk.Found found, String walk) {
    // Several versions of one result are one request.
    Set<DeriveRequest> requests = new LinkedHashSet<>(found.pending());
    PageKey position = found.position();
    return new PendingPage(
        true,
        new ArrayList<>(requests),
        new PageKey(null, walk, position.receivedAt(), position.kind(), position.id()),
        true);
  }

  private static PendingPage empty(boolean mayBeMore) {
    return new PendingPage(true, List.of(), null, mayBeMore);
  }
}
