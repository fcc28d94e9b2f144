package org.benchmarkresults.http.events;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The operation {@code listenToEvents}: the stream of stored results. */
public final class EventStreams implements Operation {
  private static final String TYPE = "text/event-stream";

  /** Proxies close connections that are silent for longer than 30 to 60 s. */
  private static final Duration MAX_HEARTBEAT = Duration.ofSeconds(15);

  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final Pattern POSITION = Pattern.compile("[0-9]{1,15}");

  private final Vertx vertx;
  private final EventFeed feed;
  private final ResponseBudget budget;
  private final Duration heartbeat;
  private final AccessCheck access;

  /**
   * @param idleTimeout the heartbeat is a quarter of it, at most 15 s
   */
  public EventStreams(
      Vertx vertx,
      EventFeed feed,
      ResponseBudget budget,
      Duration idleTimeout,
      AccessCheck access) {
    this.budget = budget;
    this.vertx = vertx;
    this.feed = feed;
    Duration quarter = idleTimeout.dividedBy(4);
    heartbeat = quarter.compareTo(MAX_HEARTBEAT) < 0 ? quarter : MAX_HEARTBEAT;
    this.access = access;
  }

  @Override
  public String id() {
    return "listenToEvents";
  }

  @Override
  public String address() {
    return Addresses.STORED_SINCE.name();
  }

  @Override
  public Future<Response> answer(RoutingContext context, Bus bus) {
    if (context.request().method().equals(HttpMethod.HEAD)) {
      return Future.succeededFuture(new Response.HeadOnly(200, headers()));
    }
    EventSource source =
        new EventSource(
            vertx,
            feed,
            budget,
            EventFilter.of(context),
            since(context),
            () -> access.stillAdmits(context),
            Math.max(1, heartbeat.toMillis()));
    return feed.join(source)
        .onFailure(failure -> source.close())
        .map(joined -> new Response.Pieces(200, headers(), source));
  }

  /** Browsers send the header when they reconnect; the parameter is for the first connection. */
  private static @Nullable Instant since(RoutingContext context) {
    String header = context.request().getHeader(LAST_EVENT_ID);
    if (header != null && !POSITION.matcher(header).matches()) {
      Fault fault = Fault.ofParameter(LAST_EVENT_ID, "must be the id of an event (digits only)");
      throw new ProblemException(Problem.invalidParameters(List.of(fault)));
    }
    String id = header == null ? context.queryParams().get("last_event_id") : header;
    return id == null ? null : EventText.position(id);
  }

  private static Map<String, String> headers() {
    Map<String, String> headers = Response.headers(TYPE);
    headers.put("Cache-Control", "no-store");
    // Compression and nginx would buffer events.
    headers.put("Content-Encoding", "identity");
    headers.put("X-Accel-Buffering", "no");
    return headers;
  }
}
