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

/** A read-only client of the legacy database, with the read settings and timeouts of its URL. */
final class LegacyClient {
  private static final int UNAUTHORIZED = 13;

  /** Shorter than the default, because a person waits at the terminal. */
  private static final long SERVER_SELECTION_SECONDS = 10;

  private final ConnectionString connection;
  private final String database;
  private final MongoClient driver;

  private LegacyClient(ConnectionString connection, String database, MongoClient driver) {
    this.connection = connection;
    this.database = database;
    this.driver = driver;
  }

  /**
   * Opens the client without waiting for the database.
   *
   * @throws IllegalArgumentException when the URL is invalid; the message does not quote it
   */
  static LegacyClient open(Vertx vertx, LegacyDatabase legacy) {
    ConnectionString connection;
    try {
      connection = new ConnectionString(legacy.url().value());
    } catch (IllegalArgumentException e) {
      // The driver's own message may quote the password.
      throw new IllegalArgumentException(
          "--from is not a valid connection string; special characters in the"
              + " user name and the password must be percent-encoded");
    }
    String database = connection.getDatabase();
    if (database == null) {
      throw new IllegalArgumentException("--from names no database: mongodb://HOST/DATABASE");
    }
    MongoClients.requireNoCollection(connection, "--from");
    MongoClientSettings.Builder settings =
        MongoClientSettings.builder()
            .applyToClusterSettings(
                cluster ->
                    cluster.serverSelectionTimeout(SERVER_SELECTION_SECONDS, TimeUnit.SECONDS))
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

  /** Succeeds with the names of the collections that the user may read. */
  Future<List<String>> collectionNames() {
    return Streams.collect(
            driver.getDatabase(database).listCollectionNames().authorizedCollections(true))
        .recover(LegacyClient::translate);
  }

  Future<RawBsonDocument> hello() {
    return Streams.collect(
            driver.getDatabase("admin").runCommand(new Document("hello", 1), RawBsonDocument.class))
        .recover(LegacyClient::translate)
        .map(replies -> replies.get(0));
  }

  /** For {@code recover}: failures as sentences for the operator, without the driver's texts. */
  static <T> Future<T> translate(Throwable failure) {
    return Future.failedFuture(
        switch (failure) {
          case MongoSecurityException e ->
              new Unavailable("the source database rejects the user name or the password", e);
          case MongoCommandException e when e.getErrorCode() == UNAUTHORIZED ->
              new Unavailable("the user is not authorized to read the source database", e);
          default ->
              MongoFailures.toUnavailable(failure) instanceof Unavailable
                  ? new Unavailable("the source database does not answer", failure)
                  : failure;
        });
  }

  /** Blocks; must not be called on an event loop. */
  void close() {
    driver.close();
  }
}
