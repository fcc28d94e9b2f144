package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.io.IOException;
import java.net.BindException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.access.HostCheck;
import org.benchmarkresults.http.alias.AliasOperations;
import org.benchmarkresults.http.attachment.AttachmentIntake;
import org.benchmarkresults.http.attachment.AttachmentOperations;
import org.benchmarkresults.http.bulk.BulkUploads;
import org.benchmarkresults.http.contract.Contract;
import org.benchmarkresults.http.events.EventStreams;
import org.benchmarkresults.http.exchange.Failures;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.ShutdownDeadline;
import org.benchmarkresults.http.files.FileOperation;
import org.benchmarkresults.http.observed.PreviewOperation;
import org.benchmarkresults.http.operation.BulkOperations;
import org.benchmarkresults.http.result.Requests;
import org.benchmarkresults.http.result.Responses;
import org.benchmarkresults.http.result.ResultReader;
import org.benchmarkresults.http.server.Compression;
import org.benchmarkresults.http.server.IdleConnections;
import org.benchmarkresults.http.server.MessageRules;
import org.benchmarkresults.http.server.Pipelining;
import org.benchmarkresults.http.server.TlsReloader;
import org.benchmarkresults.http.suggest.SuggestOperation;
import org.jspecify.annotations.Nullable;

/**
 * Contract, routes, listening. Several instances share one port, each on an event loop of its own.
 */
public final class HttpVerticle extends VerticleBase {
  /** A result name of the longest members, percent-encoded, fits. */
  private static final int LONGEST_REQUEST_LINE = 16 << 10;

  private final Config.Http config;
  private final Bus bus;
  private final Clock clock;
  private final HttpShared shared;
  private final HttpEndpoint where;
  private final IdleConnections idle;
  private final ShutdownDeadline deadline = new ShutdownDeadline();
  private @Nullable HttpServer server;

  public HttpVerticle(
      Config.Http config, Bus bus, Clock clock, HttpShared shared, HttpEndpoint where) {
    this.where = where;
    this.config = config;
    this.bus = bus;
    this.clock = clock;
    this.shared = shared;
    idle = new IdleConnections(config.idleTimeout().toMillis(), config.minUploadRate().bytes());
  }

  /** Fails when contract, operations and addresses disagree, or the port is taken. */
  @Override
  public Future<?> start() {
    idle.watch(vertx);
    return listen(shared.contract())
        .onSuccess(
            listening -> {
              server = listening;
              where.listens().accept(listening.actualPort());
            });
  }

  private Future<HttpServer> listen(Contract contract) {
    return vertx
        .executeBlocking(() -> router(contract), false)
        .compose(
            router ->
                isEncrypted()
                    ? TlsReloader.open(vertx, config, shared.registry())
                        .compose(
                            encryption ->
                                listen(router, encryption.on(options()))
                                    .onSuccess(encryption::watch))
                    : listen(router, options()))
        .recover(this::naming);
  }

  /** Probes and meters are asked for by whoever runs the service, within its own network. */
  private boolean isEncrypted() {
    return where.isGuarded() && config.isEncrypted();
  }

  private Future<HttpServer> listen(Router router, HttpServerOptions options) {
    return vertx
        .createHttpServer(options)
        .connectionHandler(this::opened)
        .requestHandler(request -> route(request, router))
        .invalidRequestHandler(Failures::sendInvalid)
        .listen();
  }

  private void opened(HttpConnection connection) {
    MessageRules.install(connection);
    Pipelining.install(connection);
    idle.opened(connection);
  }

  private Future<HttpServer> naming(Throwable failure) {
    String prefix = where.isGuarded() ? "HTTP_" : "MANAGEMENT_";
    return failure instanceof BindException
        ? Future.failedFuture(
            new IOException(
                "cannot listen on "
                    + where.host()
                    + ":"
                    + where.port()
                    + ": "
                    + failure.getMessage()
                    + "; "
                    + prefix
                    + "HOST and "
                    + prefix
                    + "PORT name others",
                failure))
        : Future.failedFuture(failure);
  }

  /** The router cannot cope with a request that names no host (RFC 9112 section 3.2). */
  private static void route(HttpServerRequest request, Router router) {
    if (request.authority() == null) {
      Failures.sendInvalid(request);
    } else {
      router.handle(request);
    }
  }

  private Router router(Contract contract) {
    // The instances start side by side, and making validators is not known to be thread-safe.
    synchronized (contract) {
      return routes(contract)
          .router(
              vertx, clock, idle, config, shared.meters(), hosts(), addresses(), where.served());
    }
  }

  private Routes routes(Contract contract) {
    ResultReader results = new ResultReader(clock);
    Requests requests = new Requests(vertx, clock, shared.bodies(), results);
    BulkUploads loads = new BulkUploads(vertx, results, shared.loads(), deadline);
    Responses replies = new Responses(bus, shared.rows(), shared.answers());
    Map<String, Operation> operations =
        Operations.table(
            requests, loads, replies, contract, shared.docs(), clock, shared.aliases());
    AccessCheck guard = guard();
    Operation events =
        new EventStreams(vertx, shared.events(), shared.answers(), config.idleTimeout(), guard);
    operations.put(events.id(), events);
    AttachmentIntake intake =
        new AttachmentIntake(clock, config, shared.attachments(), shared.loads().large());
    FileOperation.all(vertx, shared.bodies(), results, intake)
        .forEach(operation -> operations.put(operation.id(), operation));
    AttachmentOperations.all(intake, shared.answers())
        .forEach(operation -> operations.put(operation.id(), operation));
    Operation preview = new PreviewOperation(shared.bodies());
    operations.put(preview.id(), preview);
    Operation bulk = new BulkOperations.Begin(shared.bodies());
    operations.put(bulk.id(), bulk);
    Operation suggest = new SuggestOperation(shared.names(), shared.aliases());
    operations.put(suggest.id(), suggest);
    AliasOperations.all(shared.aliases(), shared.bodies())
        .forEach(operation -> operations.put(operation.id(), operation));
    contract.requireAgreement(operations);
    return new Routes(contract, operations, bus, guard, new PageMemory(shared.answers()), deadline);
  }

  private SecurityPolicyHandler hosts() {
    return HostCheck.of(where.host(), shared.addresses().isBehindProxy(), config.corsOrigins());
  }

  private SecurityPolicyHandler addresses() {
    return where.isGuarded() ? shared.addresses() : RoutingContext::next;
  }

  /**
   * The management port is for operators only, so probes and metrics need no authentication there.
   */
  private AccessCheck guard() {
    return where.isGuarded() ? shared.guard() : AccessCheck.ofNobody();
  }

  private HttpServerOptions options() {
    return Compression.on(new HttpServerOptions())
        .setHost(where.host())
        .setPort(where.port())
        .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
        .setMaxHeaderSize(LONGEST_REQUEST_LINE)
        // It is AND in filters; half of one would be taken for the whole.
        .setUseSemicolonAsQueryParamDelimiter(false)
        // Without a tracer it says nothing.
        .setTracingPolicy(TracingPolicy.ALWAYS)
        // Waiting to see which protocol is spoken, a connection that says nothing would go unseen.
        .setHttp2ClearTextEnabled(false);
  }

  /**
   * Takes no new connection, lets requests under way finish within the grace time. What still waits
   * near its end is answered 503.
   */
  @Override
  public Future<?> stop() {
    if (where.isGuarded()) {
      shared.events().close();
    }
    deadline.start(vertx, config.shutdownGrace());
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(config.shutdownGrace().toMillis(), TimeUnit.MILLISECONDS);
  }
}
