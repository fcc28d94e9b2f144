package org.benchmarkresults.storage;

import com.mongodb.client.model.InsertManyOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.index.Indexes;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.bson.Document;

/** The storage module on a real MongoDB, with all indexes, filled without the service. */
public final class StorageOnMongod implements AutoCloseable {
  private final Database database = Backend.MONGOD.freshDatabase();
  private final Config.Mongo config = database.config(Map.of()).mongo();
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final MongoClients clients = MongoClients.open(vertx, config.url().value(), config);

  public StorageOnMongod() {
    Indexes.ensure(clients, collections()).await();
  }

  public MongoClients clients() {
    return clients;
  }

  public CollectionNames collections() {
    return CollectionNames.standard();
  }

  /** Writes documents as they are. */
  public void fill(Stage stage, List<Document> documents) {
    Driver.await(
        Driver.of(database)
            .getCollection(collections().results(stage))
            .insertMany(documents, new InsertManyOptions().ordered(false)));
  }

  /** Waits for an answer that is asked for, as the room does, on an event loop. */
  public <T> T await(Supplier<Future<T>> question) {
    return Future.<T>future(
            promise -> context.runOnContext(start -> question.get().onComplete(promise)))
        .await();
  }

  @Override
  public void close() {
    clients.close(vertx).await();
    vertx.close().await();
    database.close();
  }
}
