package org.benchmarkresults.storage.embedded;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.wire.MongoDatabaseHandler;
import de.bwaldvogel.mongo.wire.MongoExceptionHandler;
import de.bwaldvogel.mongo.wire.MongoWireMessageEncoder;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The server of the embedded database, on a free port of the loopback address. Commands run on
 * their own threads: on network threads a long command would delay other connections and the
 * driver's heartbeat, so that the driver would consider the database unavailable.
 */
public final class EmbeddedServer implements AutoCloseable {
  private static final int NETWORK_THREADS = 2;
  private static final int STOP_TIMEOUT_SECONDS = 5;

  private final EventLoopGroup network =
      new MultiThreadIoEventLoopGroup(
          NETWORK_THREADS,
          new DefaultThreadFactory("embedded-network", true),
          NioIoHandler.newFactory());
  private final ExecutorService commands =
      Executors.newCachedThreadPool(new DefaultThreadFactory("embedded-command", true));
  private final ChannelGroup connections =
      new DefaultChannelGroup("embedded-connections", network.next());
  private final MongoBackend backend;
  private final Channel listening;

  /** Binds the port and accepts connections. Blocks. */
  public EmbeddedServer(MongoBackend backend) {
    this.backend = backend;
    listening =
        new ServerBootstrap()
            .group(network)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    addHandlers(channel);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  private void addHandlers(Channel channel) {
    channel
        .pipeline()
        .addLast(new MongoWireReplyEncoder())
        .addLast(new MongoWireMessageEncoder())
        .addLast(new MongoWireProtocolHandler())
        .addLast(new Commands())
        .addLast(new MongoExceptionHandler());
  }

  /** Needs no ordering, because the driver sends one command at a time on a connection. */
  private final class Commands extends MongoDatabaseHandler {
    Commands() {
      super(backend, connections);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ClientRequest request) {
      try {
        commands.execute(() -> execute(context, request));
      } catch (RejectedExecutionException e) {
        var unused = context.close();
      }
    }

    private void execute(ChannelHandlerContext context, ClientRequest request) {
      try {
        super.channelRead0(context, request);
      } catch (RuntimeException | Error e) {
        context.fireExceptionCaught(e);
        if (e instanceof Error error) {
          throw error;
        }
      }
    }
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /** Blocks until no command runs, for {@link #STOP_TIMEOUT_SECONDS} at most. */
  @Override
  public void close() {
    var unused = listening.close().syncUninterruptibly();
    var unusedToo = connections.close().syncUninterruptibly();
    commands.shutdown();
    try {
      if (!commands.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        commands.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var unusedStop = network.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
