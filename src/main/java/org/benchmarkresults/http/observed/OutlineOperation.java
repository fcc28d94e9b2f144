package org.benchmarkresults.http.observed;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.format.Table;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.http.headers.NextLink;
import org.benchmarkresults.http.list.ValueLists;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.http.result.Requests;
import org.benchmarkresults.model.outline.OutlineOutcome;
import org.benchmarkresults.model.outline.OutlineOutcome.Found;
import org.benchmarkresults.model.outline.OutlineOutcome.NoValue;
import org.benchmarkresults.model.outline.OutlineOutcome.Value;
import org.benchmarkresults.model.outline.OutlineQuery;
import org.benchmarkresults.model.result.Stage;

/** The operations that look into the data of a result. */
final class OutlineOperation {
  private static final int DEFAULT_LIMIT = 100;
  private static final String AFTER = "after";
  private static final List<String> COLUMNS =
      List.of("name", "index", "pointer", "kind", "bytes", "members", "preview", "is_cut");

  private OutlineOperation() {}

  static List<Operation> all() {
    return Stream.of(Stage.values()).map(OutlineOperation::operation).toList();
  }

  private static Operation operation(Stage stage) {
    String id =
        switch (stage) {
          case RAW -> "outlineRawInput";
          case STANDARDIZED -> "outlineStandardizedOutput";
        };
    return new Operation.BusCall<>(
        id,
        ObservationAddresses.OUTLINE,
        Operation.Needs.rows(4 << 10),
        context -> query(stage, context),
        OutlineOperation::response);
  }

  private static Future<OutlineQuery> query(Stage stage, RoutingContext context) {
    MultiMap parameters = context.queryParams();
    String pointer = parameters.contains("pointer") ? parameters.get("pointer") : "";
    String after = parameters.get(AFTER);
    int from = after == null ? 0 : Integer.parseInt(after) + 1;
    int limit = ValueLists.limit(parameters, DEFAULT_LIMIT);
    return Requests.ref(stage, context).map(ref -> new OutlineQuery(ref, pointer, from, limit));
  }

  private static Response response(
      RoutingContext context, OutlineQuery query, OutlineOutcome outcome) {
    return switch (outcome) {
      case Found found -> found(context, query, found);
      case NoValue none -> throw new ProblemException(noValue(query, none));
      case OutlineOutcome.NoResult none -> throw new ProblemException(Problem.resultNotFound());
    };
  }

  private static Problem noValue(OutlineQuery query, NoValue none) {
    String where = none.resolved().isEmpty() ? "the whole data" : none.resolved();
    String detail =
        "leads to no value of the data; the longest part that does is "
            + where
            + ", which is "
            + (none.kind().matches("[ao].*") ? "an " : "a ")
            + none.kind();
    return new Problem(
        404,
        "pointer-not-found",
        "Pointer not found",
        "pointer: " + query.pointer() + " " + detail,
        List.of(Fault.ofParameter("pointer", detail)),
        null,
        null);
  }

  private static Response found(RoutingContext context, OutlineQuery query, Found found) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (found.mayBeMore()) {
      String last = Integer.toString(found.children().getLast().index());
      headers.put("Link", NextLink.to(context, AFTER, last));
    }
    JsonArray children = new JsonArray();
    for (Value child : found.children()) {
      JsonObject row = new JsonObject().put("name", child.name()).put("index", child.index());
      children.add(put(child, row));
    }
    Format format = Format.of(context);
    if (format.shape() != Format.Shape.JSON) {
      return Table.of(context, children, COLUMNS, query.ref().resultName() + "-outline", headers);
    }
    headers.putAll(Table.headers(format, ""));
    JsonObject body =
        put(found.value(), new JsonObject().put("version", found.version()))
            .put("children", children);
    return new Response.Whole(200, headers, body.toBuffer());
  }

  private static JsonObject put(Value value, JsonObject into) {
    return into.put("pointer", value.pointer())
        .put("kind", value.kind())
        .put("bytes", value.bytes())
        .put("members", value.members())
        .put("preview", value.preview())
        .put("is_cut", value.isCut());
  }
}
