package org.benchmarkresults.storage.retention;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.DeleteOutcome;
import org.benchmarkresults.model.retention.RetentionRun;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.model.security.AuditEntryBatch;
import org.benchmarkresults.storage.attachment.RemovedAttachments;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.security.AuditTrail;
import org.benchmarkresults.storage.security.PlannedEntry;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what the rules say, removes for good what was deleted long ago, and sweeps up what
 * crashes left: one node at a time, in small batches. What is done is right even when two nodes do
 * it at once; the lease only saves the work. Confined to one event loop.
 */
public final class Retention {
  static final String LEASE = "retention";

  /** The actor in audit entries of the retention. */
  static final Actor SERVICE = new Actor("service:retention", "", "");

  private static final int BATCH = 16;

  private final MongoClients clients;
  private final CollectionNames collections;
  private final Config.Retention config;
  private final List<DueRule> rules;
  private final Map<Stage, Deletions> deletions;
  private final Clock clock;
  private final Supplier<Future<Void>> durable;
  private final Lease lease;
  private final @Nullable AuditTrail trail;
  private final NameData names;
  private long lastStepNanos = System.nanoTime();

  /**
   * @param trail where deletions are written down; null where they are not
   * @param names what is kept for the names of results
   */
  public Retention(
      MongoClients clients,
      CollectionNames collections,
      Config.Retention config,
      Map<Stage, Deletions> deletions,
      Clock clock,
      Supplier<Future<Void>> durable,
      @Nullable AuditTrail trail,
      NameData names) {
    this.trail = trail;
    this.names = names;
    this.clients = clients;
    this.collections = collections;
    this.config = config;
    this.deletions = new EnumMap<>(deletions);
    this.clock = clock;
    this.durable = durable;
    rules = DueRule.of(config.understood());
    lease = new Lease(clients.vertxClient(), collections.leases(), LEASE, clock);
  }

  /** The progress of a run, and where the next one resumes. */
  private static final class Work {
    private final Instant startedAt;
    private final RetentionState before;
    private final Map<Stage, String> sweptTo = new EnumMap<>(Stage.class);
    private String attachmentsSweptTo;
    private long deleted;
    private long purged;
    private long swept;

    Work(Instant startedAt, RetentionState before) {
      this.startedAt = startedAt;
      // A clock that was ahead must not hide what comes until then.
      this.before = before.notAfter(startedAt);
      for (Stage stage : Stage.values()) {
        sweptTo.put(stage, before.sweptTo(stage));
      }
      attachmentsSweptTo = before.attachmentsSweptTo();
    }

    Instant tidied() {
      return startedAt.minus(Purge.NOBODY_IS_AT_WORK);
    }

    RetentionState after(boolean completed) {
      return new RetentionState(
          new RetentionRun(startedAt, null, deleted, purged, swept, completed),
          completed ? tidied() : before.tidiedTo(),
          sweptTo,
          attachmentsSweptTo);
    }
  }

  /**
   * Runs, if it is time for that and no other node does.
   *
   * <p>Succeeds with what was done, empty when it was not this node's turn; fails with {@link
   * org.benchmarkresults.bus.Unavailable} when the database is unavailable; the next run does the
   * rest.
   */
  Future<Optional<RetentionRun>> turn() {
    lastStepNanos = System.nanoTime();
    return lease
        .take(config.interval())
        .compose(
            taken ->
                taken
                    ? lease.read().compose(this::run).map(Optional::of)
                    : Future.succeededFuture(Optional.empty()));
  }

  private Future<RetentionRun> run(@Nullable JsonObject document) {
    Work work = new Work(Instant.ofEpochMilli(clock.millis()), RetentionState.read(document));
    Future<Void> done = Future.succeededFuture();
    for (Stage stage : Stage.values()) {
      done = done.compose(before -> run(stage, work));
    }
    return done.compose(all -> sweepAttachments(work))
        .compose(all -> expireAudit(work))
        .compose(all -> durable.get())
        .transform(
            ended ->
                lease
                    .giveBack(work.after(ended.succeeded()).fields())
                    .transform(
                        given ->
                            ended.succeeded()
                                ? Future.<Void>succeededFuture()
                                : Future.failedFuture(ended.cause())))
        .map(all -> Objects.requireNonNull(work.after(true).lastRun()));
  }

  /** Whether no step of a run began since a moment of {@link System#nanoTime}. */
  boolean isSilentSince(long nanos) {
    return lastStepNanos - nanos <= 0;
  }

  private Future<Boolean> mayGoOn() {
    lastStepNanos = System.nanoTime();
    return lease.extend();
  }

  private Future<Void> run(Stage stage, Work work) {
    Future<Void> done = Future.succeededFuture();
    for (DueRule rule : rules) {
      if (rule.stage() == stage) {
        done = done.compose(before -> delete(rule, work));
      }
    }
    return done.compose(before -> tidy(stage, work))
        .compose(before -> purge(stage, work))
        .compose(before -> sweep(stage, work));
  }

