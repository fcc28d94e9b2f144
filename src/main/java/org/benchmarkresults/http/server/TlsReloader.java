package org.benchmarkresults.http.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.Set;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.timer.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the public port. Checks the files periodically: new connections use a new valid pair, an
 * invalid pair is ignored. Confined to one event loop.
 */
public final class TlsReloader {
  private static final Logger LOG = LoggerFactory.getLogger(TlsReloader.class);
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");
  private static final long CHECK_MILLIS = 5_000;

  private final Vertx vertx;
  private final Config.Http config;
  private TlsKeyPair current;
  private String lastReason = "";

  private TlsReloader(Vertx vertx, Config.Http config, TlsKeyPair current) {
    this.vertx = vertx;
    this.config = config;
    this.current = current;
  }

  /**
   * Succeeds when the files hold a matching certificate and key; fails with a message for operators
   * otherwise.
   */
  public static Future<TlsReloader> open(Vertx vertx, Config.Http config, MeterRegistry meters) {
    return read(vertx, config)
        .map(
            certificate -> {
              TlsReloader reloader = new TlsReloader(vertx, config, certificate);
              Gauge.builder(
                      "http.server.certificate.expiry",
                      reloader,
                      any -> any.current.expires().getEpochSecond())
                  .description("End of the certificate's validity, in Unix time.")
                  .baseUnit("seconds")
                  .register(meters);
              return reloader;
            });
  }

  private static Future<TlsKeyPair> read(Vertx vertx, Config.Http config) {
    return vertx.executeBlocking(
        () -> TlsKeyPair.read(vertx, config.tlsCertificate(), config.tlsKey()), false);
  }

  public HttpServerOptions on(HttpServerOptions options) {
    return options
        .setSsl(true)
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setKeyCertOptions(current.options());
  }

  /** Watches the files until the verticle is undeployed. */
  public void watch(HttpServer server) {
    Timer unused = Timer.periodic(vertx, Duration.ofMillis(CHECK_MILLIS), () -> renew(server));
  }

  private void renew(HttpServer server) {
    Future<?> unused =
        read(vertx, config)
            .compose(
                found ->
                    found.digest().equals(current.digest())
                        ? Future.succeededFuture()
                        : use(found, server))
            .onFailure(this::ignore);
  }

  private Future<?> use(TlsKeyPair found, HttpServer server) {
    ServerSSLOptions options = new ServerSSLOptions();
    options.setKeyCertOptions(found.options()).setEnabledSecureTransportProtocols(PROTOCOLS);
    return server
        .updateSSLOptions(options)
        .onSuccess(
            updated -> {
              current = found;
              lastReason = "";
              LOG.atInfo().addKeyValue("expires", found.expires()).log("TLS certificate reloaded");
            });
  }

  /** Logs each reason once, since the files are not replaced atomically. */
  private void ignore(Throwable failure) {
    String reason = String.valueOf(failure.getMessage());
    if (!reason.equals(lastReason)) {
      lastReason = reason;
      LOG.atWarn().addKeyValue("reason", reason).log("TLS certificate not reloaded");
    }
  }
}
