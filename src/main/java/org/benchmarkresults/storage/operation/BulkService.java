package org.benchmarkresults.storage.operation;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.benchmarkresults.bus.BulkAddresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.operation.BulkAction;
import org.benchmarkresults.model.operation.BulkDryRun;
import org.benchmarkresults.model.operation.BulkList;
import org.benchmarkresults.model.operation.BulkOperation;
import org.benchmarkresults.model.operation.BulkPlan;
import org.benchmarkresults.model.operation.BulkProgress;
import org.benchmarkresults.model.operation.BulkRef;
import org.benchmarkresults.model.operation.BulkReply;
import org.benchmarkresults.model.operation.BulkRun;
import org.benchmarkresults.model.operation.BulkState;
import org.benchmarkresults.model.operation.BulkViewer;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.security.Scope;
import org.benchmarkresults.model.text.Uuid7;
import org.benchmarkresults.storage.annotation.AnnotationStore;
import org.benchmarkresults.storage.index.IndexKeeper;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.operation.action.AnnotateItems;
import org.benchmarkresults.storage.operation.action.ChunkAction;
import org.benchmarkresults.storage.operation.action.DeleteItems;
import org.benchmarkresults.storage.operation.action.ItemResults;
import org.benchmarkresults.storage.operation.action.PurgeItems;
import org.benchmarkresults.storage.operation.action.RestoreItems;
import org.benchmarkresults.storage.operation.action.StoredBulk;
import org.benchmarkresults.storage.retention.RetentionService;
import org.benchmarkresults.storage.security.AuditTrail;

/** Serves bulk operations, and runs those that were started. */
public final class BulkService {
  /** How long the token of a dry run starts it. */
  static final Duration TOKEN_EXPIRY = Duration.ofHours(1);

  /** Between the id of an operation and its secret. */
  private static final char SEPARATOR = '.';

  private final Clock clock;
  private final BulkStore store;
  private final ItemStore items;
  private final ResultPages pages;
  private final BulkRunner runner;
  private final BulkExpiry expiry;

  public BulkService(
      Bus bus,
      OpenDatabase database,
      RetentionService retention,
      AnnotationStore annotations,
      AuditTrail trail) {
    clock = database.clock();
    store = new BulkStore(database);
    items = new ItemStore(database);
    pages = new ResultPages(bus);
    ItemResults results = new ItemResults(database);
    Map<BulkAction, ChunkAction> actions = new EnumMap<>(BulkAction.class);
    AnnotateItems annotate = new AnnotateItems(annotations, results);
    for (BulkAction action : BulkAction.values()) {
      actions.put(
          action,
          switch (action) {
            case LABEL, UNLABEL, EXCLUDE, INCLUDE -> annotate;
            case DELETE -> new DeleteItems(database, retention, results);
            case RESTORE -> new RestoreItems(database, retention, annotations, results, trail);
          });
    }
    PurgeItems purge =
        new PurgeItems(database, retention, annotations, results, trail, items::replace);
    BulkSteps steps = new BulkSteps(clock, store, items, pages, actions, purge);
    runner = new BulkRunner(database, store, steps, bus::isShuttingDown);
    expiry = new BulkExpiry(clock, store, items);
  }