  private Future<Void> delete(DueRule rule, Work work) {
    Instant cutoff = rule.cutoff(work.startedAt);
    MongoCollection<RawBsonDocument> results = clients.raw(collections.results(rule.stage()));
    return Batches.of(
            () ->
                oldest(results, rule, cutoff)
                    .compose(names -> delete(names, rule, cutoff))
                    .onSuccess(deleted -> work.deleted += deleted),
            this::mayGoOn)
        .mapEmpty();
  }

  private static Future<List<String>> oldest(
      MongoCollection<RawBsonDocument> results, DueRule rule, Instant cutoff) {
    return Streams.collect(
            results
                .find(rule.due(cutoff))
                .projection(Projections.include(ResultDocument.ID))
                .sort(Sorts.ascending(ResultDocument.FIRST_RECEIVED_AT, ResultDocument.ID))
                .limit(BATCH))
        .recover(MongoFailures::translate)
        .map(
            found ->
                found.stream()
                    .map(document -> document.getString(ResultDocument.ID).getValue())
                    .toList());
  }

  private Future<Integer> delete(List<String> names, DueRule rule, Instant cutoff) {
    Deletions ofStage = Objects.requireNonNull(deletions.get(rule.stage()));
    List<Future<DeleteOutcome>> deleting =
        names.stream()
            .map(
                name ->
                    ofStage.delete(
                        name, summary -> rule.isDue(summary, cutoff), planned(rule.stage(), name)))
            .toList();
    return Future.join(deleting)
        .map(
            all ->
                (int)
                    deleting.stream()
                        .filter(one -> one.result() instanceof DeleteOutcome.Deleted)
                        .count());
  }

  private Future<Void> expireAudit(Work work) {
    AuditExpiry expiry = new AuditExpiry(clients);
    Instant expired = work.startedAt.minus(config.auditLog());
    return config.auditLog().isZero()
        ? Future.succeededFuture()
        : Batches.of(() -> expiry.batch(expired), this::mayGoOn).mapEmpty();
  }

  private @Nullable AuditEntry change(Action action, Stage stage, String name) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    return trail == null ? null : AuditEntry.ofResult(now, action, stage, name, null, SERVICE);
  }

  private @Nullable PlannedEntry planned(Stage stage, String name) {
    AuditEntry change = change(Action.DELETED, stage, name);
    return change == null ? null : PlannedEntry.of(change);
  }

  private Future<?> notePurge(Stage stage, String name) {
    AuditEntry change = change(Action.PURGED, stage, name);
    return trail == null || change == null
        ? Future.succeededFuture()
        : trail.add(new AuditEntryBatch(List.of(change)));
  }

  private Future<Void> tidy(Stage stage, Work work) {
    StaleCopies leftovers = new StaleCopies(clients, collections, stage, work.before.tidiedTo());
    return Batches.of(() -> leftovers.batch(work.tidied()), this::mayGoOn).mapEmpty();
  }

  private Future<Void> purge(Stage stage, Work work) {
    Duration deletedFor = config.restoreWindow();
    if (deletedFor.isZero()) {
      return Future.succeededFuture();
    }
    Set<String> purged = new HashSet<>();
    Purge purge =
        new Purge(
            clients,
            collections,
            stage,
            name -> {
              purged.add(name);
              return notePurge(stage, name);
            });
    Instant expired = work.startedAt.minus(deletedFor);
    return Batches.of(
            () -> {
              purged.clear();
              return purge
                  .batch(expired, work.startedAt)
                  .onSuccess(count -> work.purged += count)
                  .compose(count -> names.purged(purged).map(count));
            },
            this::mayGoOn)
        .mapEmpty();
  }

  private Future<Void> sweep(Stage stage, Work work) {
    OrphanChunks sweep =
        OrphanChunks.ofResults(clients, collections, stage, work.before.sweptTo(stage));
    return Batches.of(() -> sweep.batch(work.startedAt), this::mayGoOn)
        .onSuccess(
            all -> {
              work.swept += sweep.removed();
              work.sweptTo.put(stage, sweep.position());
            })
        .mapEmpty();
  }

  private Future<Void> sweepAttachments(Work work) {
    RemovedAttachments removed = new RemovedAttachments(clients, collections, trail);
    OrphanChunks sweep = OrphanChunks.ofAttachments(clients, collections, work.attachmentsSweptTo);
    return Batches.of(() -> removed.batch(work.tidied()), this::mayGoOn)
        .compose(all -> Batches.of(() -> sweep.batch(work.startedAt), this::mayGoOn))
        .onSuccess(
            all -> {
              work.swept += sweep.removed();
              work.attachmentsSweptTo = sweep.position();
            })
        .mapEmpty();
  }
}
