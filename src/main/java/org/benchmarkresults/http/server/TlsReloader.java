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
 * TLS of the public port. The files are looked at from time to time: a new pair is used from the
 * next connection on, one that does not fit is passed over. Confined to one event loop.
 */
public final class TlsReloader {
  private static final Logger LOG = LoggerFactory.getLogger(TlsReloader.class);
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");
  private static final long LOOK_MILLIS = 5_000;

  private final Vertx vertx;
  private final Config.Http config;
  private TlsKeyPair current;
  private String refused = "";

  private TlsReloader(Vertx vertx, Config.Http config, TlsKeyPair current) {
    this.vertx = vertx;
    this.config = config;
    this.current = current;
  }

  /** Succeeds when the files hold a certificate and its key; fails with a sentence otherwise. */
  public static Future<TlsReloader> open(Vertx vertx, Config.Http config, MeterRegistry meters) {
    return read(vertx, config)
        .map(
            certificate -> {
              TlsReloader encryption = new TlsReloader(vertx, config, certificate);
              Gauge.builder(
                      "http.server.certificate.expiry",
                      encryption,
                      any -> any.current.expires().getEpochSecond())
                  .description("When the certificate is no longer good, in Unix time.")
                  .baseUnit("seconds")
                  .register(meters);
              return encryption;
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

  /** Uses new files as they come, until the verticle is undeployed. */
  public void watch(HttpServer server) {
    Timer unused = Timer.periodic(vertx, Duration.ofMillis(LOOK_MILLIS), () -> renew(server));
  }

  private void renew(HttpServer server) {
    Future<?> unused =
        read(vertx, config)
            .compose(
                found ->
                    found.digest().equals(current.digest())
                        ? Future.succeededFuture()
                        : use(found, server))
            .onFailure(this::passOver);
  }

  private Future<?> use(TlsKeyPair found, HttpServer server) {
    ServerSSLOptions options = new ServerSSLOptions();
    options.setKeyCertOptions(found.options()).setEnabledSecureTransportProtocols(PROTOCOLS);
    return server
        .updateSSLOptions(options)
        .onSuccess(
            updated -> {
              current = found;
              refused = "";
              LOG.atInfo().addKeyValue("expires", found.expires()).log("a new certificate is used");
            });
  }

  /** Once for each reason: half of a pair may be written before the other. */
  private void passOver(Throwable failure) {
    String reason = String.valueOf(failure.getMessage());
    if (!reason.equals(refused)) {
      refused = reason;
      LOG.atWarn().addKeyValue("reason", reason).log("the certificate stays the one before");
    }
  }
}
