package org.benchmarkresults.storage.index;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.node.DatabaseState.Trouble;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the indexes in the background; a failed creation is retried at the next call. Confined to
 * one event loop.
 */
public final class IndexKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(IndexKeeper.class);

  private final OpenDatabase database;
  private final List<IndexSet> further;
  private @Nullable Future<Void> creation;

  private @Nullable Trouble refusal;

  /**
   * @param further indexes beside those of {@link Indexes}
   */
  public IndexKeeper(OpenDatabase database, List<IndexSet> further) {
    this.database = database;
    this.further = List.copyOf(further);
  }

  /** Why the database denies the creation of indexes; null when it does not. */
  public @Nullable Trouble refusal() {
    return refusal;
  }

  /** Succeeds when the indexes exist. After the first success the database is not checked again. */
  public Future<Void> ensure() {
    if (!database.isIndexed()) {
      return Future.succeededFuture();
    }
    if (creation == null || creation.failed()) {
      creation =
          Future.all(
                  Indexes.ensure(database.clients(), database.collections()),
                  Indexes.ensure(database.clients(), further))
              .<Void>mapEmpty()
              .onFailure(this::failed)
              .onSuccess(created -> refusal = null);
    }
    return creation;
  }

  /** Creates the indexes of a collection that was dropped. */
  public Future<Void> createAgain() {
    creation = null;
    return ensure();
  }

  private void failed(Throwable failure) {
    refusal = database.clients().trouble().refusal(failure);
    // The health check already logs that the database is unavailable.
    if (failure instanceof Unavailable || refusal != null) {
      LOG.debug("indexes could not be created", failure);
    } else {
      LOG.atWarn().setCause(failure).log("indexes could not be created");
    }
  }

  /**
   * Makes the next {@link #ensure} start again: the driver may never complete a creation whose
   * connection was cut. Creating indexes twice is harmless.
   */
  public void forgetUnfinished() {
    creation = creation != null && creation.succeeded() ? creation : null;
  }

  /** Delays a server until the indexes exist, because queries with a hint fail without them. */
  public <Q, A> Function<Q, Future<A>> onceIndexed(Function<Q, Future<A>> server) {
    return request ->
        ensure()
            .recover(
                failure ->
                    Future.failedFuture(
                        new Unavailable(
                            "The indexes are being created; please try again.", failure)))
            .compose(done -> server.apply(request));
  }
}
