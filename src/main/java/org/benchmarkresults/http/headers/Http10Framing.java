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
 * Frames responses to HTTP/1.0 clients: by Content-Length or by closing the connection, never in
 * chunks. Confined to one connection.
 */
public final class Http10Framing extends ChannelOutboundHandlerAdapter {
  private boolean isExpected;
  private boolean endsByClose;

  /** Marks the next response as one to an HTTP/1.0 request. */
  public void expectResponse() {
    isExpected = true;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (isExpected && message instanceof HttpResponse response) {
      isExpected = false;
      response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
      endsByClose =
          !response.headers().contains(HttpHeaderNames.CONTENT_LENGTH) && hasBody(response);
      if (endsByClose) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
    }
    boolean isLast = endsByClose && message instanceof LastHttpContent;
    var unused =
        context.write(
            message, isLast ? promise.unvoid().addListener(ChannelFutureListener.CLOSE) : promise);
  }

  private static boolean hasBody(HttpResponse response) {
    int status = response.status().code();
    return status != 204 && status != 304;
  }
}
