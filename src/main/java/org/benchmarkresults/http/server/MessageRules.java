package org.benchmarkresults.http.server;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.benchmarkresults.http.headers.Http10Framing;
import org.benchmarkresults.http.headers.HttpDate;
import org.jspecify.annotations.Nullable;

/**
 * Rules of RFC 9112 that Vert.x does not enforce: requests with ambiguous framing or host are
 * marked as invalid, responses get a Date. Confined to one connection.
 */
public final class MessageRules extends ChannelDuplexHandler {
  private final Http10Framing http10;

  private MessageRules(Http10Framing http10) {
    this.http10 = http10;
  }

  /** Adds the rules to a new connection. */
  public static void install(HttpConnection connection) {
    ChannelHandlerContext server = ((HttpServerConnection) connection).channelHandlerContext();
    ChannelPipeline pipeline = server.pipeline();
    Optional<String> encoder =
        pipeline.toMap().entrySet().stream()
            .filter(entry -> entry.getValue() instanceof HttpResponseEncoder)
            .map(Map.Entry<String, ChannelHandler>::getKey)
            .findFirst();
    Http10Framing http10 = new Http10Framing();
    // Framing runs after the compressor, the rules before it.
    encoder.ifPresent(name -> pipeline.addAfter(name, "http10-framing", http10));
    pipeline.addBefore(server.name(), "message-rules", new MessageRules(http10));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
      String fault = fault(request);
      if (fault != null) {
        request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(fault)));
      }
    }
    context.fireChannelRead(message);
  }

  private static @Nullable String fault(HttpRequest request) {
    HttpHeaders headers = request.headers();
    boolean isHttp10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    if (hosts.size() > 1) {
      return "more than one Host";
    }
    if (hosts.isEmpty() || hosts.get(0).isEmpty()) {
      if (isHttp10) {
        // HTTP/1.0 does not require Host, but the router does.
        headers.set(HttpHeaderNames.HOST, "localhost");
      }
    } else if (hosts.get(0).chars().anyMatch(unit -> unit <= ' ')) {
      return "Host contains blanks";
    }
    // The decoder joins folded lines with blanks.
    List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!encodings.isEmpty()
        && (isHttp10 || encodings.size() > 1 || !encodings.get(0).equalsIgnoreCase("chunked"))) {
      return "Transfer-Encoding is not chunked";
    }
    for (String length : headers.getAll(HttpHeaderNames.CONTENT_LENGTH)) {
      if (length.isEmpty() || !length.chars().allMatch(unit -> unit >= '0' && unit <= '9')) {
        return "Content-Length is not a number";
      }
    }
    return null;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response
        && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      response.headers().set(HttpHeaderNames.DATE, HttpDate.now());
      if (response.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
        http10.expectResponse();
        // The compressor skips HTTP/1.0 responses.
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
      }
    }
    var unused = context.write(message, promise);
  }
}
