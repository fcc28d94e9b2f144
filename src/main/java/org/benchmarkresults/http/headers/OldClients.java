package org.benchmarkresults.http.headers;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Frames answers to HTTP/1.0 as such callers understand it: by their length, or by the end of the
 * connection, never in chunks. Confined to one connection.
 */
public final class OldClients extends ChannelOutboundHandlerAdapter {
  private boolean isOld;
  private boolean isEndedByClose;

  /** The answer that comes next is one to a request of HTTP/1.0. */
  public void answers() {
    isOld = true;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (isOld && message instanceof HttpResponse response) {
      isOld = false;
      response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
      isEndedByClose =
          !response.headers().contains(HttpHeaderNames.CONTENT_LENGTH) && hasBody(response);
      if (isEndedByClose) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
    }
    boolean isLast = isEndedByClose && message instanceof LastHttpContent;
    var unused =
        context.write(
            message, isLast ? promise.unvoid().addListener(ChannelFutureListener.CLOSE) : promise);
  }

  private static boolean hasBody(HttpResponse response) {
    int status = response.status().code();
    return status != 204 && status != 304;
  }
}
