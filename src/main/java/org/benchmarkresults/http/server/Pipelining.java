package org.benchmarkresults.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serializes pipelined requests (RFC 9112, section 9.3.2) of a connection. Netty's compressor fails
 * at the 129th pending request, and each decoded request takes memory. So the next request is
 * passed on once the response to the previous one is written and the socket is writable; until then
 * the connection is not read. Confined to the connection's event loop.
 */
public final class Pipelining {
  private static final Logger LOG = LoggerFactory.getLogger(Pipelining.class);

  /** Bytes decoded at once between requests: some dozens of the smallest ones. */
  private static final int SLICE = 1 << 10;

  /** Bytes decoded at once within a body: the largest chunk of the decoder. */
  private static final int BODY_SLICE = 8 << 10;

  /** More messages than a slice of useful requests can hold. */
  private static final int MAX_HELD = 512;

  private final Bytes bytes = new Bytes();
  private final Messages messages = new Messages();

  private Pipelining() {}

  /** Adds the handlers to the pipeline of a new connection. */
  public static void install(HttpConnection connection) {
    ChannelHandlerContext handler = ((HttpServerConnection) connection).channelHandlerContext();
    ChannelPipeline pipeline = handler.pipeline();
    Pipelining pipelining = new Pipelining();
    pipeline.addBefore("httpDecoder", "pipelinedBytes", pipelining.bytes);
    pipeline.addAfter("httpEncoder", "pipelinedMessages", pipelining.messages);
    pipeline.addBefore(handler.name(), "brokenPipeline", new FailureHandler());
  }

  /** Before the decoder: holds bytes back while messages are held. */
  private final class Bytes extends ChannelDuplexHandler {
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private boolean isReadPending;
    private boolean isAutoReadOff;
    private boolean isFeeding;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
      context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof ByteBuf piece) {
        held.add(piece);
        feed();
        if (!isDrained() && ctx.channel().config().isAutoRead()) {
          isAutoReadOff = true;
          ctx.channel().config().setAutoRead(false);
        }
      } else {
        ctx.fireChannelRead(message);
      }
    }

    /** Reads the socket once all earlier bytes were passed on. */
    @Override
    public void read(ChannelHandlerContext ctx) {
      if (isDrained()) {
        ctx.read();
      } else {
        isReadPending = true;
      }
    }

    private boolean isDrained() {
      return held.isEmpty() && messages.isEmpty();
    }

    void feed() {
      ChannelHandlerContext ctx = context;
      if (ctx == null || isFeeding) {
        return;
      }
      isFeeding = true;
      try {
        while (!held.isEmpty() && messages.isEmpty()) {
          ctx.fireChannelRead(slice(held.element()));
        }
      } finally {
        isFeeding = false;
      }
      if (isDrained()) {
        resumeReading(ctx);
      }
    }

    private void resumeReading(ChannelHandlerContext ctx) {
      if (isAutoReadOff) {
        isAutoReadOff = false;
        isReadPending = false;
        ctx.channel().config().setAutoRead(true);
      } else if (isReadPending) {
        isReadPending = false;
        ctx.read();
      }
    }

    private ByteBuf slice(ByteBuf first) {
      int size = messages.isInBody ? BODY_SLICE : SLICE;
      return first.readableBytes() <= size ? held.remove() : first.readRetainedSlice(size);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
      release(held);
    }
  }

  /** After the decoder: holds requests back while another one is in progress. */
  private final class Messages extends ChannelDuplexHandler {
    private final ArrayDeque<Object> held = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private boolean isInProgress;
    private boolean isInBody;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
      context = added;
    }

    boolean isEmpty() {
      return held.isEmpty();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      isInBody = !(message instanceof LastHttpContent);
      if (held.isEmpty() && mayPass(ctx, message)) {
        pass(ctx, message);
      } else if (held.size() < MAX_HELD) {
        held.add(message);
      } else {
        ReferenceCountUtil.release(message);
        FailureHandler.close(ctx, "too many pipelined requests");
      }
    }

    private boolean mayPass(ChannelHandlerContext ctx, Object message) {
      return !(message instanceof HttpRequest) || (!isInProgress && ctx.channel().isWritable());
    }

    private void pass(ChannelHandlerContext ctx, Object message) {
      isInProgress |= message instanceof HttpRequest;
      ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      var unused = ctx.write(message, promise);
      if (message instanceof LastHttpContent && !isInterim(message)) {
        isInProgress = false;
        scheduleNext();
      }
    }

    /** Such as 100 (Continue), which precedes the final response. */
    private static boolean isInterim(Object message) {
      return message instanceof HttpResponse head && head.status().code() < 200;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      scheduleNext();
      ctx.fireChannelWritabilityChanged();
    }

    /** In a later task, since the request that ends is still on the call stack. */
    private void scheduleNext() {
      if (context != null && !(held.isEmpty() && bytes.held.isEmpty())) {
        context.executor().execute(this::next);
      }
    }

    private void next() {
      ChannelHandlerContext ctx = context;
      if (ctx == null || ctx.isRemoved()) {
        return;
      }
      while (!held.isEmpty() && mayPass(ctx, held.element())) {
        pass(ctx, held.remove());
      }
      if (held.isEmpty()) {
        bytes.feed();
      }
      ctx.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
      release(held);
    }
  }

  private static void release(ArrayDeque<?> held) {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
  }

  /** Closes a connection whose pipeline failed, which frees what it holds; nothing else would. */
  private static final class FailureHandler extends ChannelDuplexHandler {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
      if (failure instanceof IOException) {
        // The client has closed the connection; the request log has the line.
        var unused = ctx.close();
      } else {
        // The request, if there is one, is answered first.
        ctx.fireExceptionCaught(failure);
        ctx.executor().execute(() -> close(ctx, failure.toString()));
      }
    }

    static void close(ChannelHandlerContext ctx, String reason) {
      if (ctx.channel().isOpen()) {
        LOG.atWarn()
            .addKeyValue("remote_address", ctx.channel().remoteAddress())
            .addKeyValue("reason", reason)
            .log("invalid connection closed");
        var unused = ctx.close();
      }
    }
  }
}
