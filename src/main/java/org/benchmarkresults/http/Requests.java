package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.benchmarkresults.http.BodyReader.Body;
import org.benchmarkresults.http.EnvelopeReader.Cut;
import org.benchmarkresults.model.Ask;
import org.benchmarkresults.model.Envelope;
import org.benchmarkresults.model.Result;
import org.benchmarkresults.model.ResultKey;
import org.benchmarkresults.model.ResultQuery;
import org.benchmarkresults.model.ResultRef;
import org.benchmarkresults.model.Stage;

/** The read functions: what a request asks for. Parameters were checked against the contract. */
final class Requests {
  /** Larger bodies are read by a worker: a megabyte takes some 5 ms. */
  private static final int MOST_ON_EVENT_LOOP = 128 << 10;

  /** Its JSON is about the half megabyte from where the collector treats arrays as humongous. */
  private static final int PAGE = 1_000;

  private final Vertx vertx;
  private final Clock clock;
  private final BodyReader bodies;
  private final int depthLimit;
  private final Schemas envelope;

  Requests(Vertx vertx, Clock clock, BodyReader bodies, int depthLimit, Schemas envelope) {
    this.vertx = vertx;
    this.clock = clock;
    this.bodies = bodies;
    this.depthLimit = depthLimit;
    this.envelope = envelope;
  }

  /** The result in the body; the memory it takes is given back when the request is over. */
  Future<Result> result(Stage stage, RoutingContext context) {
    boolean refuseNewVersion = "*".equals(context.request().getHeader("If-None-Match"));
    return bodies
        .read(context.request())
        .compose(
            body -> {
              Exchange.of(context).holds(body);
              return cut(body);
            })
        .map(cut -> result(stage, cut, refuseNewVersion));
  }

  private Future<Cut> cut(Body body) {
    return body.bytes().remaining() <= MOST_ON_EVENT_LOOP
        ? Future.succeededFuture(EnvelopeReader.cut(body.bytes(), depthLimit))
        : vertx.executeBlocking(
            () -> EnvelopeReader.cut(body.bytes(), depthLimit), false);
  }

  private Result result(Stage stage, Cut cut, boolean refuseNewVersion) {
    List<Problem.Fault> faults = new ArrayList<>(cut.faults());
    if (cut.isObject()) {
      faults.addAll(envelope.faultsOf(cut.head()));
    }
    if (!faults.isEmpty()) {
      throw new ProblemException(Problem.invalidMembers(faults));
    }
    // To the millisecond, as the database keeps it.
    Instant now = Instant.ofEpochMilli(clock.millis());
    JsonObject head = cut.head();
    ResultKey key =
        new ResultKey(
            String.valueOf(head.getValue("timestamp")),
            head.getString("benchmark_name"),
            runId(head, now));
    Envelope sent =
        new Envelope(
            key,
            head.getString("model_id"),
            head.getString("tokenizer_id"),
            head.getString("source"),
            cut.extra());
    return new Result(
        stage,
        sent,
        Objects.requireNonNull(cut.data()),
        Objects.requireNonNull(cut.digest()),
        now,
        refuseNewVersion);
  }

  /** Made here, once, so that a retry on the bus cannot make two. */
  private static String runId(JsonObject head, Instant now) {
    String given = head.getString("run_id");
    return given == null || given.isEmpty() ? RunIds.next(now) : given;
  }

  static Future<ResultRef> ref(Stage stage, RoutingContext context) {
    String version = context.queryParams().get("version");
    return Future.succeededFuture(
        new ResultRef(
            stage,
            context.pathParam("result_name"),
            version == null ? null : Integer.valueOf(version)));
  }

  static ResultQuery query(Stage stage) {
    return new ResultQuery(stage, null, PAGE);
  }

  static Future<Ask> nothing() {
    return Future.succeededFuture(new Ask());
  }
}
