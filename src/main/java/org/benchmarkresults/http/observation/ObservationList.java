package org.benchmarkresults.http.observation;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.channels.ClosedChannelException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.exchange.ResponseBudget.Share;
import org.benchmarkresults.http.exchange.ResponseBudget.Use;
import org.benchmarkresults.http.fold.AliasCache;
import org.benchmarkresults.http.format.Table;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.observed.ObservationOutcome;
import org.benchmarkresults.model.observed.ObservationOutcome.Page;
import org.benchmarkresults.model.observed.ObservationSearch;

/** The operation that lists observations. */
final class ObservationList implements Operation {
  /** Observations whose metrics become the columns of a pivoted table. */
  private static final int FIRST_LOOK = 20_000;

  private final ResponseBudget budget;
  private final AliasCache aliases;

  ObservationList(ResponseBudget budget, AliasCache aliases) {
    this.budget = budget;
    this.aliases = aliases;
  }

  @Override
  public String id() {
    return "listObservations";
  }

  @Override
  public String address() {
    return ObservationAddresses.SEARCH_OBSERVATIONS.name();
  }

  @Override
  public Future<Response> answer(RoutingContext context, Bus bus) {
    return aliases
        .folding(context, bus)
        .compose(folding -> list(ObservationRequest.of(context, folding), context, bus));
  }

  private Future<Response> list(ObservationRequest request, RoutingContext context, Bus bus) {
    return withMemory(
        budget,
        request.search().limit(),
        context,
        share ->
            first(bus, request.search())
                .compose(page -> columns(request, page, bus, context))
                .map(found -> reply(request, found, share, context, bus)));
  }

  /** The response closes the share; this method closes it when there is no response. */
  static Future<Response> withMemory(
      ResponseBudget budget,
      int rows,
      RoutingContext context,
      Function<Share, Future<Response>> answer) {
    long bytes = ObservationSource.bytes(rows);
    return budget
        .acquire(Use.forPage(bytes), bytes)
        .compose(
            share ->
                (context.response().closed()
                        ? Future.<Response>failedFuture(new ClosedChannelException())
                        : answer.apply(share))
                    .onFailure(failure -> share.close()));
  }

  static Future<Page> first(Bus bus, ObservationSearch search) {
    return bus.request(ObservationAddresses.SEARCH_OBSERVATIONS, search).map(ObservationList::page);
  }

  private static Page page(ObservationOutcome outcome) {
    return switch (outcome) {
      case Page page -> page;
      case ObservationOutcome.TooCostly costly ->
          throw new ProblemException(ObservationProblems.tooCostly(costly));
    };
  }

  /** A first page, and the columns of a table whose metrics are columns. */
  private record Found(Page page, List<String> columns) {}

  private static Future<Found> columns(
      ObservationRequest request, Page first, Bus bus, RoutingContext context) {
    if (!request.isPivot() || request.format().shape() != Format.Shape.CSV) {
      return Future.succeededFuture(new Found(first, List.of()));
    }
    Set<String> columns = new LinkedHashSet<>();
    return look(request.search(), first, FIRST_LOOK, columns, bus, context)
        .map(looked -> new Found(first, List.copyOf(columns)));
  }

  private static Future<Void> look(
      ObservationSearch search,
      Page page,
      int most,
      Set<String> columns,
      Bus bus,
      RoutingContext context) {
    page.rows().forEach(row -> columns.add(PivotRows.column(row)));
    PivotRows.requireFew(columns);
    int left = most - page.rows().size();
    if (page.next() == null || left <= 0 || context.response().closed()) {
      return Future.succeededFuture();
    }
    ObservationSearch next = search.from(page.next(), search.limit());
    return first(bus, next).compose(more -> look(search, more, left, columns, bus, context));
  }

  private Response reply(
      ObservationRequest request, Found found, Share share, RoutingContext context, Bus bus) {
    Map<String, String> headers = Table.headers(request.format(), "observations");
    if (request.isLimited() && found.page().next() != null) {
      headers.put("Link", ObservationRequest.link(context, found.page().next()));
    }
    String limit = context.queryParams().get("limit");
    RowWriter writer =
        request.isPivot()
            ? new PivotRows(
                found.columns(),
                request.format(),
                limit == null ? Integer.MAX_VALUE : Integer.parseInt(limit),
                request.folding())
            : new ObservationRows(request.members(), request.format());
    boolean isOnePage = request.isLimited() || context.request().method().equals(HttpMethod.HEAD);
    return new Response.Pieces(
        200,
        headers,
        new ObservationSource(
            bus, budget, request.search(), found.page(), share, isOnePage, writer));
  }
}
