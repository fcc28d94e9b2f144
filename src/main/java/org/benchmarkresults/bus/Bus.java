package org.benchmarkresults.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.benchmarkresults.model.result.Received;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The typed event bus of a node. A request goes to this node when it serves the address, otherwise
 * to another node of the cluster; the reply arrives on the caller's context. Thread-safe; the
 * verticles of a node share it.
 */
public final class Bus {
  private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
  private static final int UNAVAILABLE = 1;
  private static final int BUG = 2;
  private static final long IDLE_CHECK_MILLIS = 20;

  private final EventBus eventBus;
  private final Observer observer;
  private final @Nullable Peers peers;
  private final @Nullable PeerCalls peerCalls;
  private final Vertx vertx;
  private final Set<String> localAddresses = ConcurrentHashMap.newKeySet();
  private final Set<MessageConsumer<?>> consumers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger active = new AtomicInteger();
  private volatile boolean shuttingDown;

  /** The bus of a single node. */
  public Bus(Vertx vertx) {
    this(vertx, null);
  }

  public Bus(Vertx vertx, @Nullable Peers peers) {
    this(vertx, peers, (address, outcome, nanos) -> {});
  }

  /**
   * Creates the only bus of a Vert.x instance and registers its codec.
   *
   * @param peers null for a single node
   */
  public Bus(Vertx vertx, @Nullable Peers peers, Observer observer) {
    this.observer = observer;
    this.vertx = vertx;
    eventBus = vertx.eventBus();
    eventBus.registerCodec(new RecordCodec());
    // Only records, texts and bytes are sent, so Java deserialization of network input is off.
    eventBus.serializableChecker(name -> false);
    eventBus.clusterSerializableChecker(name -> false);
    this.peers = peers;
    peerCalls = peers == null ? null : new PeerCalls(vertx, peers);
  }

  /**
   * Sends a request.
   *
   * <p>Succeeds with the reply; fails with {@link Unavailable} when no node serves the address,
   * when the timeout passes without a reply (the outcome is then not known), or when the server
   * fails with it.
   */
  public <Q, A> Future<A> request(Address<Q, A> address, Q request) {
    Future<A> reply =
        peerCalls == null || localAddresses.contains(address.name())
            ? requestHere(address, request)
            : peerCalls.request(address, request);
    long began = System.nanoTime();
    return reply
        .recover(failure -> Future.failedFuture(translate(failure)))
        .onComplete(
            (value, failure) ->
                observer.completed(address.name(), outcome(failure), System.nanoTime() - began));
  }

  /** Publishes an event to the subscribers on all nodes, if there are any. Never fails. */
  public <E> void publish(Topic<E> topic, E event) {
    eventBus.publish(
        topic.name(),
        event,
        new DeliveryOptions()
            .setCodecName(RecordCodec.NAME)
            .setLocalOnly(peerCalls == null)
            // With tracing, an event without subscribers is an error in the publisher's trace.
            .setTracingPolicy(TracingPolicy.IGNORE));
  }

  /**
   * Subscribes to a topic. Succeeds when the other nodes know the subscription, which may be after
   * the first event; the listener runs on the caller's context.
   */
  public <E> Future<Subscription> subscribe(Topic<E> topic, Consumer<E> listener) {
    Handler<Message<E>> handler = message -> listener.accept(message.body());
    MessageConsumer<E> consumer =
        peerCalls == null
            ? eventBus.localConsumer(topic.name(), handler)
            : eventBus.consumer(topic.name(), handler);
    return consumer.completion().map(known -> consumer::unregister);
  }

  /** Calls back, on any thread, when a node joins or leaves: its events may have been lost. */
  public void onMembershipChange(Runnable changed) {
    if (peers != null) {
      peers.onLeave(left -> changed.run());
      peers.onJoin(changed);
    }
  }

  private static String outcome(@Nullable Throwable failure) {
    return failure == null ? "success" : failure instanceof Unavailable ? "unavailable" : "error";
  }

  private <Q, A> Future<A> requestHere(Address<Q, A> address, Q request) {
    DeliveryOptions options =
        new DeliveryOptions()
            .setCodecName(RecordCodec.NAME)
            .setLocalOnly(true)
            .setSendTimeout(address.timeout().toMillis());
    return eventBus.<A>request(address.name(), request, options).map(Message::body);
  }

