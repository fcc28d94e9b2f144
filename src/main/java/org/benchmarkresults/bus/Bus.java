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
 * Asking and serving on the event bus with types. Thread-safe and shared by all verticles of a
 * node; answers come back on the asker's context.
 *
 * <p>What this node serves is asked of itself. What it does not is asked of the other nodes, if it
 * has any.
 */
public final class Bus {
  private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
  private static final int UNAVAILABLE = 1;
  private static final int BUG = 2;
  private static final long IDLE_LOOK_MILLIS = 20;

  private final EventBus eventBus;
  private final Observer observer;
  private final @Nullable Peers peers;
  private final @Nullable PeerCalls peerCalls;
  private final Vertx vertx;
  private final Set<String> servedHere = ConcurrentHashMap.newKeySet();
  private final Set<MessageConsumer<?>> consumers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean isLeaving;

  /** That of a node alone. One for each Vert.x: it registers the codec of the records. */
  public Bus(Vertx vertx) {
    this(vertx, null);
  }

  /** One whose questions nobody counts. */
  public Bus(Vertx vertx, @Nullable Peers peers) {
    this(vertx, peers, (address, outcome, nanos) -> {});
  }

  /**
   * One for each Vert.x: it registers the codec of the records.
   *
   * @param peers null for a node alone
   */
  public Bus(Vertx vertx, @Nullable Peers peers, Observer observer) {
    this.observer = observer;
    this.vertx = vertx;
    eventBus = vertx.eventBus();
    eventBus.registerCodec(new RecordCodec());
    // Records, texts and bytes are all that is sent: nothing else is made of what the network
    // brings.
    eventBus.serializableChecker(name -> false);
    eventBus.clusterSerializableChecker(name -> false);
    this.peers = peers;
    peerCalls = peers == null ? null : new PeerCalls(vertx, peers);
  }

  /**
   * Asks a question; the node's own server of the address answers, or else one of another node.
   *
   * <p>Succeeds with the answer; fails with {@link Unavailable} when nobody serves the address, no
   * answer came in time (then it is not known what happened), or the server said so.
   */
  public <Q, A> Future<A> request(Address<Q, A> address, Q question) {
    Future<A> answer =
        peerCalls == null || servedHere.contains(address.name())
            ? askHere(address, question)
            : peerCalls.request(address, question);
    long began = System.nanoTime();
    return answer
        .recover(failure -> Future.failedFuture(understood(failure)))
        .onComplete(
            (answered, failure) ->
                observer.completed(address.name(), outcome(failure), System.nanoTime() - began));
  }

  /** Tells whoever listens, here and on other nodes; nobody may be there. Never fails. */
  public <E> void publish(Topic<E> topic, E event) {
    eventBus.publish(
        topic.name(),
        event,
        new DeliveryOptions()
            .setCodecName(RecordCodec.NAME)
            .setLocalOnly(peerCalls == null)
            // Traced, an event that nobody listens to is an error in the trace of whoever published
            // it.
            .setTracingPolicy(TracingPolicy.IGNORE));
  }

  /**
   * Listens to a topic. Succeeds when other nodes know of it, which may be after the first event;
   * the listener is called on the context that this is called on.
   */
  public <E> Future<Subscription> subscribe(Topic<E> topic, Consumer<E> listener) {
    Handler<Message<E>> handler = message -> listener.accept(message.body());
    MessageConsumer<E> consumer =
        peerCalls == null
            ? eventBus.localConsumer(topic.name(), handler)
            : eventBus.consumer(topic.name(), handler);
    return consumer.completion().map(known -> consumer::unregister);
  }

  /**
   * Calls back, on any thread, when nodes leave or come: what they told may not have been heard.
   */
  public void onMembershipChange(Runnable changed) {
    if (peers != null) {
      peers.onLeave(left -> changed.run());
      peers.onJoin(changed);
    }
  }

  private static String outcome(@Nullable Throwable failure) {
    return failure == null ? "answered" : failure instanceof Unavailable ? "unavailable" : "bug";
  }

  private <Q, A> Future<A> askHere(Address<Q, A> address, Q question) {
    DeliveryOptions options =
        new DeliveryOptions()
            .setCodecName(RecordCodec.NAME)
            .setLocalOnly(true)
            .setSendTimeout(address.timeout().toMillis());
    return eventBus.<A>request(address.name(), question, options).map(Message::body);
  }

