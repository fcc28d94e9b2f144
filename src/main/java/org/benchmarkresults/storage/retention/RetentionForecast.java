package org.benchmarkresults.storage.retention;

import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.RetentionPreview;
import org.benchmarkresults.model.retention.RetentionPreview.Due;
import org.benchmarkresults.model.retention.RetentionPreview.Expired;
import org.benchmarkresults.model.retention.RetentionRun;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.search.Searches;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Computes what a {@link Retention} run would do now, by the same filters, within a time limit. */
public final class RetentionForecast {
  private static final int NAMES = 10;
  private static final int MOST_COUNTED = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final MongoClients clients;
  private final CollectionNames collections;
  private final Config.Retention config;
  private final List<DueRule> rules;
  private final Clock clock;
  private final Lease lease;

  public RetentionForecast(
      MongoClients clients, CollectionNames collections, Config.Retention config, Clock clock) {
    this.clients = clients;
    this.collections = collections;
    this.config = config;
    this.clock = clock;
    rules = DueRule.of(config.understood());
    lease = new Lease(clients.vertxClient(), collections.leases(), Retention.LEASE, clock);
  }

  /**
   * Succeeds with what would be done; fails with {@code Unavailable} when the database is
   * unavailable.
   */
  public Future<RetentionPreview> preview() {
    Instant now = Instant.ofEpochMilli(clock.millis());
    List<Future<Due>> due = rules.stream().map(rule -> due(rule, now)).toList();
    List<Future<Expired>> expired = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      expired.add(expired(stage, now));
    }
    return Future.all(Future.all(due), Future.all(expired))
        .compose(counted -> lease.read())
        .map(RetentionState::read)
        .map(
            state ->
                new RetentionPreview(
                    now,
                    due.stream().map(Future::result).toList(),
                    expired.stream().map(Future::result).toList(),
                    config.restoreWindow(),
                    config.interval(),
                    nextRun(state.lastRun(), now),
                    state.lastRun()));
  }

  private Instant nextRun(@Nullable RetentionRun last, Instant now) {
    Instant next = last == null ? now : last.startedAt().plus(config.interval());
    boolean isOfWrongClock = next.isAfter(now.plus(config.interval()).plus(Lease.CLOCKS_DIFFER));
    return next.isBefore(now) || isOfWrongClock ? now : next;
  }

  private record Found(ResultCount count, List<StoredResult> oldest) {
    List<String> names() {
      return oldest.stream().map(result -> result.summary().resultName()).toList();
    }
  }

  private Future<Due> due(DueRule rule, Instant now) {
    Instant cutoff = rule.cutoff(now);
    return find(
            clients.raw(collections.results(rule.stage())),
            rule.due(cutoff),
            ResultDocument.FIRST_RECEIVED_AT)
        .map(
            found ->
                new Due(
                    rule.rule().text(),
                    rule.stage(),
                    rule.rule().benchmarkName(),
                    rule.rule().age(),
                    cutoff,
                    found.count,
                    found.oldest.isEmpty() ? null : found.oldest.get(0).summary().firstReceivedAt(),
                    found.names()));
  }

  private Future<Expired> expired(Stage stage, Instant now) {
    Bson filter =
        config.restoreWindow().isZero()
            ? Filters.in(ResultDocument.ID, List.of())
            : Purge.deletedBefore(now.minus(config.restoreWindow()));
    return find(clients.raw(collections.deleted(stage)), filter, ResultDocument.DELETED_AT)
        .map(
            found ->
                new Expired(
                    stage,
                    found.count,
                    found.oldest.isEmpty() ? null : found.oldest.get(0).deletedAt(),
                    found.names()));
  }

  /** Counts that take too long are left out; the total is then a lower bound. */
  private static Future<Found> find(
      MongoCollection<RawBsonDocument> collection, Bson filter, String order) {
    var bounded = collection.withTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    Future<List<StoredResult>> oldest =
        Streams.collect(
                bounded
                    .find(filter)
                    .projection(ResultDocument.SUMMARY)
                    .sort(Sorts.ascending(order, ResultDocument.ID))
                    .limit(NAMES))
            .recover(failure -> orInTime(failure, List.of()))
            .map(found -> found.stream().map(ResultDocument::read).toList());
    return oldest.compose(
        found ->
            Streams.one(bounded.countDocuments(filter, new CountOptions().limit(MOST_COUNTED + 1)))
                .map(n -> new ResultCount(Math.min(n, MOST_COUNTED), n <= MOST_COUNTED))
                .recover(failure -> orInTime(failure, new ResultCount(found.size(), false)))
                .map(count -> new Found(count, found)));
  }

  private static <T> Future<T> orInTime(Throwable failure, T instead) {
    return Searches.tookTooLong(failure)
        ? Future.succeededFuture(instead)
        : MongoFailures.translate(failure);
  }
}
