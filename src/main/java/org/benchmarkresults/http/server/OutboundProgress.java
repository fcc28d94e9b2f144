package org.benchmarkresults.http.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Progress of the bytes written to a connection, the only sign of a client that stopped reading: a
 * response may be complete for the service while its bytes are still buffered. Confined to the
 * connection's event loop.
 */
final class OutboundProgress {
  private final Channel channel;
  private long pending;
  private long progress;
  private long progressAt = System.nanoTime();

  OutboundProgress(HttpConnection connection) {
    channel = ((HttpServerConnection) connection).channelHandlerContext().channel();
  }

  /** Whether bytes are buffered and none of them was sent for the time given. */
  boolean isStalled(long timeoutNanos) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    long now = System.nanoTime();
    long buffered = buffer == null ? 0 : buffer.totalPendingWriteBytes();
    long sentOfFirst = buffer == null ? 0 : buffer.currentProgress();
    if (buffered == 0 || buffered != pending || sentOfFirst != progress) {
      progressAt = now;
    }
    pending = buffered;
    progress = sentOfFirst;
    return now - progressAt >= timeoutNanos;
  }
}
