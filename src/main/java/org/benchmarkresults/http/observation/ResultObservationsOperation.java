package org.benchmarkresults.http.observation;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.exchange.ResponseBudget.Share;
import org.benchmarkresults.http.format.Table;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.http.result.Requests;
import org.benchmarkresults.model.derivation.DerivationState;
import org.benchmarkresults.model.observed.ObservationOutcome.Page;
import org.benchmarkresults.model.observed.ObservationSearch;
import org.benchmarkresults.model.observed.ObservationSort;
import org.benchmarkresults.model.observed.ReadingRef;
import org.benchmarkresults.model.observed.ResultObservations;
import org.benchmarkresults.model.observed.ResultObservations.Found;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Filter;

/** The operation that reads the observations of one result, and how they were derived. */
record ResultObservationsOperation(String id, Stage stage, ResponseBudget budget)
    implements Operation {
  private static final int FIRST_PAGE = 1_000;

  @Override
  public String address() {
    return ObservationAddresses.OBSERVATIONS_OF_RESULT.name();
  }

  @Override
  public Future<Response> answer(RoutingContext context, Bus bus) {
    RowMembers members = RowMembers.of(context.queryParams().get("fields"));
    Format format = Format.of(context);
    return Requests.ref(stage, context)
        .compose(ref -> bus.request(ObservationAddresses.OBSERVATIONS_OF_RESULT, ref))
        .compose(
            reply ->
                switch (reply) {
                  case Found found -> found(found, members, format, context, bus);
                  case ResultObservations.NotFound none ->
                      throw new ProblemException(Problem.resultNotFound());
                  case ResultObservations.NotNewest other ->
                      throw new ProblemException(ObservationProblems.notNewest(other.newest()));
                });
  }

  private Future<Response> found(
      Found found, RowMembers members, Format format, RoutingContext context, Bus bus) {
    ResultObservations.Reading reading = found.reading();
    ReadingRef ref =
        new ReadingRef(
            found.stage(), found.resultName(), reading == null ? "" : reading.generation());
    ObservationSearch search =
        new ObservationSearch(
            Filter.everything(),
            ObservationSort.AS_IN_FILES,
            true,
            ObservationSearch.Excluded.ALSO,
            ref,
            null,
            FIRST_PAGE);
    RowWriter writer =
        format.shape() == Format.Shape.JSON
            ? new ResultObservationsJson(
                found, context.queryParams().contains("fields") ? members : RowMembers.OF_RESULT)
            : new ObservationRows(members, format);
    Map<String, String> headers = Table.headers(format, found.resultName() + "-observations");
    boolean isHead = context.request().method().equals(HttpMethod.HEAD);
    return ObservationList.withMemory(
        budget,
        FIRST_PAGE,
        context,
        share ->
            page(found, search, bus)
                .map(
                    page ->
                        new Response.Pieces(
                            200, headers, source(bus, search, page, share, isHead, writer))));
  }

  private static Future<Page> page(Found found, ObservationSearch search, Bus bus) {
    return found.reading() != null && found.state() == DerivationState.DERIVED
        ? ObservationList.first(bus, search)
        : Future.succeededFuture(new Page(List.of(), null));
  }

  private ObservationSource source(
      Bus bus,
      ObservationSearch search,
      Page page,
      Share share,
      boolean isOnePage,
      RowWriter writer) {
    return new ObservationSource(bus, budget, search, page, share, isOnePage, writer);
  }
}
