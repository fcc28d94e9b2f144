package org.benchmarkresults.http.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Whether the bytes written to a connection move. A client that takes nothing any more is seen here
 * alone: its answer may be complete for the service and still stand in memory. Confined to the
 * connection's event loop.
 */
final class Outbound {
  private final Channel channel;
  private long pending;
  private long progress;
  private long movedAt = System.nanoTime();

  Outbound(HttpConnection connection) {
    channel = ((HttpServerConnection) connection).channelHandlerContext().channel();
  }

  /** Whether bytes wait for the client, and it has taken none of them for so long. */
  boolean standsStill(long nanos) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    long now = System.nanoTime();
    long waiting = buffer == null ? 0 : buffer.totalPendingWriteBytes();
    long ofFirst = buffer == null ? 0 : buffer.currentProgress();
    if (waiting == 0 || waiting != pending || ofFirst != progress) {
      movedAt = now;
    }
    pending = waiting;
    progress = ofFirst;
    return now - movedAt >= nanos;
  }
}
