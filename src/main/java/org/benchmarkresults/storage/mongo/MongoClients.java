package org.benchmarkresults.storage.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.connection.NettyTransportSettings;
import com.mongodb.connection.TransportSettings;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import com.mongodb.reactivestreams.client.ReactiveContextProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.mongodb.MongoMetricsCommandListener;
import io.micrometer.core.instrument.binder.mongodb.MongoMetricsConnectionPoolListener;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.impl.codec.json.JsonObjectCodec;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.DatabaseNames;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.bson.codecs.configuration.CodecRegistries;
import org.jspecify.annotations.Nullable;

/**
 * The two clients of one database, made of the same settings: the Vert.x client writes, indexes and
 * commands; the driver beneath it reads results as raw BSON, which the Vert.x client cannot (it
 * makes a JsonObject of every document; docs/decisions.md has the cost).
 */
public final class MongoClients {
  /** How long an operation waits for a server, unless the connection string says otherwise. */
  private static final int SERVER_TIMEOUT_MILLIS = 2_000;

  private final MongoClient vertxClient;
  private final com.mongodb.reactivestreams.client.MongoClient driver;
  private final String database;
  private final MeterRegistry meters;
  private final ReadPreference readPreference;
  private final ConnectionTrouble trouble;

  private MongoClients(
      MongoClient vertxClient,
      com.mongodb.reactivestreams.client.MongoClient driver,
      String database,
      MeterRegistry meters,
      ReadPreference readPreference,
      ConnectionTrouble trouble) {
    this.trouble = trouble;
    this.meters = meters;
    this.readPreference = readPreference;
    this.vertxClient = vertxClient;
    this.driver = driver;
    this.database = database;
  }

  /**
   * Opens both; never blocks, whether the database is there or not.
   *
   * @throws IllegalArgumentException when the URL is no connection string; without quoting it
   */
  public static MongoClients open(Vertx vertx, String url, Config.Mongo config) {
    return open(vertx, url, config, new CompositeMeterRegistry());
  }

  /** The same, with commands, connections and groups counted. */
  public static MongoClients open(
      Vertx vertx, String url, Config.Mongo config, MeterRegistry meters) {
    return open(vertx, url, config, meters, OpenTelemetry.noop());
  }

  /** The same, with commands traced. */
  public static MongoClients open(
      Vertx vertx, String url, Config.Mongo config, MeterRegistry meters, OpenTelemetry traces) {
    ConnectionString connection = connection(url);
    String database = Objects.requireNonNullElse(connection.getDatabase(), config.database());
    requireGoodName(database);
    requireDatabaseAlone(connection, "mongo.url");
    ConnectionTrouble trouble = new ConnectionTrouble(connection.getRequiredReplicaSetName());
    MongoClientSettings.Builder builder =
        settings(vertx, connection, config, meters)
            .applyToClusterSettings(cluster -> cluster.addClusterListener(trouble))
            .applyToServerSettings(server -> server.addServerListener(trouble));
    if (traces != OpenTelemetry.noop()) {
      ReactiveContextProvider context = subscriber -> new CommandTrace(Trace.current());
      builder
          .contextProvider(context)
          .addCommandListener(new CommandSpans(traces.getTracer("benchmark-results")));
    }
    MongoClientSettings settings = builder.build();
    return new MongoClients(
        BoundedClient.of(
            MongoClient.createWithMongoSettings(
                vertx, new JsonObject().put("db_name", database), "benchmark-results", settings),
            config.operationTimeout().multipliedBy(2)),
        com.mongodb.reactivestreams.client.MongoClients.create(settings),
        database,
        meters,
        Objects.requireNonNullElseGet(connection.getReadPreference(), ReadPreference::primary),
        trouble);
  }

