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
 * Closes connections on which nothing is asked, or whose client stopped taking the answer. The
 * server's own idle timeout looks at the socket alone: it would cut a request that waits for memory
 * or for the database, and its sender would never hear what became of it. Confined to one event
 * loop.
 */
public final class IdleConnections implements PlatformHandler {
  private static final long SHORTEST_LOOK_MILLIS = 50;

  /** What is known of one connection. */
  private static final class Use {
    private final Outbound outbound;
    private int serving;
    private long quietSince = System.nanoTime();
    private long bytesRead;
    private long lookedAt;
    private @Nullable HttpServerRequest latest;

    Use(HttpConnection connection) {
      outbound = new Outbound(connection);
    }

    private boolean isQuiet(long nanos, long leastBytesPerSecond) {
      HttpServerRequest request = latest;
      // What is left of a body that was refused may still be on its way, but not for ever.
      if (request != null && !request.isEnded()) {
        long now = System.nanoTime();
        double seconds = (now - lookedAt) / 1e9;
        boolean isOnItsWay = request.bytesRead() - bytesRead >= leastBytesPerSecond * seconds;
        quietSince = isOnItsWay ? now : quietSince;
        bytesRead = request.bytesRead();
        lookedAt = now;
      }
      return serving == 0 && System.nanoTime() - quietSince >= nanos;
    }
  }

  private final long nanos;
  private final long leastBytesPerSecond;
  private final IdentityHashMap<HttpConnection, Use> connections = new IdentityHashMap<>();

  /**
   * @param leastBytesPerSecond that the rest of a refused body comes with
   */
  public IdleConnections(long millis, long leastBytesPerSecond) {
    this.leastBytesPerSecond = leastBytesPerSecond;
    nanos = millis * 1_000_000;
  }

  /** Looks for idle connections from now on, until the verticle is undeployed. */
  public void watch(Vertx vertx) {
    long often = Math.max(SHORTEST_LOOK_MILLIS, nanos / 4_000_000);
    Timer unused = Timer.periodic(vertx, Duration.ofMillis(often), this::closeQuiet);
  }

  /** For the server's connection handler. */
  public void opened(HttpConnection connection) {
    connections.put(connection, new Use(connection));
    connection.closeHandler(closed -> connections.remove(connection));
  }

  @Override
  public void handle(RoutingContext context) {
    Use use = connections.get(context.request().connection());
    if (use != null) {
      use.serving++;
      use.latest = context.request();
      use.bytesRead = 0;
      use.lookedAt = System.nanoTime();
      int unused = context.addEndHandler(ended -> served(use));
    }
    context.next();
  }

  private static void served(Use use) {
    use.serving--;
    use.quietSince = System.nanoTime();
  }

  private void closeQuiet() {
    for (Map.Entry<HttpConnection, Use> entry : new ArrayList<>(connections.entrySet())) {
      Use use = entry.getValue();
      if (use.outbound.standsStill(nanos)) {
        // Closing would wait for the client to take what it does not take.
        ConnectionReset.off(entry.getKey());
      } else if (use.isQuiet(nanos, leastBytesPerSecond)) {
        var unused = entry.getKey().close();
      }
    }
  }
}
