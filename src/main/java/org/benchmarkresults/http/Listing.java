package org.benchmarkresults.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.ResultCount;
import org.benchmarkresults.model.ResultQuery;
import org.benchmarkresults.model.SearchOutcome;
import org.benchmarkresults.model.SearchOutcome.Page;
import org.benchmarkresults.model.Stage;
import org.jspecify.annotations.Nullable;

/**
 * A list of one stage: the whole one as it always was, which is named by an index and mostly cached,
 * or what a search finds.
 */
record Listing(String id, Stage stage, Replies replies) implements Operation {
  @Override
  public String address() {
    return Addresses.LIST.name();
  }

  @Override
  public Future<Reply> answer(RoutingContext context, Bus bus) {
    return ListRequest.isPlain(context) && !Guard.caller(context).isRestricted()
        ? whole(bus)
        : search(ListRequest.of(stage, context), context, bus);
  }

  private Future<Reply> whole(Bus bus) {
    ResultQuery query = Requests.query(stage);
    return bus.ask(Addresses.LIST, query).map(outline -> replies.list(query, outline));
  }

  private static Future<Reply> search(ListRequest request, RoutingContext context, Bus bus) {
    Future<SearchOutcome> page = bus.ask(Addresses.SEARCH, request.search());
    if (!request.counted()) {
      return page.map(found -> reply(request, found, null, context, bus));
    }
    Future<ResultCount> count = bus.ask(Addresses.COUNT, request.search());
    return Future.all(page, count)
        .map(both -> reply(request, page.result(), count.result(), context, bus));
  }

  private static Reply reply(
      ListRequest request,
      SearchOutcome outcome,
      @Nullable ResultCount count,
      RoutingContext context,
      Bus bus) {
    return switch (outcome) {
      case SearchOutcome.TooCostly tooCostly -> throw new ProblemException(Problem.tooCostly());
      case Page page -> reply(request, page, count, context, bus);
    };
  }

  private static Reply reply(
      ListRequest request,
      Page page,
      @Nullable ResultCount count,
      RoutingContext context,
      Bus bus) {
    RowFormat format = RowFormats.of(request.members(), request.format());
    Map<String, String> headers =
        Table.headers(request.format(), request.search().stage().path());
    if (request.limited() && page.next() != null) {
      headers.put("Link", request.link(context, page.next()));
    }
    if (count != null) {
      headers.put("X-Total-Count", total(count, page));
    }
    return new Reply.Pieces(
        200,
        headers,
        new SearchSource(bus, request.search(), page, request.limited() || isHead(context), format));
  }

  private static boolean isHead(RoutingContext context) {
    return context.request().method().equals(HttpMethod.HEAD);
  }

  /** A number, with a plus sign where there may be more: a program must not take it for the total. */
  private static String total(ResultCount count, Page page) {
    return count.exact() ? "" + count.count() : Math.max(count.count(), page.rows().size()) + "+";
  }
}