  /**
   * Serves an address with a function. Its failures reach the asker: {@link Unavailable} as itself,
   * anything else as a bug without its text.
   */
  public <Q, A> void serve(Address<Q, A> address, Function<Q, Future<A>> server) {
    servedHere.add(address.name());
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
   * Takes no more questions, and succeeds when those taken before are answered or the time is over.
   * Before a node leaves, so that the others ask elsewhere.
   */
  public Future<Void> stopServing(Duration patience) {
    leaveAfter(patience);
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
        .otherwiseEmpty()
        .compose(unregistered -> idle(System.nanoTime() + patience.toNanos()));
  }

  /**
   * Other nodes may still wait for answers, which are to reach them; a node alone has no such
   * askers.
   */
  private void leaveAfter(Duration patience) {
    if (peerCalls == null) {
      isLeaving = true;
    } else {
      var unused =
          vertx
              .timer(Math.max(1, patience.toMillis() / 2), TimeUnit.MILLISECONDS)
              .onSuccess(half -> isLeaving = true);
    }
  }

  /** Whether what is unavailable is to be repeated no more, because the node is about to stop. */
  public boolean isShuttingDown() {
    return isLeaving;
  }

  private Future<Void> idle(long deadline) {
    return underWay.get() == 0 || System.nanoTime() > deadline
        ? Future.succeededFuture()
        : vertx.timer(IDLE_LOOK_MILLIS, TimeUnit.MILLISECONDS).compose(later -> idle(deadline));
  }

  private <Q, A> void serve(
      Address<Q, A> address, Function<Q, Future<A>> server, Message<Q> message) {
    underWay.incrementAndGet();
    Future<A> made = served(server, message.body());
    if (peerCalls == null || !message.headers().contains(PeerCalls.ASKER)) {
      reply(address, made, message);
    } else {
      // An asker that is gone is not answered; what it asked for is done all the same.
      var unused =
          peerCalls
              .accept(message, address)
              .onSuccess(asker -> reply(address, made, asker))
              .onFailure(gone -> underWay.decrementAndGet());
    }
  }

  private <Q, A> void serveInParts(
      PeerCalls calls, Address<Q, A> address, Function<Q, Future<A>> server, Message<Buffer> head) {
    underWay.incrementAndGet();
    // An asker that is gone, or does not send what it announced, waits for no answer.
    var unused =
        calls
            .accept(head, address)
            .compose(
                asker ->
                    calls.receive(
                        head,
                        asker,
                        address.requestType(),
                        whole ->
                            answered(address, served(server, whole.question()), whole.asker())))
            .onFailure(lost -> LOG.atWarn().setCause(lost).log("a question in parts was lost"))
            .onComplete(done -> underWay.decrementAndGet());
  }

  /**
   * What the server answers. A handler that throws, whatever it is, would send no reply, and the
   * asker would wait in vain.
   */
  @SuppressWarnings("CatchingUnchecked")
  private static <Q, A> Future<A> served(Function<Q, Future<A>> server, Q question) {
    try {
      return server.apply(question);
    } catch (Throwable e) {
      return Future.failedFuture(e);
    }
  }

  private <A> void reply(Address<?, A> address, Future<A> answer, Message<?> asker) {
    var unused = answered(address, answer, asker).onComplete(replied -> underWay.decrementAndGet());
  }

  /** Succeeds when the asker is answered, however; also when the answer cannot be written. */
  private static <A> Future<Void> answered(
      Address<?, A> address, Future<A> answer, Message<?> asker) {
    return answer
        .<Void>map(
            value -> {
              asker.reply(value, new DeliveryOptions().setCodecName(RecordCodec.NAME));
              return null;
            })
        .otherwise(
            failure -> {
              refuse(asker, address, failure);
              return null;
            });
  }

  private static void refuse(Message<?> message, Address<?, ?> address, Throwable failure) {
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

  private static Throwable understood(Throwable failure) {
    if (!(failure instanceof ReplyException reply)) {
      return failure;
    }
    return switch (reply.failureType()) {
      case NO_HANDLERS -> new Unavailable("Nothing here serves this question yet.");
      case TIMEOUT -> new Unavailable("No answer came in time; what happened is not known.");
      case RECIPIENT_FAILURE ->
          reply.failureCode() == UNAVAILABLE ? new Unavailable("" + reply.getMessage()) : reply;
      case ERROR -> reply;
    };
  }
}
