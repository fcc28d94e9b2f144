package org.benchmarkresults.http.list;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.format.Members;
import org.benchmarkresults.http.format.Table;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.http.headers.NextLink;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.RunPage;
import org.benchmarkresults.model.search.RunQuery;
import org.benchmarkresults.query.Cursor;
import org.benchmarkresults.query.QueryRefused;
import org.jspecify.annotations.Nullable;

/** The operation that reads the results of a run. */
public final class RunPages implements Operation {
  private static final int DEFAULT_LIMIT = 100;

  private final ResponseBudget budget;

  public RunPages(ResponseBudget budget) {
    this.budget = budget;
  }

  @Override
  public String id() {
    return "readRun";
  }

  @Override
  public String address() {
    return Addresses.RUN.name();
  }

  @Override
  public Needs needs() {
    return Needs.rows(8 << 10);
  }

  @Override
  public Future<Response> answer(RoutingContext context, Bus bus) {
    RunQuery query = query(context);
    return bus.request(Addresses.RUN, query).map(page -> reply(context, query, page, bus));
  }

  private static RunQuery query(RoutingContext context) {
    MultiMap parameters = context.queryParams();
    String runId = context.pathParam("run_id");
    Members members = members(context);
    String cursor = parameters.get("cursor");
    return new RunQuery(
        runId,
        cursor == null ? null : Cursor.readText(cursor, question(runId)),
        ValueLists.limit(parameters, DEFAULT_LIMIT),
        members != null && members.withData(),
        AccessCheck.caller(context).benchmarkPrefix());
  }

  private static @Nullable Members members(RoutingContext context) {
    Members members = Members.of(context.queryParams().get("fields"));
    if (members != null && members.withHeadline()) {
      throw new QueryRefused("fields", "headline is in lists of one stage only");
    }
    return members;
  }

  /** The parameters that a cursor depends on. */
  private static String question(String runId) {
    return "run " + runId;
  }

  private Response reply(RoutingContext context, RunQuery query, RunPage page, Bus bus) {
    if (page.pairs().isEmpty() && page.next() == null && query.after() == null) {
      throw new ProblemException(Problem.runNotFound());
    }
    Format format = Format.of(context);
    Response.Source source =
        format.shape() == Format.Shape.JSON
            ? new RunSource(bus, budget, query.runId(), page.pairs(), members(context))
            : new RunRows(bus, budget, page.pairs(), members(context), format);
    Map<String, String> headers = Table.headers(format, query.runId());
    if (page.next() != null) {
      String cursor = Cursor.write(PageKey.of(page.next()), question(query.runId()));
      headers.put("Link", NextLink.to(context, cursor));
    }
    return new Response.Pieces(200, headers, source);
  }
}
