package org.benchmarkresults.http.list;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.format.Table;
import org.benchmarkresults.http.headers.NextLink;
import org.benchmarkresults.http.headers.References;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditPage;
import org.benchmarkresults.model.security.AuditQuery;
import org.benchmarkresults.query.Cursor;
import org.benchmarkresults.query.Values;
import org.jspecify.annotations.Nullable;

/** The operation that lists audit entries. */
public final class AuditList {
  private static final int DEFAULT_LIMIT = 100;
  private static final List<String> COLUMNS =
      List.of(
          "at",
          "action",
          "stage",
          "result_name",
          "version",
          "caller",
          "address",
          "request_id",
          "key_id",
          "name",
          "file");

  /** An ObjectId. */
  private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");

  /** The name of the parameter {@code name} in earlier releases; cursors still use it. */
  private static final String FORMER_NAME = "result_name";

  private static final List<String> MEANING =
      List.of(FORMER_NAME, "caller", "key_id", "since", "until");

  private AuditList() {}

  /** The row of the table of operations. */
  public static Operation operation() {
    return new Operation.BusCall<>(
        "listChanges",
        Addresses.AUDIT_PAGE,
        new Operation.Needs(Operation.Access.ALL_BENCHMARKS, 2 << 10),
        AuditList::query,
        AuditList::reply);
  }

  private static Future<AuditQuery> query(RoutingContext context) {
    MultiMap parameters = context.queryParams();
    String cursor = parameters.get("cursor");
    return Future.succeededFuture(
        new AuditQuery(
            value(FORMER_NAME, parameters),
            parameters.get("caller"),
            parameters.get("key_id"),
            moment("since", parameters),
            moment("until", parameters),
            cursor == null ? null : Cursor.readMoment(cursor, question(parameters), ID),
            ValueLists.limit(parameters, DEFAULT_LIMIT)));
  }

  private static @Nullable String value(String name, MultiMap parameters) {
    return name.equals(FORMER_NAME) && parameters.contains("name")
        ? parameters.get("name")
        : parameters.get(name);
  }

  private static @Nullable Instant moment(String name, MultiMap parameters) {
    String text = parameters.get(name);
    return text == null ? null : Values.moment(text, name, name);
  }

  /** The parameters that a cursor depends on. */
  private static String question(MultiMap parameters) {
    StringBuilder question = new StringBuilder("changes");
    for (String name : MEANING) {
      String value = value(name, parameters);
      if (value != null) {
        question.append('&').append(name).append('=').append(References.encoded(value));
      }
    }
    return question.toString();
  }

  private static Response reply(RoutingContext context, AuditQuery query, AuditPage page) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (page.next() != null) {
      String cursor = Cursor.write(page.next(), question(context.queryParams()));
      headers.put("Link", NextLink.to(context, cursor));
    }
    JsonArray rows = new JsonArray();
    page.changes().forEach(change -> rows.add(row(change)));
    return Table.of(context, rows, COLUMNS, "audit", headers);
  }

  private static JsonObject row(AuditEntry change) {
    JsonObject row =
        new JsonObject().put("at", IsoTime.text(change.at())).put("action", change.action().text());
    Stage stage = change.stage();
    if (stage != null) {
      row.put("stage", stage.path())
          .put("name", change.resultName())
          .put("result_name", change.resultName())
          .put("version", change.version());
    }
    row.put("caller", change.caller())
        .put("address", change.address())
        .put("request_id", change.requestId());
    if (change.file() != null) {
      row.put("file", change.file());
    }
    if (change.keyId() != null) {
      row.put("key_id", change.keyId());
    }
    return change.modelId() == null
        ? row
        // Tables have the column name for it.
        : row.put("name", change.modelId()).put("model_id", change.modelId());
  }
}
