package org.benchmarkresults.bus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.benchmarkresults.model.result.Received;
import org.jspecify.annotations.Nullable;

/**
 * Asks and answers questions between nodes, telling a node that is slow from one that is dead.
 *
 * <p>A node that takes a question says so at once, with its name; only then is its answer waited
 * for, as long as the address allows and as long as that node is in the cluster. So a dead node
 * costs the short time of an acceptance, or that until the cluster notices, and never the patience
 * of a slow write. Thread-safe.
 */
final class PeerCalls {
  /** On questions that are answered in two steps: the name of the node that asks. */
  static final String ASKER = "asker";

  /** In the name of the address for questions that come in parts. */
  static final String IN_PARTS = "/parts";

  /** On a message that asks for the part that begins at this offset. */
  private static final String WANTED = "wanted";

  private static final long ACCEPTANCE_MILLIS = 1_000;

  /** A node that sends no part for so long is gone. */
  private static final long PART_MILLIS = 10_000;

  /**
   * What a node served is forgotten some moments after the node itself, and would lead there again.
   */
  private static final long PAUSE_MILLIS = 500;

  private static final String GO_ON = "";

  private final Vertx vertx;
  private final EventBus eventBus;
  private final Peers peers;
  private final ArrivalBudget arriving =
      new ArrivalBudget(Runtime.getRuntime().maxMemory() * 2 / 5);
  private final Set<Pending> pending = ConcurrentHashMap.newKeySet();

  private record Pending(String node, Context context, Promise<?> promise) {
    void fail() {
      context.runOnContext(now -> promise.tryFail(lost()));
    }
  }

  PeerCalls(Vertx vertx, Peers peers) {
    this.vertx = vertx;
    this.peers = peers;
    eventBus = vertx.eventBus();
    peers.onLeave(
        left -> pending.stream().filter(call -> call.node.equals(left)).forEach(Pending::fail));
  }

  /** As if its answer had timed out: what happened there is not known. */
  private static ReplyException lost() {
    return new ReplyException(ReplyFailure.TIMEOUT, "the node that was asked is gone");
  }

  /** Asks a node that serves the address, and once more, perhaps another, when that one is lost. */
  <Q, A> Future<A> request(Address<Q, A> address, Q question) {
    long asked = System.nanoTime();
    return askOnce(address, question)
        .recover(
            failure ->
                mayBeAskedAgain(failure, address)
                    ? vertx
                        .timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(later -> askOnce(address, since(asked, address, question)))
                    : Future.failedFuture(failure));
  }

  /** Listeners rely on it that nothing is stored long after it says that it was received. */
  private static <Q> Q since(long asked, Address<Q, ?> address, Q question) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
    return question instanceof Received received
        ? address.requestType().cast(received.heldUp(millis))
        : question;
  }

  private static boolean mayBeAskedAgain(Throwable failure, Address<?, ?> address) {
    return failure instanceof ReplyException reply
        && switch (reply.failureType()) {
          case TIMEOUT -> address.repeatable();
          // The node was about to leave and did not take the question.
          case NO_HANDLERS -> true;
          case RECIPIENT_FAILURE, ERROR -> false;
        };
  }

  private <Q, A> Future<A> askOnce(Address<Q, A> address, Q question) {
    return question instanceof Received received && received.dataBytes() >= SplitMessage.LEAST_BYTES
        ? askInParts(address, question)
        : askWhole(address, question);
  }

  private <Q, A> Future<A> askWhole(Address<Q, A> address, Q question) {
    return eventBus
        .<String>request(address.name(), question, asking().setCodecName(RecordCodec.NAME))
        .compose(accepted -> answer(address, accepted, null));
  }

  private <Q, A> Future<A> askInParts(Address<Q, A> address, Q question) {
    SplitMessage message = SplitMessage.of(question);
    return eventBus
        .<String>request(address.name() + IN_PARTS, message.head(), asking())
        .map(Optional::of)
        .recover(
            failure ->
                isUnserved(failure)
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure))
        .compose(
            accepted ->
                accepted.isPresent()
                    ? answer(address, accepted.get(), message)
                    // A node of an earlier release knows no parts.
                    : askWhole(address, question));
  }

  private DeliveryOptions asking() {
    return new DeliveryOptions().addHeader(ASKER, peers.self()).setSendTimeout(ACCEPTANCE_MILLIS);
  }

  private static boolean isUnserved(Throwable failure) {
    return failure instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.NO_HANDLERS;
  }

  private <A> Future<A> answer(
      Address<?, A> address, Message<String> accepted, @Nullable SplitMessage message) {
    Promise<A> promise = Promise.promise();
    Pending call = new Pending(accepted.body(), vertx.getOrCreateContext(), promise);
    pending.add(call);
    // It may have left between its word and now.
    if (!peers.isMember(call.node)) {
      call.fail();
    }
    Future<Message<Object>> unused =
        converse(accepted, GO_ON, address, message)
            .onSuccess(answer -> promise.tryComplete(address.replyType().cast(answer.body())))
            .onFailure(promise::tryFail);
    return promise.future().onComplete(done -> pending.remove(call));
  }

  /** Hands over the parts that are asked for, until the answer comes. */
  private Future<Message<Object>> converse(
      Message<?> to, Object body, Address<?, ?> address, @Nullable SplitMessage message) {
    return to.replyAndRequest(
            body, new DeliveryOptions().setSendTimeout(address.timeout().toMillis()))
        .compose(
            reply -> {
              String wanted = reply.headers().get(WANTED);
              return wanted == null || message == null
                  ? Future.succeededFuture(reply)
                  : converse(reply, message.part(Long.parseLong(wanted)), address, message);
            });
  }

  /** Accepts a question from another node; succeeds with the message that is to be answered. */
  Future<Message<String>> accept(Message<?> question, Address<?, ?> address) {
    return question.replyAndRequest(
        peers.self(), new DeliveryOptions().setSendTimeout(address.timeout().toMillis()));
  }

  /**
   * A question that came in parts.
   *
   * @param asker the message that is to be answered
   */
  record Whole<Q>(Q question, Message<?> asker) {}

  /**
   * Takes the parts of a question that was accepted, once there is memory for them, and hands the
   * whole to a server. The memory is given back when the server is done.
   *
   * <p>Fails when the asker is gone or sends something else than it announced.
   */
  <Q> Future<Void> receive(
      Message<Buffer> question,
      Message<?> asker,
      Class<Q> type,
      Function<Whole<Q>, Future<Void>> server) {
    long size = SplitMessage.Arriving.size(question.body());
    return arriving
        .acquire(size)
        .compose(
            admitted ->
                Future.succeededFuture()
                    .compose(now -> parts(asker, new SplitMessage.Arriving(question.body()), type))
                    .compose(server)
                    .onComplete(ended -> arriving.release(size)));
  }

  private <Q> Future<Whole<Q>> parts(
      Message<?> asker, SplitMessage.Arriving arriving, Class<Q> type) {
    if (arriving.isWhole()) {
      return Future.succeededFuture(new Whole<>(type.cast(arriving.message()), asker));
    }
    DeliveryOptions wanted =
        new DeliveryOptions()
            .addHeader(WANTED, Integer.toString(arriving.received()))
            .setSendTimeout(PART_MILLIS);
    return asker
        .<Buffer>replyAndRequest(GO_ON, wanted)
        .compose(
            part -> {
              arriving.add(part.body());
              return parts(part, arriving, type);
            });
  }
}
