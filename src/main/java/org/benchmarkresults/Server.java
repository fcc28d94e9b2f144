package org.benchmarkresults;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Properties;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.health.HealthVerticle;
import org.benchmarkresults.http.HttpShared;
import org.benchmarkresults.http.HttpVerticle;
import org.benchmarkresults.storage.StorageVerticle;

/** One running node: storage first, then health, then http, so that listening means ready. */
public final class Server {
  private final Vertx vertx;
  private final HttpShared http;
  private final String httpDeployment;
  private final String version;

  private Server(Vertx vertx, HttpShared http, String httpDeployment, String version) {
    this.vertx = vertx;
    this.http = http;
    this.httpDeployment = httpDeployment;
    this.version = version;
  }

  /**
   * Succeeds with the node when it listens, also when its database is away; fails when the port is
   * taken, the embedded database cannot be opened, or contract and service disagree.
   */
  public static Future<Server> start(Config config, Clock clock) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
    Bus bus = new Bus(vertx);
    String version = builtVersion();
    String kind = config.mongo().embedded() ? "embedded" : "mongodb";
    // Reading the contract and reaching the database take about as long: they go side by side.
    Future<HttpShared> shared = HttpShared.load(vertx, config.http());
    Future<String> health =
        vertx
            .deployVerticle(new StorageVerticle(config.mongo(), config.retention(), bus, clock))
            .compose(
                storage ->
                    vertx.deployVerticle(
                        new HealthVerticle(config.health(), bus, clock, kind, version)));
    return Future.join(shared, health)
        .compose(
            both ->
                vertx.deployVerticle(
                    () -> new HttpVerticle(config.http(), bus, clock, shared.result()),
                    new DeploymentOptions().setInstances(instances(config))))
        .map(httpDeployment -> new Server(vertx, shared.result(), httpDeployment, version))
        .recover(failure -> vertx.close().transform(closed -> Future.failedFuture(failure)));
  }

  private static int instances(Config config) {
    boolean anyFreePort = config.http().port() == 0;
    int asked = config.http().instances();
    // A free port is one for each server, so there can be only one.
    return anyFreePort ? 1 : asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
  }

  private static String builtVersion() {
    Properties properties = new Properties();
    try (InputStream in = Server.class.getResourceAsStream("/benchmark-results.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  public int port() {
    return http.port();
  }

  public String version() {
    return version;
  }

  /** Requests under way finish first: closing Vert.x would close storage beneath them. */
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    // Closed from a thread of its own: an event loop would be gone before it could tell.
    vertx
        .undeploy(httpDeployment)
        .onComplete(
            undeployed ->
                Thread.ofPlatform()
                    .name("benchmark-results-close")
                    .start(() -> vertx.close().onComplete(closed)));
    return closed.future();
  }
}
