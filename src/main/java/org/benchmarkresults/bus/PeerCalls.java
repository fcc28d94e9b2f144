package org.benchmarkresults.bus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.model.Received;

/**
 * Asks and answers questions between nodes, telling a node that is slow from one that is dead.
 *
 * <p>A node that takes a question says so at once, with its name; only then is its answer waited for,
 * as long as the address allows and as long as that node is in the cluster. So a dead node costs the
 * short time of an acceptance, or that until the cluster notices, and never the patience of a slow
 * write. Thread-safe.
 */
final class PeerCalls {
  /** On questions that are answered in two steps: the name of the node that asks. */
  static final String ASKER = "asker";

  private static final long ACCEPTANCE_MILLIS = 1_000;

  /** What a node served is forgotten some moments after the node itself, and would lead there again. */
  private static final long PAUSE_MILLIS = 500;

  private static final String GO_ON = "";

  private final Vertx vertx;
  private final EventBus eventBus;
  private final Peers peers;
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
  <Q, A> Future<A> ask(Address<Q, A> address, Q question) {
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
        ? address.question().cast(received.heldUp(millis))
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
    DeliveryOptions options =
        new DeliveryOptions()
            .setCodecName(RecordCodec.NAME)
            .addHeader(ASKER, peers.self())
            .setSendTimeout(ACCEPTANCE_MILLIS);
    return eventBus
        .<String>request(address.name(), question, options)
        .compose(accepted -> answer(address, accepted));
  }

  private <A> Future<A> answer(Address<?, A> address, Message<String> accepted) {
    Promise<A> promise = Promise.promise();
    Pending call = new Pending(accepted.body(), vertx.getOrCreateContext(), promise);
    pending.add(call);
    // It may have left between its word and now.
    if (!peers.isThere(call.node)) {
      call.fail();
    }
    Future<Message<A>> unused =
        accepted
            .<A>replyAndRequest(
                GO_ON, new DeliveryOptions().setSendTimeout(address.patience().toMillis()))
            .onSuccess(message -> promise.tryComplete(message.body()))
            .onFailure(promise::tryFail);
    return promise.future().onComplete(done -> pending.remove(call));
  }

  /** Accepts a question from another node; succeeds with the message that is to be answered. */
  Future<Message<String>> accept(Message<?> question, Address<?, ?> address) {
    return question.replyAndRequest(
        peers.self(), new DeliveryOptions().setSendTimeout(address.patience().toMillis()));
  }
}