  /** The settings were looked at before; a URL may name another database. */
  private static void requireGoodName(String database) {
    DatabaseNames.fault(database)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException("mongo.url names the database " + fault);
            });
  }

  /** The driver reads what follows a dot as a collection, and the database would be another one. */
  public static void requireDatabaseAlone(ConnectionString connection, String named) {
    if (connection.getCollection() != null) {
      throw new IllegalArgumentException(
          named
              + " names the database \""
              + connection.getDatabase()
              + "."
              + connection.getCollection()
              + "\": a name of a database holds no dot");
    }
  }

  /** The driver's complaints may quote what stands where it looks for a host: the password too. */
  private static ConnectionString connection(String url) {
    try {
      return new ConnectionString(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "mongo.url is no connection string that the driver understands; special characters in the"
              + " user name and the password must be percent-encoded");
    }
  }

  private static MongoClientSettings.Builder settings(
      Vertx vertx, ConnectionString connection, Config.Mongo config, MeterRegistry meters) {
    MongoClientSettings.Builder settings =
        MongoClientSettings.builder()
            .applyConnectionString(connection)
            .applicationName("benchmark-results")
            // Whatever decides about a write must see the last one.
            .readPreference(ReadPreference.primary())
            // An accepted result survives the loss of any minority of the members.
            .writeConcern(WriteConcern.MAJORITY.withJournal(true))
            .codecRegistry(
                CodecRegistries.fromRegistries(
                    // First, or the Vert.x client cannot write its documents.
                    CodecRegistries.fromCodecs(new JsonObjectCodec(new JsonObject())),
                    MongoClientSettings.getDefaultCodecRegistry()))
            .transportSettings(onEventLoops(vertx))
            .addCommandListener(new MongoMetricsCommandListener(meters))
            .applyToConnectionPoolSettings(
                pool ->
                    pool.addConnectionPoolListener(new MongoMetricsConnectionPoolListener(meters)))
            .applyToSocketSettings(
                socket ->
                    socket.connectTimeout(
                        orDefault(connection.getConnectTimeout()), TimeUnit.MILLISECONDS))
            .applyToClusterSettings(
                cluster ->
                    cluster.serverSelectionTimeout(
                        orDefault(connection.getServerSelectionTimeout()), TimeUnit.MILLISECONDS))
            .timeout(config.operationTimeout().toMillis(), TimeUnit.MILLISECONDS);
    if (!config.embedded()) {
      // What was read once is never rolled back; with majority writes one also reads one's own.
      settings.readConcern(ReadConcern.MAJORITY);
    }
    return settings;
  }

  private static int orDefault(@Nullable Integer millis) {
    return millis == null ? SERVER_TIMEOUT_MILLIS : millis;
  }

  public static NettyTransportSettings onEventLoops(Vertx vertx) {
    return TransportSettings.nettyBuilder()
        .eventLoopGroup(((VertxInternal) vertx).nettyEventLoopGroup())
        .socketChannelClass(NioSocketChannel.class)
        .build();
  }

  public MongoClient vertxClient() {
    return vertxClient;
  }

  /** Why its servers cannot be reached. */
  public ConnectionTrouble trouble() {
    return trouble;
  }

  public MeterRegistry meters() {
    return meters;
  }

  /** For commands that the Vert.x client has no read concern for. */
  public MongoDatabase database() {
    return driver.getDatabase(database);
  }

  /** Succeeds when the database answered the driver; fails with the driver's exception. */
  public Future<BsonDocument> ping() {
    return Streams.one(
        database().runCommand(new BsonDocument("ping", new BsonInt32(1)), BsonDocument.class));
  }

  /** The same where it may be read from another member than the primary, if the settings say so. */
  public MongoCollection<RawBsonDocument> reading(String collection) {
    return raw(collection).withReadPreference(readPreference);
  }

  /** A collection whose documents are read as the bytes that the database sent. */
  public MongoCollection<RawBsonDocument> raw(String collection) {
    return driver.getDatabase(database).getCollection(collection, RawBsonDocument.class);
  }

  /**
   * Closing waits for answers of the database, which arrive on event loops: never on one itself.
   */
  public Future<Void> close(Vertx vertx) {
    return vertx
        .executeBlocking(
            () -> {
              driver.close();
              return vertxClient.close();
            },
            false)
        .compose(closing -> closing);
  }
}
