package org.benchmarkresults.storage.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.connection.NettyTransportSettings;
import com.mongodb.connection.ServerDescription;
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
 * The two clients of one database, with the same settings. The Vert.x client writes and runs
 * commands; the driver reads results as raw BSON, which the Vert.x client cannot (it converts every
 * document to a JsonObject; docs/decisions.md has the cost).
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
   * Opens both clients without waiting for the database.
   *
   * @throws IllegalArgumentException when the URL is not a valid connection string; the message
   *     does not quote it
   */
  public static MongoClients open(Vertx vertx, String url, Config.Mongo config) {
    return open(vertx, url, config, new CompositeMeterRegistry());
  }

  /** Opens both clients, with metrics. */
  public static MongoClients open(
      Vertx vertx, String url, Config.Mongo config, MeterRegistry meters) {
    return open(vertx, url, config, meters, OpenTelemetry.noop());
  }

  /** Opens both clients, with metrics and traces. */
  public static MongoClients open(
      Vertx vertx, String url, Config.Mongo config, MeterRegistry meters, OpenTelemetry traces) {
    ConnectionString connection = connection(url);
    String database = Objects.requireNonNullElse(connection.getDatabase(), config.database());
    requireValidName(database);
    requireNoCollection(connection, "mongo.url");
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

  /** A URL may name another database than the settings, which were checked before. */
  private static void requireValidName(String database) {
    DatabaseNames.fault(database)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException("mongo.url names the database " + fault);
            });
  }

  /** The driver takes the part after a dot as a collection, so another database would be used. */
  public static void requireNoCollection(ConnectionString connection, String setting) {
    if (connection.getCollection() != null) {
      throw new IllegalArgumentException(
          setting
              + " names the database \""
              + connection.getDatabase()
              + "."
              + connection.getCollection()
              + "\"; a database name must not contain a dot");
    }
  }

  /** The driver's own messages may quote the password. */
  private static ConnectionString connection(String url) {
    try {
      return new ConnectionString(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "mongo.url is not a valid connection string; special characters in the"
              + " user name and the password must be percent-encoded");
    }
  }

  private static MongoClientSettings.Builder settings(
      Vertx vertx, ConnectionString connection, Config.Mongo config, MeterRegistry meters) {
    MongoClientSettings.Builder settings =
        MongoClientSettings.builder()
            .applyConnectionString(connection)
            .applicationName("benchmark-results")
            // Decisions about writes need the latest version.
            .readPreference(ReadPreference.primary())
            // An accepted result survives the loss of any minority of the members.
            .writeConcern(WriteConcern.MAJORITY.withJournal(true))
            .codecRegistry(
                CodecRegistries.fromRegistries(
                    // First, because the Vert.x client needs it to write its documents.
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
      // Results that were read are never rolled back; majority writes are also visible at once.
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

  /** The diagnosis of the database's unavailability. */
  public ConnectionTrouble trouble() {
    return trouble;
  }

  /** Whether a member of a replica set is known, so that replies tell the primary's term. */
  public boolean isReplicaSet() {
    return driver.getClusterDescription().getServerDescriptions().stream()
        .anyMatch(ServerDescription::isReplicaSetMember);
  }

  public MeterRegistry meters() {
    return meters;
  }

  /** For commands without support of read concerns in the Vert.x client. */
  public MongoDatabase database() {
    return driver.getDatabase(database);
  }

  /** Succeeds when the database answers; fails with the driver's exception. */
  public Future<BsonDocument> ping() {
    return Streams.one(
        database().runCommand(new BsonDocument("ping", new BsonInt32(1)), BsonDocument.class));
  }

  /** A collection read with the configured read preference, perhaps from a secondary. */
  public MongoCollection<RawBsonDocument> reading(String collection) {
    return raw(collection).withReadPreference(readPreference);
  }

  /** A collection read from the primary, with documents as the bytes of the database. */
  public MongoCollection<RawBsonDocument> raw(String collection) {
    return driver.getDatabase(database).getCollection(collection, RawBsonDocument.class);
  }

  /** On a worker thread, because closing waits for replies that arrive on event loops. */
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
