package org.benchmarkresults.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Cuts a connection in the middle of an answer, at once and so that it cannot be taken for its end:
 * with a TCP reset. A plain close would first wait until all that was written is read, and where
 * the answer ends with the connection (HTTP/1.0) it would make the part look whole.
 */
public final class ConnectionReset {
  private ConnectionReset() {}

  public static void off(HttpConnection connection) {
    ChannelHandlerContext context = ((HttpServerConnection) connection).channelHandlerContext();
    if (!context.channel().isOpen()) {
      // Closed by the client or cut before: a closed socket takes no options.
      return;
    }
    context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    // From here on down: the handler itself would wait for what is written.
    var unused = context.close();
  }
}
