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
import org.benchmarkresults.http.headers.HttpDate;
import org.benchmarkresults.http.headers.OldClients;
import org.jspecify.annotations.Nullable;

/**
 * What RFC 9112 asks of messages and the server beneath does not do: requests whose framing or host
 * is ambiguous are marked as broken, answers are dated. Confined to one connection.
 */
public final class MessageRules extends ChannelDuplexHandler {
  private final OldClients old;

  private MessageRules(OldClients old) {
    this.old = old;
  }

  /** Applies to a connection from its first request on. */
  public static void on(HttpConnection connection) {
    ChannelHandlerContext server = ((HttpServerConnection) connection).channelHandlerContext();
    ChannelPipeline pipeline = server.pipeline();
    Optional<String> encoder =
        pipeline.toMap().entrySet().stream()
            .filter(entry -> entry.getValue() instanceof HttpResponseEncoder)
            .map(Map.Entry<String, ChannelHandler>::getKey)
            .findFirst();
    OldClients old = new OldClients();
    // The first sits behind the compressor, the second before it.
    encoder.ifPresent(name -> pipeline.addAfter(name, "old-clients", old));
    pipeline.addBefore(server.name(), "message-rules", new MessageRules(old));
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
    boolean isOld = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    if (hosts.size() > 1) {
      return "more than one Host";
    }
    if (hosts.isEmpty() || hosts.get(0).isEmpty()) {
      if (isOld) {
        // The header came with HTTP/1.1, and the router cannot do without.
        headers.set(HttpHeaderNames.HOST, "localhost");
      }
    } else if (hosts.get(0).chars().anyMatch(unit -> unit <= ' ')) {
      return "a Host with blanks";
    }
    // The decoder joins the lines of a folded value by blanks.
    List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!encodings.isEmpty()
        && (isOld || encodings.size() > 1 || !encodings.get(0).equalsIgnoreCase("chunked"))) {
      return "a Transfer-Encoding other than chunked";
    }
    for (String length : headers.getAll(HttpHeaderNames.CONTENT_LENGTH)) {
      if (length.isEmpty() || !length.chars().allMatch(unit -> unit >= '0' && unit <= '9')) {
        return "a Content-Length that is no number";
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
        old.answers();
        // The compressor leaves answers of HTTP/1.0 alone.
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
      }
    }
    var unused = context.write(message, promise);
  }
}
