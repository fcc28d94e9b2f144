package org.benchmarkresults.http.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;
import org.benchmarkresults.http.connection.ConnectionReset;
import org.benchmarkresults.timer.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections without requests, and resets those whose client stopped reading the response.
 * The idle timeout of Vert.x considers the socket only: it would close a connection while its
 * request waits for memory or the database. Confined to one event loop.
 */
public final class IdleConnections implements PlatformHandler {
  private static final long MIN_CHECK_MILLIS = 50;

  /** State of one connection. */
  private static final class Connection {
    private final OutboundProgress outbound;
    private int activeRequests;
    private long idleSince = System.nanoTime();
    private long bytesRead;
    private long checkedAt;
    private @Nullable HttpServerRequest latest;

    Connection(HttpConnection connection) {
      outbound = new OutboundProgress(connection);
    }

    private boolean isIdle(long timeoutNanos, long minBytesPerSecond) {
      HttpServerRequest request = latest;
      // The rest of a refused body may still arrive, at the minimum rate.
      if (request != null && !request.isEnded()) {
        long now = System.nanoTime();
        double seconds = (now - checkedAt) / 1e9;
        boolean isArriving = request.bytesRead() - bytesRead >= minBytesPerSecond * seconds;
        idleSince = isArriving ? now : idleSince;
        bytesRead = request.bytesRead();
        checkedAt = now;
      }
      return activeRequests == 0 && System.nanoTime() - idleSince >= timeoutNanos;
    }
  }

  private final long timeoutNanos;
  private final long minBytesPerSecond;
  private final IdentityHashMap<HttpConnection, Connection> connections = new IdentityHashMap<>();

  /**
   * @param minBytesPerSecond minimum rate of the rest of a refused body
   */
  public IdleConnections(long timeoutMillis, long minBytesPerSecond) {
    this.minBytesPerSecond = minBytesPerSecond;
    timeoutNanos = timeoutMillis * 1_000_000;
  }

  /** Checks for idle connections until the verticle is undeployed. */
  public void watch(Vertx vertx) {
    long period = Math.max(MIN_CHECK_MILLIS, timeoutNanos / 4_000_000);
    Timer unused = Timer.periodic(vertx, Duration.ofMillis(period), this::closeIdle);
  }

  /** For the server's connection handler. */
  public void opened(HttpConnection connection) {
    connections.put(connection, new Connection(connection));
    connection.closeHandler(closed -> connections.remove(connection));
  }

  @Override
  public void handle(RoutingContext context) {
    Connection state = connections.get(context.request().connection());
    if (state != null) {
      state.activeRequests++;
      state.latest = context.request();
      state.bytesRead = 0;
      state.checkedAt = System.nanoTime();
      int unused = context.addEndHandler(ended -> ended(state));
    }
    context.next();
  }

  private static void ended(Connection state) {
    state.activeRequests--;
    state.idleSince = System.nanoTime();
  }

  private void closeIdle() {
    for (Map.Entry<HttpConnection, Connection> entry : new ArrayList<>(connections.entrySet())) {
      Connection state = entry.getValue();
      if (state.outbound.isStalled(timeoutNanos)) {
        // Closing would wait for the client to read.
        ConnectionReset.send(entry.getKey());
      } else if (state.isIdle(timeoutNanos, minBytesPerSecond)) {
        var unused = entry.getKey().close();
      }
    }
  }
}
