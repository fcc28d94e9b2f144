package org.benchmarkresults.storage.imports;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoSecurityException;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.config.LegacyDatabase;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * A client of the database that the replaced service used, which it only reads, as its URL says
 * (read preference, read concern, time limits).
 */
final class LegacyClient {
  private static final int UNAUTHORIZED = 13;

  /** Somebody waits at a terminal to hear that a host is wrong. */
  private static final long SELECTION_SECONDS = 10;

  private final ConnectionString connection;
  private final String database;
  private final MongoClient driver;

  private LegacyClient(ConnectionString connection, String database, MongoClient driver) {
    this.connection = connection;
    this.database = database;
    this.driver = driver;
  }

  /**
   * Opens it; never blocks.
   *
   * @throws IllegalArgumentException when the URL cannot be used; without quoting it
   */
  static LegacyClient open(Vertx vertx, LegacyDatabase replaced) {
    ConnectionString connection;
    try {
      connection = new ConnectionString(replaced.url().value());
    } catch (IllegalArgumentException e) {
      // Not its message, which may quote the password.
      throw new IllegalArgumentException(
          "--from is no connection string that the driver understands; special characters in the"
              + " user name and the password must be percent-encoded");
    }
    String database = connection.getDatabase();
    if (database == null) {
      throw new IllegalArgumentException("--from names no database: mongodb://HOST/DATABASE");
    }
    MongoClients.requireDatabaseAlone(connection, "--from");
    MongoClientSettings.Builder settings =
        MongoClientSettings.builder()
            .applyToClusterSettings(
                cluster -> cluster.serverSelectionTimeout(SELECTION_SECONDS, TimeUnit.SECONDS))
            .applyConnectionString(connection)
            .applicationName("benchmark-results-import")
            .transportSettings(MongoClients.onEventLoops(vertx));
    return new LegacyClient(
        connection,
        database,
        com.mongodb.reactivestreams.client.MongoClients.create(settings.build()));
  }

  ConnectionString connection() {
    return connection;
  }

  String database() {
    return database;
  }

  MongoCollection<RawBsonDocument> collection(String name) {
    return driver.getDatabase(database).getCollection(name, RawBsonDocument.class);
  }

  /** Succeeds with the names of the collections that the user may see. */
  Future<List<String>> collectionNames() {
    return Streams.collect(
            driver.getDatabase(database).listCollectionNames().authorizedCollections(true))
        .recover(LegacyClient::understood);
  }

  /** Succeeds with what the server says of itself. */
  Future<RawBsonDocument> hello() {
    return Streams.collect(
            driver.getDatabase("admin").runCommand(new Document("hello", 1), RawBsonDocument.class))
        .recover(LegacyClient::understood)
        .map(answers -> answers.get(0));
  }

  /** For {@code recover}: what an operator can do about it, without the driver's words. */
  static <T> Future<T> understood(Throwable failure) {
    return Future.failedFuture(
        switch (failure) {
          case MongoSecurityException e ->
              new Unavailable("the source refuses the user or the password", e);
          case MongoCommandException e when e.getErrorCode() == UNAUTHORIZED ->
              new Unavailable("the source does not let this user read", e);
          default ->
              MongoFailures.toUnavailable(failure) instanceof Unavailable
                  ? new Unavailable("the source does not answer", failure)
                  : failure;
        });
  }

  /** Blocks until it is closed; never call it on an event loop. */
  void close() {
    driver.close();
  }
}
