package org.benchmarkresults.http.result;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.exchange.ResponseBudget.Share;
import org.benchmarkresults.http.format.Table;
import org.benchmarkresults.http.headers.FileName;
import org.benchmarkresults.http.headers.HttpDate;
import org.benchmarkresults.http.headers.References;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.http.json.ResultJson;
import org.benchmarkresults.http.json.StrictJson;
import org.benchmarkresults.http.list.ChunkSource;
import org.benchmarkresults.http.list.ListSource;
import org.benchmarkresults.http.list.RowCache;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.ResultOutline;
import org.benchmarkresults.model.search.ResultQuery;
import org.benchmarkresults.model.version.ResultVersion;
import org.benchmarkresults.model.version.VersionList;

/** Responses to saving and reading results. */
public final class Responses {
  private static final List<String> VERSION_COLUMNS =
      List.of("version", "digest", "size", "received_at");

  private static final Buffer CLOSE = Buffer.buffer("}");

  private final Bus bus;
  private final RowCache rows;
  private final ResponseBudget budget;

  public Responses(Bus bus, RowCache rows, ResponseBudget budget) {
    this.budget = budget;
    this.bus = bus;
    this.rows = rows;
  }

  public Response saved(RoutingContext context, Result result, SaveOutcome outcome) {
    SavedResponse answer = SavedResponse.of(outcome);
    if (answer == null) {
      throw new ProblemException(SavedResponse.problem(outcome, AccessCheck.caller(context)));
    }
    String resultName = result.envelope().key().resultName();
    int version = answer.version();
    Map<String, String> headers = Response.headers("application/json");
    headers.put(
        "Location",
        References.to(
            context,
            result.stage().path() + "/" + References.encoded(resultName) + "?version=" + version));
    headers.put("ETag", EntityTags.ofResult(version, result.digest(), result.envelope()));
    return new Response.Whole(200, headers, answer.body(result));
  }

  /** A result with its data as strict JSON. */
  public Response detail(RoutingContext context, ResultRef ref, FindOutcome outcome) {
    FindOutcome.Found found = foundOrRefuse(outcome);
    ResultSummary summary = found.summary();
    Map<String, String> headers = cacheable(EntityTags.ofResult(summary), summary);
    if (readerHasIt(context, headers)) {
      return new Response.HeadOnly(304, headers);
    }
    headers.put("Content-Type", "application/json");
    if (isHead(context)) {
      return new Response.HeadOnly(200, headers);
    }
    return switch (found.data()) {
      case StoredData.Inline inline -> {
        byte[] data = ResultJson.array(inline.bytes());
        Buffer body = ResultJson.head(summary, found.versions());
        body =
            summary.nonFinite() > 0
                ? body.appendBuffer(new StrictJson().next(data))
                : body.appendBytes(data);
        yield new Response.Whole(200, headers, body.appendBuffer(CLOSE));
      }
      case StoredData.Chunked chunked -> {
        Function<byte[], Buffer> strict =
            summary.nonFinite() > 0 ? new StrictJson()::next : Buffer::buffer;
        yield new Response.Pieces(
            200,
            headers,
            new ChunkSource(
                bus,
                budget,
                true,
                ref,
                chunked,
                ResultJson.head(summary, found.versions()),
                CLOSE,
                strict));
      }
    };
  }

  /** The data alone, byte for byte. */
  public Response data(RoutingContext context, ResultRef ref, FindOutcome outcome) {
    FindOutcome.Found found = foundOrRefuse(outcome);
    ResultSummary summary = found.summary();
    Map<String, String> headers = cacheable(EntityTags.ofData(summary), summary);
    if (readerHasIt(context, headers)) {
      return new Response.HeadOnly(304, headers);
    }
    headers.put("Content-Type", "application/json");
    headers.put("Content-Length", Long.toString(summary.size()));
    // A browser may show it, and saves it under the result's name.
    headers.put("Content-Disposition", FileName.inline(summary.resultName(), "json"));
    if (isHead(context)) {
      return new Response.HeadOnly(200, headers);
    }
    return switch (found.data()) {
      case StoredData.Inline inline ->
          new Response.Whole(200, headers, Buffer.buffer(ResultJson.array(inline.bytes())));
      case StoredData.Chunked chunked ->
          new Response.Pieces(
              200,
              headers,
              new ChunkSource(
                  bus,
                  budget,
                  true,
                  ref,
                  chunked,
                  Buffer.buffer(),
                  Buffer.buffer(),
                  Buffer::buffer));
    };
  }

  private static FindOutcome.Found foundOrRefuse(FindOutcome outcome) {
    return switch (outcome) {
      case FindOutcome.Found found -> found;
      case FindOutcome.NotFound none -> throw new ProblemException(Problem.resultNotFound());
    };
  }

  private static Map<String, String> cacheable(String tag, ResultSummary summary) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", tag);
    headers.put("Last-Modified", HttpDate.of(summary.receivedAt()));
    // Caches may keep it but must ask each time whether there is a newer version.
    headers.put("Cache-Control", "no-cache");
    return headers;
  }

  private static boolean readerHasIt(RoutingContext context, Map<String, String> headers) {
    String tag = headers.getOrDefault("ETag", "");
    return EntityTags.matches(context.request().getHeader("If-None-Match"), tag);
  }

  private static boolean isHead(RoutingContext context) {
    return context.request().method().equals(HttpMethod.HEAD);
  }

  /** All results as one array, page after page. */
  Response list(ResultQuery query, ResultOutline first, Share share) {
    Map<String, String> headers = Response.headers("application/json");
    headers.put("Vary", "Accept");
    return new Response.Pieces(
        200, headers, new ListSource(bus, rows, budget, query, first, share));
  }

  public ResponseBudget budget() {
    return budget;
  }

  public Response versions(RoutingContext context, ResultRef ref, VersionList list) {
    if (list.versions().isEmpty()) {
      throw new ProblemException(Problem.resultNotFound());
    }
    JsonArray rows = new JsonArray();
    for (ResultVersion version : list.versions()) {
      rows.add(
          new JsonObject()
              .put("version", version.version())
              .put("digest", version.digest().text())
              .put("size", version.size())
              .put("received_at", IsoTime.text(version.receivedAt())));
    }
    return Table.of(context, rows, VERSION_COLUMNS, ref.resultName() + "-versions", Map.of());
  }
}
