package org.benchmarkresults;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.cluster.Cluster;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.health.HealthVerticle;
import org.benchmarkresults.health.Liveness;
import org.benchmarkresults.http.HttpEndpoint;
import org.benchmarkresults.http.HttpShared;
import org.benchmarkresults.http.HttpVerticle;
import org.benchmarkresults.model.node.NodeList;
import org.benchmarkresults.model.node.NodeList.Node;
import org.benchmarkresults.standardize.verticle.StandardizeVerticle;
import org.benchmarkresults.storage.StorageVerticle;
import org.benchmarkresults.telemetry.Telemetry;
import org.jspecify.annotations.Nullable;

/**
 * One running node: storage first, then health and standardize, then http, so that listening means
 * ready.
 */
public final class Server {
  static {
    // A handshake costs the server far more than the client, so a connection gets only one. The
    // property is read when the first TLS classes are loaded.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  /** Limit for closing the connections to the database and the cluster. */
  static final Duration CLOSING = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Bus bus;
  private final Telemetry telemetry;
  private final @Nullable HealthVerticle health;
  private final Duration grace;
  private final @Nullable HttpShared http;
  private final @Nullable String httpDeployment;
  private final String version;

  private Server(
      Vertx vertx,
      Bus bus,
      Telemetry telemetry,
      @Nullable HealthVerticle health,
      Duration grace,
      @Nullable HttpShared http,
      @Nullable String httpDeployment,
      String version) {
    this.vertx = vertx;
    this.bus = bus;
    this.telemetry = telemetry;
    this.health = health;
    this.grace = grace;
    this.http = http;
    this.httpDeployment = httpDeployment;
    this.version = version;
  }

  /**
   * Succeeds when the node listens, also without its database; fails when a port is taken, the
   * embedded database cannot be opened, or contract and service disagree.
   */
  public static Future<Server> start(Config config, Clock clock) {
    String version = builtVersion();
    Telemetry telemetry = new Telemetry(config.tracing(), version);
    VertxOptions options =
        EventLoops.of(config.http()).on(new VertxOptions().setPreferNativeTransport(false));
    VertxBuilder builder = telemetry.install(Vertx.builder(), options);
    if (!config.cluster().enabled()) {
      return start(config, clock, version, telemetry, builder.build(), null);
    }
    return Cluster.join(config.cluster(), config.roles(), version, builder, options)
        .compose(cluster -> start(config, clock, version, telemetry, cluster.vertx(), cluster));
  }

  private static Future<Server> start(
      Config config,
      Clock clock,
      String version,
      Telemetry telemetry,
      Vertx vertx,
      @Nullable Cluster cluster) {
    Bus bus = new Bus(vertx, cluster, telemetry::recordRequest);
    NodeList alone =
        new NodeList(
            List.of(new Node(UUID.randomUUID().toString(), "", config.roles(), version, true)));
    bus.serve(
        Addresses.NODES, ask -> Future.succeededFuture(cluster == null ? alone : cluster.nodes()));
    Liveness.serve(vertx, bus);
    telemetry.serve(bus);
    // Reading the contract and connecting to the database take about as long, so they run in
    // parallel.
    Future<@Nullable HttpShared> shared =
        config.plays(Config.HTTP_ROLE) || config.management().port() > 0
            ? HttpShared.load(vertx, bus, clock, config, telemetry.registry())
            : Future.succeededFuture();
    HealthVerticle health = health(config, clock, version, bus, cluster);
    Future<?> behind =
        storage(config, clock, telemetry, vertx, bus)
            .compose(
                storage -> health == null ? Future.succeededFuture() : vertx.deployVerticle(health))
            .compose(healthy -> standardize(config, telemetry, vertx, bus));
    return Future.join(shared, behind)
        .compose(both -> management(config, clock, vertx, bus, shared.result()))
        .compose(management -> http(config, clock, vertx, bus, shared.result()))
        .map(
            deployment ->
                new Server(
                    vertx,
                    bus,
                    telemetry,
                    health,
                    config.http().shutdownGrace(),
                    shared.result(),
                    deployment,
                    version))
        .recover(failure -> vertx.close().transform(closed -> Future.failedFuture(failure)));
  }

  private static Future<?> storage(
      Config config, Clock clock, Telemetry telemetry, Vertx vertx, Bus bus) {
    return config.plays(Config.STORAGE_ROLE)
        ? vertx.deployVerticle(
            new StorageVerticle(
                config.mongo(),
                config.retention(),
                bus,
                clock,
                telemetry.registry(),
                telemetry.openTelemetry(),
                config.security().isAudited()))
        : Future.succeededFuture();
  }

  private static Future<?> standardize(Config config, Telemetry telemetry, Vertx vertx, Bus bus) {
    return config.plays(Config.STANDARDIZE_ROLE)
        ? vertx.deployVerticle(
            new StandardizeVerticle(config.standardize(), bus, telemetry.registry()))
        : Future.succeededFuture();
  }

  private static @Nullable HealthVerticle health(
      Config config, Clock clock, String version, Bus bus, @Nullable Cluster cluster) {
    if (!config.plays(Config.HEALTH_ROLE)) {
      return null;
    }
    String kind = config.mongo().embedded() ? "embedded" : "mongodb";
    return new HealthVerticle(
        config.health(),
        bus,
        clock,
        kind,
        version,
        cluster == null ? null : cluster::isJoined,
        config.mongo().embedded() ? Duration.ZERO : config.mongo().saveTimeout());
  }

  private static Future<@Nullable String> http(
      Config config, Clock clock, Vertx vertx, Bus bus, @Nullable HttpShared shared) {
    if (shared == null || !config.plays(Config.HTTP_ROLE)) {
      return Future.succeededFuture();
    }
    HttpEndpoint publicly = HttpEndpoint.publicly(config, shared);
    return vertx.deployVerticle(
        () -> new HttpVerticle(config.http(), bus, clock, shared, publicly),
        new DeploymentOptions().setInstances(EventLoops.of(config.http()).instances()));
  }

  /** The management port listens until the end, so that probes see the node stop. */
  private static Future<?> management(
      Config config, Clock clock, Vertx vertx, Bus bus, @Nullable HttpShared shared) {
    return shared == null || config.management().port() == 0
        ? Future.succeededFuture()
        : vertx.deployVerticle(
            new HttpVerticle(
                config.http(),
                bus,
                clock,
                shared,
                HttpEndpoint.forManagement(config.management())));
  }

  static String builtVersion() {
    Properties properties = new Properties();
    try (InputStream in = Server.class.getResourceAsStream("/benchmark-results.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  /** The port of a node with the role http. */
  public int port() {
    return Objects.requireNonNull(http, "this node serves no HTTP").port();
  }

  public String version() {
    return version;
  }

  /**
   * How long {@link #close} may take: the grace for requests, the grace for requests of other
   * nodes, and {@link #CLOSING}.
   */
  public Duration longestClose() {
    return grace.multipliedBy(2).plus(CLOSING);
  }

  /**
   * Succeeds when all is closed. The node is not ready from now on; what is under way finishes
   * first, because closing Vert.x would close storage beneath it.
   */
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    if (health != null) {
      health.markStopping();
    }
    Future<Void> withoutHttp =
        httpDeployment == null ? Future.succeededFuture() : vertx.undeploy(httpDeployment);
    var unused =
        withoutHttp
            .otherwiseEmpty()
            .compose(undeployed -> bus.stopServing(grace))
            // On a thread of its own, because closing ends the event loops.
            .onComplete(
                stopped ->
                    Thread.ofPlatform()
                        .name("benchmark-results-close")
                        .start(() -> vertx.close().onComplete(closed)));
    return closed.future().onComplete(ended -> telemetry.close());
  }
}
