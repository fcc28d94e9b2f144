package org.benchmarkresults.http.result;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.function.Function;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget.Share;
import org.benchmarkresults.http.exchange.ResponseBudget.Use;
import org.benchmarkresults.http.fold.AliasCache;
import org.benchmarkresults.http.format.RowFormat;
import org.benchmarkresults.http.format.RowFormats;
import org.benchmarkresults.http.format.Table;
import org.benchmarkresults.http.list.ListRequest;
import org.benchmarkresults.http.list.PageSize;
import org.benchmarkresults.http.list.SearchSource;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.observed.ObservedSearch;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.search.ResultQuery;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.SearchOutcome.Page;
import org.jspecify.annotations.Nullable;

/**
 * A list of one stage: the whole one as it always was, which is named by an index and mostly
 * cached, or what a search finds.
 */
public record ListOperation(String id, Stage stage, Responses replies, AliasCache aliases)
    implements Operation {
  @Override
  public String address() {
    return Addresses.LIST.name();
  }

  @Override
  public Future<Response> answer(RoutingContext context, Bus bus) {
    return ListRequest.isPlain(context) && !AccessCheck.caller(context).isRestricted()
        ? whole(context, bus)
        : aliases
            .folding(context, bus)
            .compose(folding -> search(ListRequest.of(stage, context, folding), context, bus));
  }

  private Future<Response> whole(RoutingContext context, Bus bus) {
    ResultQuery query = Requests.query(stage);
    return withMemory(
        Use.PAGES,
        PageSize.reading(query.limit(), false),
        context,
        share ->
            bus.request(Addresses.LIST, query).map(outline -> replies.list(query, outline, share)));
  }

  /** The response closes the share; this method closes it when there is no response. */
  private Future<Response> withMemory(
      Use use, long bytes, RoutingContext context, Function<Share, Future<Response>> answer) {
    return replies
        .budget()
        .acquire(use, bytes)
        .compose(
            share ->
                (context.response().closed()
                        ? Future.<Response>failedFuture(new ClosedChannelException())
                        : answer.apply(share))
                    .onFailure(failure -> share.close()));
  }

  private Future<Response> search(ListRequest request, RoutingContext context, Bus bus) {
    Search search = request.search();
    long bytes = PageSize.reading(search.limit(), search.withData());
    return withMemory(
        request.limited() ? Use.forPage(bytes) : Use.PAGES,
        bytes,
        context,
        share -> search(request, share, context, bus));
  }

  private Future<Response> search(
      ListRequest request, Share share, RoutingContext context, Bus bus) {
    Function<Search, Future<SearchOutcome>> pages = pages(request, context, bus);
    Future<SearchOutcome> page = pages.apply(request.search());
    if (!request.counted()) {
      return page.map(found -> reply(request, found, null, share, context, pages, bus));
    }
    Future<ResultCount> count = bus.request(Addresses.COUNT, request.search());
    return Future.all(page, count)
        .map(both -> reply(request, page.result(), count.result(), share, context, pages, bus));
  }

  private static Function<Search, Future<SearchOutcome>> pages(
      ListRequest request, RoutingContext context, Bus bus) {
    ObservedSearch observed = ListRequest.observed(request, context.queryParams());
    return observed == null
        ? search -> bus.request(Addresses.SEARCH, search)
        : search ->
            bus.request(
                ObservationAddresses.SEARCH_OBSERVED,
                new ObservedSearch(search, observed.tasks(), observed.metrics()));
  }

  private Response reply(
      ListRequest request,
      SearchOutcome outcome,
      @Nullable ResultCount count,
      Share share,
      RoutingContext context,
      Function<Search, Future<SearchOutcome>> pages,
      Bus bus) {
    return switch (outcome) {
      case SearchOutcome.TooCostly tooCostly -> throw new ProblemException(Problem.tooCostly());
      case Page page -> reply(request, page, count, share, context, pages, bus);
    };
  }

  private Response reply(
      ListRequest request,
      Page page,
      @Nullable ResultCount count,
      Share share,
      RoutingContext context,
      Function<Search, Future<SearchOutcome>> pages,
      Bus bus) {
    RowFormat format = RowFormats.of(request.members(), request.format(), request.folding());
    Map<String, String> headers = Table.headers(request.format(), request.search().stage().path());
    if (request.limited() && page.next() != null) {
      headers.put("Link", request.link(context, page.next()));
    }
    if (count != null) {
      headers.put("X-Total-Count", total(count, page));
    }
    return new Response.Pieces(
        200,
        headers,
        new SearchSource(
            bus,
            pages,
            replies.budget(),
            request.search(),
            page,
            share,
            request.limited() || isHead(context),
            format));
  }

  private static boolean isHead(RoutingContext context) {
    return context.request().method().equals(HttpMethod.HEAD);
  }

  /**
   * A number, with a plus sign where there may be more: a program must not take it for the total.
   */
  private static String total(ResultCount count, Page page) {
    return count.exact() ? "" + count.count() : Math.max(count.count(), page.rows().size()) + "+";
  }
}
