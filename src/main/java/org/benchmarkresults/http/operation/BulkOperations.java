package org.benchmarkresults.http.operation;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.bus.BulkAddresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.body.BodyReader;
import org.benchmarkresults.http.exchange.HeldBody;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.headers.References;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.operation.BulkOperation;
import org.benchmarkresults.model.operation.BulkPlan;
import org.benchmarkresults.model.operation.BulkQuery;
import org.benchmarkresults.model.operation.BulkRef;
import org.benchmarkresults.model.operation.BulkReply;

/** The operations on bulk operations. */
public final class BulkOperations {
  private static final int LISTED = 100;

  private BulkOperations() {}

  /** The rows of the table of operations, but the one that reads a body. */
  public static List<Operation> all() {
    Operation.Read<BulkRef> ref =
        context ->
            Future.succeededFuture(
                new BulkRef(context.pathParam("operation_id"), BulkRequests.viewer(context)));
    return List.of(
        new Operation.BusCall<>(
            "listBulkOperations",
            BulkAddresses.LIST,
            context -> Future.succeededFuture(new BulkQuery(BulkRequests.viewer(context), LISTED)),
            (context, query, list) -> Response.json(200, BulkJson.list(list.operations()))),
        new Operation.BusCall<>(
            "findBulkOperation",
            BulkAddresses.FIND,
            ref,
            (context, asked, reply) -> Response.json(200, BulkJson.of(found(reply)).toBuffer())),
        new Operation.BusCall<>(
            "cancelBulkOperation",
            BulkAddresses.CANCEL,
            ref,
            (context, asked, reply) -> Response.json(200, BulkJson.of(found(reply)).toBuffer())));
  }

  /** The operation that makes a dry run and begins a run. */
  public record Begin(BodyReader bodies) implements Operation {
    @Override
    public String id() {
      return "changeResults";
    }

    @Override
    public String address() {
      return BulkAddresses.RUN.name();
    }

    @Override
    public Future<Response> answer(RoutingContext context, Bus bus) {
      return bodies
          .read(context.request())
          .compose(
              body -> {
                HeldBody.keep(context, body);
                return answer(context, BulkBody.of(buffer(body)), bus);
              });
    }

    private static Buffer buffer(BodyReader.Body body) {
      byte[] bytes = new byte[body.bytes().remaining()];
      body.bytes().duplicate().get(bytes);
      return Buffer.buffer(bytes);
    }

    private static Future<Response> answer(RoutingContext context, BulkBody body, Bus bus) {
      if (body.has(BulkBody.TOKEN)) {
        return bus.request(BulkAddresses.RUN, BulkRequests.run(body, context))
            .map(reply -> started(context, found(reply)));
      }
      return bus.request(BulkAddresses.DRY_RUN, BulkRequests.dryRun(body, context))
          .map(BulkOperations::planned);
    }
  }

  private static Response planned(BulkPlan plan) {
    BulkOperation operation = plan.operation();
    if (operation == null) {
      throw new ProblemException(Problem.tooCostly());
    }
    return Response.json(200, BulkJson.of(plan, operation));
  }

  private static Response started(RoutingContext context, BulkOperation operation) {
    Map<String, String> headers = Response.headers("application/json");
    headers.put("Location", References.to(context, "bulk/" + operation.id()));
    return new Response.Whole(202, headers, BulkJson.of(operation).toBuffer());
  }

  private static BulkOperation found(BulkReply reply) {
    return switch (reply) {
      case BulkReply.Found found -> found.operation();
      case BulkReply.Unknown unknown ->
          throw new ProblemException(
              Problem.of(
                  404,
                  "bulk-operation-not-found",
                  "Not found",
                  "There is no such bulk operation: it was made by another caller, or it was"
                      + " forgotten some time after its end."));
      case BulkReply.Expired expired ->
          throw new ProblemException(
              Problem.of(410, "token-expired", "The token has expired. Make a new dry run."));
      case BulkReply.OtherRequest other ->
          throw new ProblemException(
              Problem.of(
                  409,
                  "other-request",
                  "The request differs from the one of the dry run. Send the token alone, or make a"
                      + " new dry run."));
      case BulkReply.Forbidden forbidden ->
          throw new ProblemException(Problem.scopeMissing(forbidden.needed()));
    };
  }
}