  public void serve(Bus bus, OpenDatabase database, IndexKeeper indexes) {
    bus.serve(BulkAddresses.DRY_RUN, indexes.onceIndexed(this::dryRun));
    bus.serve(BulkAddresses.RUN, this::run);
    bus.serve(BulkAddresses.FIND, ref -> visible(ref, Future::succeededFuture));
    bus.serve(BulkAddresses.CANCEL, ref -> visible(ref, found -> cancel(found, ref.viewer())));
    bus.serve(
        BulkAddresses.LIST,
        query -> store.latest(query.viewer(), query.limit()).map(BulkList::new));
    runner.begin(database);
    expiry.begin(database);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  private Future<BulkPlan> dryRun(BulkDryRun request) {
    Instant now = now();
    String id = Uuid7.next(now);
    String token = id + SEPARATOR + UUID.randomUUID();
    BulkOperation operation =
        new BulkOperation(
            id,
            BulkState.COLLECTING,
            request.change(),
            request.search().search().stage(),
            request.parameters(),
            request.caller(),
            0,
            BulkProgress.NONE,
            now,
            now.plus(TOKEN_EXPIRY),
            null,
            null);
    SetCollector set = new SetCollector(pages, items, id, request.search(), request.rows());
    return store
        .insert(operation, request.search(), request.benchmarkPrefix())
        .compose(inserted -> set.collect())
        .compose(
            complete ->
                complete
                    ? store
                        .ready(id, set.count(), set.chunks(), digest(token))
                        .compose(ready -> store.find(id, null))
                        .map(
                            found ->
                                new BulkPlan(found.orElseThrow().operation(), token, set.sample()))
                    : discard(id).map(BulkPlan.tooCostly()))
        .onFailure(
            failure -> {
              Future<Void> unused = discard(id);
            });
  }

  private Future<Void> discard(String id) {
    return items.remove(id).compose(removed -> store.remove(id));
  }

  /** The token itself is not stored: it would start the operation. */
  private static String digest(String token) {
    return Digest.of(ByteBuffer.wrap(token.getBytes(StandardCharsets.UTF_8))).hex();
  }

  private Future<BulkReply> run(BulkRun request) {
    int end = request.token().indexOf(SEPARATOR);
    return end < 0
        ? Future.succeededFuture(new BulkReply.Unknown())
        : store
            .find(request.token().substring(0, end), digest(request.token()))
            .compose(
                found ->
                    found
                        .map(StoredBulk::operation)
                        .filter(request.viewer()::controls)
                        .map(operation -> run(request, operation))
                        .orElseGet(() -> Future.succeededFuture(new BulkReply.Unknown())));
  }

  private Future<BulkReply> run(BulkRun request, BulkOperation operation) {
    Scope needed = operation.change().scope();
    if (!request.viewer().scopes().contains(needed)) {
      return Future.succeededFuture(new BulkReply.Forbidden(needed));
    }
    if ((request.change() != null && !request.change().equals(operation.change()))
        || (request.parameters() != null && !request.parameters().equals(operation.parameters()))) {
      return Future.succeededFuture(new BulkReply.OtherRequest());
    }
    if (operation.state() != BulkState.READY) {
      // It was started before: the reply may have been lost.
      return Future.succeededFuture(new BulkReply.Found(operation));
    }
    return now().isAfter(operation.expiresAt())
        ? Future.succeededFuture(new BulkReply.Expired())
        : store
            .start(operation.id(), now(), request.actor())
            .onSuccess(started -> runner.turn())
            .compose(started -> reply(operation.id()));
  }

  private Future<BulkReply> reply(String id) {
    return store
        .find(id, null)
        .map(
            found ->
                found
                    .<BulkReply>map(bulk -> new BulkReply.Found(bulk.operation()))
                    .orElseGet(BulkReply.Unknown::new));
  }

  private Future<BulkReply> visible(BulkRef ref, Function<BulkReply, Future<BulkReply>> otherwise) {
    return store
        .find(ref.id(), null)
        .map(found -> found.map(StoredBulk::operation))
        .map(
            found ->
                found.filter(one -> one.state() != BulkState.COLLECTING && ref.viewer().sees(one)))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(new BulkReply.Unknown())
                    : otherwise.apply(new BulkReply.Found(found.get())));
  }

  private Future<BulkReply> cancel(BulkReply reply, BulkViewer viewer) {
    if (!(reply instanceof BulkReply.Found found)) {
      return Future.succeededFuture(reply);
    }
    BulkOperation operation = found.operation();
    Scope needed = viewer.controls(operation) ? operation.change().scope() : Scope.ADMIN;
    if (!viewer.scopes().contains(needed)) {
      return Future.succeededFuture(new BulkReply.Forbidden(needed));
    }
    return store
        .withdraw(operation.id(), now())
        .compose(
            withdrawn ->
                withdrawn
                    ? items.remove(operation.id())
                    : store.cancelRun(operation.id()).mapEmpty())
        .onSuccess(cancelled -> runner.turn())
        .compose(cancelled -> reply(operation.id()));
  }
}
