package org.benchmarkresults.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Aborts a connection in the middle of a response with a TCP reset, so that the client cannot take
 * the part for the whole. A plain close would wait until the client has read what was written, and
 * ends an HTTP/1.0 response without a length as if it were complete.
 */
public final class ConnectionReset {
  private ConnectionReset() {}

  public static void send(HttpConnection connection) {
    ChannelHandlerContext context = ((HttpServerConnection) connection).channelHandlerContext();
    if (!context.channel().isOpen()) {
      // Options of a closed socket cannot be set.
      return;
    }
    context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    // Closes from this handler on, because Vert.x's own handler waits for pending writes.
    var unused = context.close();
  }
}
