package org.benchmarkresults.storage.search;

import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.util.List;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.storage.document.DocumentWriter;
import org.benchmarkresults.storage.document.Generation;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.index.Indexes;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.codecs.BsonDocumentCodec;

/** A collection of raw inputs whose content is replaced as a whole, past the store. */
final class StoredSummaries {
  private static final String COLLECTION = "raw_input";
  private static final ByteBuffer DATA = ByteBuffer.wrap(new byte[] {'1'});

  private final MongoClients clients;
  private final Searches searches;

  private StoredSummaries(MongoClients clients, boolean indexed) {
    this.clients = clients;
    searches =
        new Searches(
            clients.raw(COLLECTION),
            new BoundedCount(clients.database(), COLLECTION),
            false,
            indexed);
  }

  static StoredSummaries open(Vertx vertx, String url, Config.Mongo config) {
    MongoClients clients = MongoClients.open(vertx, url, config);
    if (!config.embedded()) {
      Indexes.ensure(clients, CollectionNames.standard()).await();
    }
    return new StoredSummaries(clients, !config.embedded());
  }

  Searches searches() {
    return searches;
  }

  void replaceBy(List<ResultSummary> results) {
    MongoCollection<BsonDocument> collection =
        clients.raw(COLLECTION).withDocumentClass(BsonDocument.class);
    var removed = Driver.await(collection.deleteMany(new BsonDocument()));
    if (!results.isEmpty()) {
      List<BsonDocument> documents = results.stream().map(StoredSummaries::document).toList();
      var inserted = Driver.await(collection.insertMany(documents));
    }
  }

  /** The document as the store writes it, except for its data. */
  private static BsonDocument document(ResultSummary summary) {
    Result result =
        new Result(
            Stage.RAW,
            summary.envelope(),
            new RawJson(DATA, summary.nonFinite()),
            summary.digest(),
            summary.receivedAt(),
            false);
    StoredData data = new StoredData.Inline(DATA);
    return DocumentWriter.document(
            result,
            data,
            summary.version(),
            Generation.begun(summary.firstReceivedAt()),
            summary.annotations())
        .decode(new BsonDocumentCodec())
        .append(ResultDocument.SIZE, new BsonInt64(summary.size()));
  }

  void close(Vertx vertx) {
    clients.close(vertx).await();
  }
}
