package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.access.CrossOrigin;
import org.benchmarkresults.http.contract.Contract;
import org.benchmarkresults.http.contract.Parameters;
import org.benchmarkresults.http.exchange.Failures;
import org.benchmarkresults.http.exchange.HeldBody;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.ResponseSender;
import org.benchmarkresults.http.exchange.ShutdownDeadline;
import org.benchmarkresults.http.headers.References;
import org.benchmarkresults.http.headers.UnencodedSlashes;
import org.benchmarkresults.http.log.RequestLog;
import org.benchmarkresults.http.log.RequestMeters;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.http.server.Compression;
import org.benchmarkresults.http.server.IdleConnections;
import org.benchmarkresults.http.server.SecurityHeaders;
import org.benchmarkresults.model.security.Scope;
import org.benchmarkresults.query.QueryRefused;

/** The router, generated from the contract; every operation goes through the one handler here. */
final class Routes {
  private static final int BEFORE_ALL = -1;

  private final Contract contract;
  private final Map<String, Operation> operations;
  private final Bus bus;
  private final AccessCheck guard;
  private final PageMemory memory;
  private final ShutdownDeadline deadline;

  Routes(
      Contract contract,
      Map<String, Operation> operations,
      Bus bus,
      AccessCheck guard,
      PageMemory memory,
      ShutdownDeadline deadline) {
    this.deadline = deadline;
    this.guard = guard;
    this.memory = memory;
    this.contract = contract;
    this.operations = operations;
    this.bus = bus;
  }

  Router router(
      Vertx vertx,
      Clock clock,
      IdleConnections idle,
      Config.Http config,
      RequestMeters meters,
      SecurityPolicyHandler hosts,
      SecurityPolicyHandler addresses,
      Predicate<String> served) {
    long patienceMillis = config.idleTimeout().toMillis();
    RouterBuilder builder = RouterBuilder.create(vertx, contract.openApi());
    builder
        .rootHandler(idle)
        .rootHandler(new RequestLog(clock, meters))
        .rootHandler(new SecurityHeaders(config.isEncrypted()))
        .rootHandler(new Compression());
    builder.rootHandler(hosts).rootHandler(new CrossOrigin(config.corsOrigins()));
    // Behind the handler of CORS, so that pages may read why they were refused.
    builder.rootHandler(addresses);
    for (var route : builder.getRoutes()) {
      String id = route.getOperation().getOperationId();
      Operation operation = operations.get(id);
      Parameters parameters = new Parameters(contract.schemas(), route.getOperation());
      // The router's own validation builds a tree of the body, on a worker, one at a time.
      route.setDoValidation(false);
      // Its own security knows no API keys; the guard does what the contract says.
      route.setDoSecurity(false);
      Set<Scope> needed = contract.scopes(id);
      boolean readsBody = route.getOperation().getRequestBody() != null;
      if (!served.test(id)) {
        route.addHandler(context -> Failures.send(context, 404, Map.of()));
      } else if (operation != null) {
        route.addHandler(
            context -> {
              RequestLog.routed(context, id);
              admit(
                  context,
                  needed,
                  operation.needs().access(),
                  readsBody,
                  () -> answer(context, operation, parameters, patienceMillis));
            });
      }
      route.addFailureHandler(Routes::failed);
    }
    Router router = builder.createRouter();
    answerHeadAsGet(router);
    router.route().order(BEFORE_ALL).handler(new UnencodedSlashes(contract.pathsWithNames()));
    router.errorHandler(400, context -> Failures.send(context, 400, Map.of()));
    router.errorHandler(404, context -> Failures.send(context, 404, Map.of()));
    router.errorHandler(405, this::methodNotAllowed);
    router.errorHandler(403, context -> Failures.send(context, 403, Map.of()));
    router.errorHandler(500, Routes::failed);
    return router;
  }

  /** HEAD reaches the operation that GET reaches; {@link ResponseSender} leaves the body out. */
  private static void answerHeadAsGet(Router router) {
    for (Route route : router.getRoutes()) {
      Set<HttpMethod> methods = route.methods();
      if (methods != null && methods.contains(HttpMethod.GET)) {
        route.method(HttpMethod.HEAD);
      }
    }
  }

  /** A status of 4xx that a handler chose is not a bug. */
  private static void failed(RoutingContext context) {
    int status = context.statusCode();
    if (status >= 400 && status < 500) {
      Failures.send(context, status, Map.of());
    } else {
      Failures.send(context, context.failure());
    }
  }

  private void admit(
      RoutingContext context,
      Set<Scope> needed,
      Operation.Access access,
      boolean readsBody,
      Runnable next) {
    Future<Void> admission = deadline.limit(guard.admit(context, needed, access));
    if (admission.succeeded()) {
      next.run();
      return;
    }
    // Until the request is admitted, its body waits; a refused body is read and dropped, so that
    // the
    // sender sees the response.
    context.request().pause();
    Future<Void> unused =
        admission.onComplete(
            admitted -> {
              next.run();
              if (!readsBody) {
                context.request().resume();
              }
            },
            refused -> {
              context.request().resume();
              Failures.send(context, refused);
            });
  }

  private void answer(
      RoutingContext context, Operation operation, Parameters parameters, long patienceMillis) {
    if (context.request().path().endsWith("/") && context.normalizedPath().length() > 1) {
      context.request().resume();
      withoutSlash(context);
      return;
    }
    try {
      parameters.check(context);
      var unused =
          deadline
              .limit(
                  memory
                      .reserve(context, operation.needs().rowBytes())
                      .compose(reserved -> operation.answer(context, bus)))
              .onComplete(answered -> HeldBody.release(context))
              .compose(reply -> ResponseSender.send(deadline.limit(reply), context, patienceMillis))
              .onFailure(failure -> Failures.send(context, failure));
    } catch (ProblemException | QueryRefused e) {
      context.request().resume();
      Failures.send(context, e);
    }
  }

  /** The legacy service redirects too. 307 keeps method and body. */
  private static void withoutSlash(RoutingContext context) {
    // The path as sent, such as "//elsewhere/../raw_input/", would redirect to another host.
    String path = context.normalizedPath().substring(1).replaceFirst("/+$", "");
    String query = context.request().query();
    var unused =
        context
            .response()
            .setStatusCode(307)
            .putHeader(
                "Location", References.to(context, query == null ? path : path + "?" + query))
            .end();
  }

  private void methodNotAllowed(RoutingContext context) {
    String path = context.normalizedPath();
    TreeSet<String> allowed = new TreeSet<>();
    for (var operation : contract.openApi().operations()) {
      if (matches(operation.getOpenAPIPath(), path)) {
        allowed.add(operation.getHttpMethod().name());
      }
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    Failures.sendMethodNotAllowed(context, String.join(", ", allowed));
  }

  private static boolean matches(String template, String path) {
    String pattern = "\\Q" + template.replaceAll("\\{[^}]*}", "\\\\E[^/]+\\\\Q") + "\\E/?";
    return Pattern.matches(pattern, path);
  }
}
