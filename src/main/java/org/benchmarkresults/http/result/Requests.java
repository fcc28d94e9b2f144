package org.benchmarkresults.http.result;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.body.BodyReader;
import org.benchmarkresults.http.body.BodyReader.Body;
import org.benchmarkresults.http.body.EnvelopeReader.Parsed;
import org.benchmarkresults.http.exchange.HeldBody;
import org.benchmarkresults.http.headers.BodyType;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.annotation.AnnotationPatch;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.ResultRemoval;
import org.benchmarkresults.model.search.ResultQuery;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.model.version.VersionRestore;

/** The read functions: what a request asks for. Parameters were checked against the contract. */
public final class Requests {
  /** Larger bodies are read by a worker: a megabyte takes some 5 ms. */
  private static final int MOST_ON_EVENT_LOOP = 128 << 10;

  /** Its JSON is about the half megabyte from where the collector treats arrays as humongous. */
  private static final int PAGE = 1_000;

  private final Vertx vertx;
  private final Clock clock;
  private final BodyReader bodies;
  private final ResultReader results;

  public Requests(Vertx vertx, Clock clock, BodyReader bodies, ResultReader results) {
    this.vertx = vertx;
    this.clock = clock;
    this.bodies = bodies;
    this.results = results;
  }

  /** The result in the body; the memory it takes is given back when the request is over. */
  public Future<Result> result(Stage stage, RoutingContext context) {
    boolean refuseNewVersion = refusesNewVersion(context.request());
    return bodies
        .read(context.request())
        .compose(
            body -> {
              HeldBody.keep(context, body);
              return cut(body);
            })
        .map(cut -> results.result(stage, cut, refuseNewVersion, AccessCheck.caller(context)))
        .map(result -> result.by(AccessCheck.actor(context)));
  }

  /** The JSON merge patch in the body; its memory is given back when the request is over. */
  public Future<AnnotationPatch> patch(RoutingContext context) {
    return bodies
        .readPatch(context.request())
        .map(
            body -> {
              HeldBody.keep(context, body);
              return results.patch(body.bytes());
            });
  }

  public static boolean refusesNewVersion(HttpServerRequest request) {
    return "*".equals(request.getHeader(HttpHeaders.IF_NONE_MATCH));
  }

  /** Whether the body holds a result in each line. */
  static boolean isLines(RoutingContext context) {
    return BodyType.of(context.request().getHeader(HttpHeaders.CONTENT_TYPE)) == BodyType.LINES;
  }

  private Future<Parsed> cut(Body body) {
    return body.bytes().remaining() <= MOST_ON_EVENT_LOOP
        ? Future.succeededFuture(results.parse(body.bytes()))
        : vertx.executeBlocking(() -> results.parse(body.bytes()), false);
  }

  public static Future<ResultRef> ref(Stage stage, RoutingContext context) {
    String version = context.queryParams().get("version");
    return Future.succeededFuture(
        new ResultRef(
            stage,
            context.pathParam("result_name"),
            version == null ? null : Integer.valueOf(version),
            AccessCheck.caller(context).benchmarkPrefix(),
            AccessCheck.actor(context)));
  }

  /** The deletion, with the audit entry that storage writes once the result is deleted. */
  Future<ResultRemoval> removal(Stage stage, RoutingContext context) {
    String resultName = context.pathParam("result_name");
    Actor actor = AccessCheck.actor(context);
    Instant now = Instant.ofEpochMilli(clock.millis());
    return Future.succeededFuture(
        new ResultRemoval(
            stage,
            resultName,
            EntityTags.versions(context.request().getHeader("If-Match")),
            AccessCheck.caller(context).benchmarkPrefix(),
            actor == null
                ? null
                : AuditEntry.ofResult(now, Action.DELETED, stage, resultName, null, actor)));
  }

  public static Future<VersionRestore> versionRestore(Stage stage, RoutingContext context) {
    return Future.succeededFuture(
        new VersionRestore(
            stage,
            context.pathParam("result_name"),
            Integer.parseInt(context.queryParams().get("version")),
            EntityTags.versions(context.request().getHeader("If-Match")),
            AccessCheck.caller(context).benchmarkPrefix(),
            AccessCheck.actor(context)));
  }

  static ResultQuery query(Stage stage) {
    return new ResultQuery(stage, null, PAGE);
  }
}
