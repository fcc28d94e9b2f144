package org.benchmarkresults.storage;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import java.nio.ByteBuffer;
import java.util.List;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.RawJson;
import org.benchmarkresults.model.Result;
import org.benchmarkresults.model.ResultSummary;
import org.benchmarkresults.model.Stage;
import org.benchmarkresults.model.StoredData;

/** A collection of raw inputs whose content is replaced as a whole, past the store. */
final class StoredSummaries {
  private static final String COLLECTION = "raw_input";
  private static final ByteBuffer DATA = ByteBuffer.wrap(new byte[] {'1'});

  private final MongoClients clients;
  private final Searches searches;

  private StoredSummaries(MongoClients clients, boolean indexed) {
    this.clients = clients;
    searches = new Searches(clients.raw(COLLECTION), false, indexed);
  }

  static StoredSummaries open(Vertx vertx, String url, Config.Mongo config) {
    MongoClients clients = MongoClients.open(vertx, url, config);
    if (!config.embedded()) {
      Indexes.ensure(clients.vertxClient(), Collections.of(config)).await();
    }
    return new StoredSummaries(clients, !config.embedded());
  }

  Searches searches() {
    return searches;
  }

  void replaceBy(List<ResultSummary> results) {
    Future<?> unused =
        clients.vertxClient().removeDocuments(COLLECTION, new JsonObject());
    unused.await();
    if (!results.isEmpty()) {
      List<BulkOperation> inserts =
          results.stream().map(StoredSummaries::document).map(BulkOperation::createInsert).toList();
      clients.vertxClient().bulkWrite(COLLECTION, inserts).await();
    }
  }

  /** As the store writes it, but for what it makes of data. */
  private static JsonObject document(ResultSummary summary) {
    Result result =
        new Result(
            Stage.RAW, summary.envelope(), new RawJson(DATA, summary.nonFinite()), summary.digest(),
            summary.receivedAt(), false);
    return ResultDocument.of(
            result, new StoredData.Inline(DATA), summary.version(), summary.firstReceivedAt())
        .put(ResultDocument.SIZE, summary.size());
  }

  void close(Vertx vertx) {
    clients.close(vertx).await();
  }
}
