package org.benchmarkresults.http.annotation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.format.Table;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.http.headers.NextLink;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.http.json.SummaryJson;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.http.result.EntityTags;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.annotation.request.AnnotateOutcome;
import org.benchmarkresults.model.annotation.request.AnnotateRequest;
import org.benchmarkresults.model.annotation.request.AnnotationHistory;
import org.benchmarkresults.model.annotation.request.AnnotationHistoryQuery;
import org.benchmarkresults.model.annotation.request.LabelList;
import org.benchmarkresults.model.annotation.request.LabelQuery;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.security.Scope;
import org.benchmarkresults.query.Cursor;
import org.jspecify.annotations.Nullable;

/** Responses to requests about annotations. */
final class AnnotationResponses {
  private static final List<String> CHANGE_COLUMNS =
      List.of("revision", "at", "caller", "labels", "note", "excluded");
  private static final List<String> LABEL_COLUMNS =
      List.of("name", "key", "value", "results", "is_lower_bound");

  private AnnotationResponses() {}

  static Response annotated(
      RoutingContext context, AnnotateRequest request, AnnotateOutcome outcome) {
    return switch (outcome) {
      case AnnotateOutcome.Annotated done -> {
        Map<String, String> headers = Response.headers("application/json");
        headers.put("ETag", EntityTags.ofResult(done.summary()));
        yield new Response.Whole(
            200,
            headers,
            body(done.summary(), AccessCheck.caller(context).may(Scope.READ))
                .put("changed", done.changed())
                .toBuffer());
      }
      case AnnotateOutcome.NotThere none -> throw new ProblemException(Problem.resultNotFound());
      case AnnotateOutcome.OtherState other -> throw new ProblemException(otherState(other));
      case AnnotateOutcome.TooManyLabels many ->
          throw new ProblemException(
              Problem.invalidMembers(
                  List.of(
                      new Fault(
                          "/labels",
                          "would be "
                              + many.labels()
                              + " labels with those that the result has; "
                              + Label.MOST
                              + " are allowed"))));
    };
  }

  private static Problem otherState(AnnotateOutcome.OtherState other) {
    return Problem.of(
        412,
        "other-state",
        "Precondition failed",
        "The result is in state "
            + EntityTags.ofResult(other.summary())
            + ", which If-Match does not name. Read it again, and repeat the change if it is still"
            + " right.");
  }

  /** Without the scope read nobody learns what others have set. */
  private static JsonObject body(ResultSummary summary, boolean mayRead) {
    JsonObject body =
        new JsonObject()
            .put("name", summary.resultName())
            .put("result_name", summary.resultName())
            .put("version", summary.version());
    return mayRead
        ? members(body, summary.annotations())
        : body.put("revision", summary.annotations().revision());
  }

  private static JsonObject members(JsonObject into, Annotations annotations) {
    JsonObject labels = new JsonObject();
    annotations.labels().forEach(label -> labels.put(label.key(), label.value()));
    return into.put("revision", annotations.revision())
        .put("labels", labels)
        .put("note", annotations.note())
        .put("excluded", excluded(annotations));
  }

  private static @Nullable JsonObject excluded(Annotations annotations) {
    return annotations.excluded() == null
        ? null
        : new JsonObject().put("reason", annotations.excluded());
  }

  static Response history(
      RoutingContext context, AnnotationHistoryQuery query, AnnotationHistory history) {
    if (!history.found()) {
      throw new ProblemException(Problem.resultNotFound());
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (history.next() != null) {
      String question = AnnotationOperations.question(query.ref());
      headers.put(
          "Link",
          NextLink.to(context, Cursor.write(PageKey.of(history.next().toString()), question)));
    }
    boolean isTable = Format.of(context).shape() == Format.Shape.CSV;
    JsonArray rows = new JsonArray();
    for (AnnotationHistory.Change change : history.changes()) {
      JsonObject row =
          members(new JsonObject(), change.after())
              .put("at", IsoTime.text(change.at()))
              .put("caller", change.caller());
      if (isTable) {
        row.put("labels", SummaryJson.labelsAsText(change.after().labels()))
            .put("excluded", change.after().excluded());
      }
      rows.add(row);
    }
    return Table.of(
        context, rows, CHANGE_COLUMNS, query.ref().resultName() + "-annotations", headers);
  }

  static Response labels(RoutingContext context, LabelQuery query, LabelList list) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (list.more()) {
      Label last = list.labels().get(list.labels().size() - 1).label();
      String question =
          AnnotationOperations.question(query.key(), query.prefix(), query.benchmarkPrefix());
      headers.put(
          "Link",
          NextLink.to(
              context, Cursor.write(PageKey.of(AnnotationOperations.text(last)), question)));
    }
    JsonArray rows = new JsonArray();
    for (LabelList.Used used : list.labels()) {
      rows.add(
          new JsonObject()
              .put("name", AnnotationOperations.text(used.label()))
              .put("key", used.label().key())
              .put("value", used.label().value())
              .put("results", used.results().count())
              .put("is_lower_bound", !used.results().exact()));
    }
    return Table.of(context, rows, LABEL_COLUMNS, "labels", headers);
  }
}
