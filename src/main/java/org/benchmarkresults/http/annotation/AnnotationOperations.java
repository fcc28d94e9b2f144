package org.benchmarkresults.http.annotation;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;
import org.benchmarkresults.bus.AnnotationAddresses;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.list.ValueLists;
import org.benchmarkresults.http.result.EntityTags;
import org.benchmarkresults.http.result.Requests;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.annotation.request.AnnotateRequest;
import org.benchmarkresults.model.annotation.request.AnnotationHistoryQuery;
import org.benchmarkresults.model.annotation.request.LabelQuery;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.query.Cursor;
import org.jspecify.annotations.Nullable;

/** The operations on annotations. */
public final class AnnotationOperations {
  private static final int DEFAULT_LIMIT = 100;
  private static final Pattern REVISION = Pattern.compile("\\d{1,8}");

  /** A change with a long note. */
  private static final int CHANGE_BYTES = 20 << 10;

  private AnnotationOperations() {}

  /** The operations on the results of one stage. */
  public static List<Operation> of(Stage stage, Requests requests) {
    String name =
        switch (stage) {
          case RAW -> "RawInput";
          case STANDARDIZED -> "StandardizedOutput";
        };
    return List.of(
        new Operation.BusCall<>(
            "annotate" + name,
            AnnotationAddresses.ANNOTATE,
            context -> change(stage, requests, context),
            AnnotationResponses::annotated),
        new Operation.BusCall<>(
            "list" + name + "Annotations",
            AnnotationAddresses.ANNOTATION_HISTORY,
            Operation.Needs.rows(CHANGE_BYTES),
            context -> history(stage, context),
            AnnotationResponses::history));
  }

  /** The list of labels. */
  public static Operation labels() {
    return new Operation.BusCall<>(
        "listLabels",
        AnnotationAddresses.LABELS,
        Operation.Needs.rows(1 << 10),
        AnnotationOperations::labelQuery,
        AnnotationResponses::labels);
  }

  private static Future<AnnotateRequest> change(
      Stage stage, Requests requests, RoutingContext context) {
    return requests
        .patch(context)
        .map(
            patch ->
                new AnnotateRequest(
                    stage,
                    context.pathParam("result_name"),
                    patch,
                    EntityTags.versions(context.request().getHeader("If-Match")),
                    AccessCheck.caller(context).benchmarkPrefix(),
                    AccessCheck.actor(context)));
  }

  private static Future<AnnotationHistoryQuery> history(Stage stage, RoutingContext context) {
    MultiMap parameters = context.queryParams();
    ResultRef ref =
        new ResultRef(
            stage,
            context.pathParam("result_name"),
            null,
            AccessCheck.caller(context).benchmarkPrefix(),
            null);
    String cursor = parameters.get("cursor");
    Integer before = cursor == null ? null : revision(Cursor.readText(cursor, question(ref)));
    return Future.succeededFuture(
        new AnnotationHistoryQuery(ref, before, ValueLists.limit(parameters, DEFAULT_LIMIT)));
  }

  /** The revision in a cursor; null, which means the first page, for a forged one. */
  private static @Nullable Integer revision(String text) {
    return REVISION.matcher(text).matches() ? Integer.valueOf(text) : null;
  }

  /** The parameters that a cursor of the history depends on. */
  static String question(ResultRef ref) {
    return "annotations of " + ref.stage().path() + "/" + ref.resultName();
  }

  private static Future<LabelQuery> labelQuery(RoutingContext context) {
    MultiMap parameters = context.queryParams();
    String key = parameters.get("key");
    String prefix = parameters.contains("prefix") ? parameters.get("prefix") : "";
    String benchmarks = AccessCheck.caller(context).benchmarkPrefix();
    String cursor = parameters.get("cursor");
    return Future.succeededFuture(
        new LabelQuery(
            key,
            prefix,
            cursor == null
                ? null
                : label(Cursor.readText(cursor, question(key, prefix, benchmarks))),
            ValueLists.limit(parameters, DEFAULT_LIMIT),
            benchmarks));
  }

  /** Keys have no equals sign. */
  static String text(Label label) {
    return label.key() + "=" + label.value();
  }

  private static Label label(String text) {
    int end = text.indexOf('=');
    return new Label(text.substring(0, Math.max(0, end)), text.substring(end + 1));
  }

  /** The parameters that a cursor of the labels depends on. */
  static String question(@Nullable String key, String prefix, String benchmarkPrefix) {
    String labels = "labels of key " + (key == null ? "*" : key) + " from " + prefix;
    return benchmarkPrefix.isEmpty() ? labels : labels + " within " + benchmarkPrefix;
  }
}
