package org.benchmarkresults.storage.index;

import io.vertx.core.Future;
import java.util.function.Function;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.node.DatabaseState.Trouble;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the indexes in the background, once the database is there; what fails is tried again when
 * it is asked for. Confined to one event loop.
 */
public final class IndexKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(IndexKeeper.class);

  private final OpenDatabase database;
  private @Nullable Future<Void> making;

  /** Why the database answers but lets nothing be written; null where it does. */
  private @Nullable Trouble refusal;

  public IndexKeeper(OpenDatabase database) {
    this.database = database;
  }

  /** Why the database answers but refuses to make indexes; null where it does not. */
  public @Nullable Trouble refusal() {
    return refusal;
  }

  /** Succeeds when the indexes are there. Once they are, the database is not asked again. */
  public Future<Void> ensure() {
    if (!database.isIndexed()) {
      return Future.succeededFuture();
    }
    if (making == null || making.failed()) {
      making =
          Indexes.ensure(database.clients(), database.collections())
              .onFailure(this::failed)
              .onSuccess(made -> refusal = null);
    }
    return making;
  }

  private void failed(Throwable failure) {
    refusal = database.clients().trouble().refusal(failure);
    // A database that is away is told of by the health check.
    if (failure instanceof Unavailable || refusal != null) {
      LOG.debug("indexes could not be ensured", failure);
    } else {
      LOG.atWarn().setCause(failure).log("indexes could not be ensured");
    }
  }

  /**
   * The driver may forget what was under way on a connection that is cut; it is begun anew once the
   * database is back. Done twice it does no harm.
   */
  public void forgetUnfinished() {
    making = making != null && making.succeeded() ? making : null;
  }

  /** For questions that name the index that answers them: without it they are mistakes. */
  public <Q, A> Function<Q, Future<A>> onceIndexed(Function<Q, Future<A>> answer) {
    return question ->
        ensure()
            .recover(
                failure ->
                    Future.failedFuture(new Unavailable("The indexes are not there yet.", failure)))
            .compose(done -> answer.apply(question));
  }
}