  /**
   * Serves an address with a function. The caller gets its {@link Unavailable} failures unchanged
   * and any other failure as a bug without its text.
   */
  public <Q, A> void serve(Address<Q, A> address, Function<Q, Future<A>> server) {
    localAddresses.add(address.name());
    Handler<Message<Q>> handler = message -> serve(address, server, message);
    consumers.add(
        peerCalls == null
            ? eventBus.localConsumer(address.name(), handler)
            : eventBus.consumer(address.name(), handler));
    if (peerCalls != null && Received.class.isAssignableFrom(address.requestType())) {
      PeerCalls calls = peerCalls;
      consumers.add(
          eventBus.<Buffer>consumer(
              address.name() + PeerCalls.IN_PARTS,
              message -> serveInParts(calls, address, server, message)));
    }
  }

  /**
   * Accepts no more requests; succeeds when the accepted ones have their replies or the timeout is
   * over. Called before a node leaves the cluster, so that others send their requests elsewhere.
   */
  public Future<Void> stopServing(Duration timeout) {
    endRetries(timeout);
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
        .otherwiseEmpty()
        .compose(unregistered -> idle(System.nanoTime() + timeout.toNanos()));
  }

  /** In a cluster retries go on for half of the time, because other nodes wait for the replies. */
  private void endRetries(Duration timeout) {
    if (peerCalls == null) {
      shuttingDown = true;
    } else {
      var unused =
          vertx
              .timer(Math.max(1, timeout.toMillis() / 2), TimeUnit.MILLISECONDS)
              .onSuccess(half -> shuttingDown = true);
    }
  }

  /** Whether the node is about to stop, so that unavailable operations are not retried. */
  public boolean isShuttingDown() {
    return shuttingDown;
  }

  private Future<Void> idle(long deadline) {
    return active.get() == 0 || System.nanoTime() > deadline
        ? Future.succeededFuture()
        : vertx.timer(IDLE_CHECK_MILLIS, TimeUnit.MILLISECONDS).compose(later -> idle(deadline));
  }

  private <Q, A> void serve(
      Address<Q, A> address, Function<Q, Future<A>> server, Message<Q> message) {
    active.incrementAndGet();
    Future<A> result = invoke(server, message.body());
    if (peerCalls == null || !message.headers().contains(PeerCalls.CALLER)) {
      reply(address, result, message);
    } else {
      // The request is executed even when its caller is gone.
      var unused =
          peerCalls
              .accept(message, address)
              .onSuccess(caller -> reply(address, result, caller))
              .onFailure(gone -> active.decrementAndGet());
    }
  }

  private <Q, A> void serveInParts(
      PeerCalls calls, Address<Q, A> address, Function<Q, Future<A>> server, Message<Buffer> head) {
    active.incrementAndGet();
    var unused =
        calls
            .accept(head, address)
            .compose(
                caller ->
                    calls.receive(
                        head,
                        caller,
                        address.requestType(),
                        whole -> send(address, invoke(server, whole.request()), whole.caller())))
            // The caller is gone or sent something else than it announced: there is no reply.
            .onFailure(lost -> LOG.atWarn().setCause(lost).log("request in parts lost"))
            .onComplete(done -> active.decrementAndGet());
  }

  /** Turns whatever the server throws into a failure: without a reply the caller would time out. */
  @SuppressWarnings("CatchingUnchecked")
  private static <Q, A> Future<A> invoke(Function<Q, Future<A>> server, Q request) {
    try {
      return server.apply(request);
    } catch (Throwable e) {
      return Future.failedFuture(e);
    }
  }

  private <A> void reply(Address<?, A> address, Future<A> result, Message<?> caller) {
    var unused = send(address, result, caller).onComplete(replied -> active.decrementAndGet());
  }

  /** Succeeds when a reply or a failure was sent, also when the result cannot be encoded. */
  private static <A> Future<Void> send(Address<?, A> address, Future<A> result, Message<?> caller) {
    return result
        .<Void>map(
            value -> {
              caller.reply(value, new DeliveryOptions().setCodecName(RecordCodec.NAME));
              return null;
            })
        .otherwise(
            failure -> {
              fail(caller, address, failure);
              return null;
            });
  }

  private static void fail(Message<?> message, Address<?, ?> address, Throwable failure) {
    if (failure instanceof Unavailable) {
      message.fail(UNAVAILABLE, failure.getMessage());
    } else {
      LOG.atError()
          .addKeyValue("address", address.name())
          .setCause(failure)
          .log("bug while serving the bus");
      message.fail(BUG, "bug while serving " + address.name());
    }
  }

  private static Throwable translate(Throwable failure) {
    if (!(failure instanceof ReplyException reply)) {
      return failure;
    }
    return switch (reply.failureType()) {
      case NO_HANDLERS -> new Unavailable("No node serves this operation yet.");
      case TIMEOUT -> new Unavailable("The operation timed out; its outcome is not known.");
      case RECIPIENT_FAILURE ->
          reply.failureCode() == UNAVAILABLE ? new Unavailable("" + reply.getMessage()) : reply;
      case ERROR -> reply;
    };
  }
}
