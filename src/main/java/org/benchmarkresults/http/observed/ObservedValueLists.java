package org.benchmarkresults.http.observed;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Operation.Access;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.list.ValueLists;
import org.benchmarkresults.model.observation.ObservedValueQuery;
import org.benchmarkresults.model.observation.ObservedValueQuery.Member;
import org.benchmarkresults.model.search.ValueList;
import org.benchmarkresults.query.Cursor;

/** The operations that list the tasks and metrics of all observations. */
final class ObservedValueLists {
  private static final int DEFAULT_LIMIT = 100;

  private ObservedValueLists() {}

  static List<Operation> operations() {
    return List.of(
        operation("listTasks", Member.TASK), operation("listMetricNames", Member.METRIC));
  }

  private static Operation operation(String id, Member member) {
    return new Operation.BusCall<>(
        id,
        ObservationAddresses.OBSERVED_VALUES,
        new Operation.Needs(Access.ALL_BENCHMARKS, 1 << 10),
        context -> Future.succeededFuture(query(member, context)),
        ObservedValueLists::reply);
  }

  private static ObservedValueQuery query(Member member, RoutingContext context) {
    MultiMap parameters = context.queryParams();
    String prefix = parameters.contains("prefix") ? parameters.get("prefix") : "";
    String cursor = parameters.get("cursor");
    return new ObservedValueQuery(
        member,
        prefix,
        cursor == null ? null : Cursor.readText(cursor, question(member, prefix)),
        ValueLists.limit(parameters, DEFAULT_LIMIT));
  }

  /** The parameters that a cursor depends on. */
  private static String question(Member member, String prefix) {
    return "observed " + member.name().toLowerCase(Locale.ROOT) + " from " + prefix;
  }

  private static Response reply(RoutingContext context, ObservedValueQuery query, ValueList list) {
    String fileName =
        switch (query.member()) {
          case TASK -> "tasks";
          case METRIC -> "metric_names";
        };
    return ValueLists.page(context, list, question(query.member(), query.prefix()), fileName);
  }
}
