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
 * Lets the requests of one connection through one at a time. A client may send many requests
 * without reading an answer (RFC 9112, section 9.3.2); Netty's compressor fails at the 129th, and
 * each request that is decoded early takes memory. So the next request is passed on when the answer
 * to the one before is written and the socket takes more; until then the connection is not read
 * from. Confined to the connection's event loop.
 */
public final class Pipelining {
  private static final Logger LOG = LoggerFactory.getLogger(Pipelining.class);

  /** Decoded at once between two requests: some dozens of the smallest ones. */
  private static final int SLICE = 1 << 10;

  /** Decoded at once within a body: the most that the decoder passes on as one piece. */
  private static final int BODY_SLICE = 8 << 10;

  /** More than a slice of useful requests can hold; what exceeds it is no HTTP client. */
  private static final int MOST_HELD = 512;

  private final Bytes bytes = new Bytes();
  private final Messages messages = new Messages();

  private Pipelining() {}

  /** Puts the handlers into the connection's pipeline, before anything was read from it. */
  public static void guard(HttpConnection connection) {
    ChannelHandlerContext handler = ((HttpServerConnection) connection).channelHandlerContext();
    ChannelPipeline pipeline = handler.pipeline();
    Pipelining pipelining = new Pipelining();
    pipeline.addBefore("httpDecoder", "pipelinedBytes", pipelining.bytes);
    pipeline.addAfter("httpEncoder", "pipelinedMessages", pipelining.messages);
    pipeline.addBefore(handler.name(), "brokenPipeline", new Broken());
  }

  /** Before the decoder: feeds it no more than is wanted. */
  private final class Bytes extends ChannelDuplexHandler {
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private boolean isReadWanted;
    private boolean isStopped;
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
        if (!isDone() && ctx.channel().config().isAutoRead()) {
          isStopped = true;
          ctx.channel().config().setAutoRead(false);
        }
      } else {
        ctx.fireChannelRead(message);
      }
    }

    /** The socket is read from when all that came before was passed on. */
    @Override
    public void read(ChannelHandlerContext ctx) {
      if (isDone()) {
        ctx.read();
      } else {
        isReadWanted = true;
      }
    }

    private boolean isDone() {
      return held.isEmpty() && messages.isWanting();
    }

    void feed() {
      ChannelHandlerContext ctx = context;
      if (ctx == null || isFeeding) {
        return;
      }
      isFeeding = true;
      try {
        while (!held.isEmpty() && messages.isWanting()) {
          ctx.fireChannelRead(slice(held.element()));
        }
      } finally {
        isFeeding = false;
      }
      if (isDone()) {
        readOn(ctx);
      }
    }

    private void readOn(ChannelHandlerContext ctx) {
      if (isStopped) {
        isStopped = false;
        isReadWanted = false;
        ctx.channel().config().setAutoRead(true);
      } else if (isReadWanted) {
        isReadWanted = false;
        ctx.read();
      }
    }

    private ByteBuf slice(ByteBuf first) {
      int most = messages.isInBody ? BODY_SLICE : SLICE;
      return first.readableBytes() <= most ? held.remove() : first.readRetainedSlice(most);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
      release(held);
    }
  }

  /** Between the decoder and the rest: holds requests back while another one is answered. */
  private final class Messages extends ChannelDuplexHandler {
    private final ArrayDeque<Object> held = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private boolean isAnswering;
    private boolean isInBody;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
      context = added;
    }

    boolean isWanting() {
      return held.isEmpty();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      isInBody = !(message instanceof LastHttpContent);
      if (held.isEmpty() && isDue(ctx, message)) {
        pass(ctx, message);
      } else if (held.size() < MOST_HELD) {
        held.add(message);
      } else {
        ReferenceCountUtil.release(message);
        Broken.close(ctx, "too many requests were sent before the answer to the first");
      }
    }

    private boolean isDue(ChannelHandlerContext ctx, Object message) {
      return !(message instanceof HttpRequest) || (!isAnswering && ctx.channel().isWritable());
    }

    private void pass(ChannelHandlerContext ctx, Object message) {
      isAnswering |= message instanceof HttpRequest;
      ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      var unused = ctx.write(message, promise);
      if (message instanceof LastHttpContent && !isInterim(message)) {
        isAnswering = false;
        goOn();
      }
    }

    /** Such as 100 (Continue), which another answer follows. */
    private static boolean isInterim(Object message) {
      return message instanceof HttpResponse head && head.status().code() < 200;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      goOn();
      ctx.fireChannelWritabilityChanged();
    }

    /** Later, because whoever writes the end of an answer is not done with that request yet. */
    private void goOn() {
      if (context != null && !(held.isEmpty() && bytes.held.isEmpty())) {
        context.executor().execute(this::next);
      }
    }

    private void next() {
      ChannelHandlerContext ctx = context;
      if (ctx == null || ctx.isRemoved()) {
        return;
      }
      while (!held.isEmpty() && isDue(ctx, held.element())) {
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

  /**
   * Closes a connection whose pipeline failed, since nothing else would: what it holds is freed.
   */
  private static final class Broken extends ChannelDuplexHandler {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
      if (failure instanceof IOException) {
        // The client has gone, which the request log tells where it was answered.
        var unused = ctx.close();
      } else {
        // A request whose body cannot be decoded is answered first, if anything answers it.
        ctx.fireExceptionCaught(failure);
        ctx.executor().execute(() -> close(ctx, failure.toString()));
      }
    }

    static void close(ChannelHandlerContext ctx, String reason) {
      if (ctx.channel().isOpen()) {
        LOG.atWarn()
            .addKeyValue("remote_address", ctx.channel().remoteAddress())
            .addKeyValue("reason", reason)
            .log("connection closed");
        var unused = ctx.close();
      }
    }
  }
}
