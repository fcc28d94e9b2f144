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
 * Requests between nodes, with a protocol that distinguishes a slow node from a dead one: the
 * receiver accepts a request at once, with its node id, and the caller then waits for the reply
 * until the timeout of the address or until that node leaves the cluster. A dead node thus costs
 * the acceptance timeout at most. Thread-safe.
 */
final class PeerCalls {
  /** The header of requests between nodes: the id of the calling node. */
  static final String CALLER = "asker";

  /** The suffix of the address for requests in parts. */
  static final String IN_PARTS = "/parts";

  /** The header with the offset of the next part that the receiver wants. */
  private static final String WANTED = "wanted";

  private static final long ACCEPTANCE_MILLIS = 1_000;

  /** The receiver gives up a request whose next part takes longer. */
  private static final long PART_MILLIS = 10_000;

  /** An immediate retry would reach the lost node again: its registrations outlive it briefly. */
  private static final long RETRY_MILLIS = 500;

  private static final String NO_PART = "";

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

  /** A lost node counts as a timeout: the outcome is not known. */
  private static ReplyException lost() {
    return new ReplyException(ReplyFailure.TIMEOUT, "the node left the cluster");
  }

  /** Sends a request to a node that serves the address, and again when that node is lost. */
  <Q, A> Future<A> request(Address<Q, A> address, Q request) {
    long sentAt = System.nanoTime();
    return send(address, request)
        .recover(
            failure ->
                isRetryable(failure, address)
                    ? vertx
                        .timer(RETRY_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(later -> send(address, delayed(address, request, sentAt)))
                    : Future.failedFuture(failure));
  }

  /** Event listeners rely on {@code received_at} being close to the time of the write. */
  private static <Q> Q delayed(Address<Q, ?> address, Q request, long sentAt) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sentAt);
    return request instanceof Received received
        ? address.requestType().cast(received.delayedBy(millis))
        : request;
  }

  private static boolean isRetryable(Throwable failure, Address<?, ?> address) {
    return failure instanceof ReplyException reply
        && switch (reply.failureType()) {
          case TIMEOUT -> address.repeatable();
          // The node was about to leave and did not accept the request.
          case NO_HANDLERS -> true;
          case RECIPIENT_FAILURE, ERROR -> false;
        };
  }

  private <Q, A> Future<A> send(Address<Q, A> address, Q request) {
    return request instanceof Received received && received.dataBytes() >= SplitMessage.LEAST_BYTES
        ? sendInParts(address, request)
        : sendWhole(address, request);
  }

  private <Q, A> Future<A> sendWhole(Address<Q, A> address, Q request) {
    return eventBus
        .<String>request(address.name(), request, acceptance().setCodecName(RecordCodec.NAME))
        .compose(accepted -> reply(address, accepted, null));
  }

  private <Q, A> Future<A> sendInParts(Address<Q, A> address, Q request) {
    SplitMessage message = SplitMessage.of(request);
    return eventBus
        .<String>request(address.name() + IN_PARTS, message.head(), acceptance())
        .map(Optional::of)
        .recover(
            failure ->
                isUnserved(failure)
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure))
        .compose(
            accepted ->
                accepted.isPresent()
                    ? reply(address, accepted.get(), message)
                    // A node of an earlier release serves no parts.
                    : sendWhole(address, request));
  }

  private DeliveryOptions acceptance() {
    return new DeliveryOptions().addHeader(CALLER, peers.self()).setSendTimeout(ACCEPTANCE_MILLIS);
  }

  private static boolean isUnserved(Throwable failure) {
    return failure instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.NO_HANDLERS;
  }

  private <A> Future<A> reply(
      Address<?, A> address, Message<String> accepted, @Nullable SplitMessage message) {
    Promise<A> promise = Promise.promise();
    Pending call = new Pending(accepted.body(), vertx.getOrCreateContext(), promise);
    pending.add(call);
    // The node may have left after its acceptance.
    if (!peers.isMember(call.node)) {
      call.fail();
    }
    Future<Message<Object>> unused =
        converse(accepted, NO_PART, address, message)
            .onSuccess(reply -> promise.tryComplete(address.replyType().cast(reply.body())))
            .onFailure(promise::tryFail);
    return promise.future().onComplete(done -> pending.remove(call));
  }

  /** Sends each part that the receiver wants, until the reply arrives. */
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

  /** Accepts a request from another node; succeeds with the message to reply to. */
  Future<Message<String>> accept(Message<?> request, Address<?, ?> address) {
    return request.replyAndRequest(
        peers.self(), new DeliveryOptions().setSendTimeout(address.timeout().toMillis()));
  }

  /**
   * A request whose parts have all arrived.
   *
   * @param caller the message to reply to
   */
  record Whole<Q>(Q request, Message<?> caller) {}

  /**
   * Receives the parts of an accepted request as soon as there is memory for them, and passes the
   * whole to the server. The memory is released when the server has finished.
   *
   * <p>Fails when the caller is gone or sends something else than it announced.
   */
  <Q> Future<Void> receive(
      Message<Buffer> request,
      Message<?> caller,
      Class<Q> type,
      Function<Whole<Q>, Future<Void>> server) {
    long size = SplitMessage.Arriving.size(request.body());
    return arriving
        .acquire(size)
        .compose(
            admitted ->
                Future.succeededFuture()
                    .compose(now -> parts(caller, new SplitMessage.Arriving(request.body()), type))
                    .compose(server)
                    .onComplete(ended -> arriving.release(size)));
  }

  private <Q> Future<Whole<Q>> parts(
      Message<?> caller, SplitMessage.Arriving arriving, Class<Q> type) {
    if (arriving.isWhole()) {
      return Future.succeededFuture(new Whole<>(type.cast(arriving.message()), caller));
    }
    DeliveryOptions wanted =
        new DeliveryOptions()
            .addHeader(WANTED, Integer.toString(arriving.received()))
            .setSendTimeout(PART_MILLIS);
    return caller
        .<Buffer>replyAndRequest(NO_PART, wanted)
        .compose(
            part -> {
              arriving.add(part.body());
              return parts(part, arriving, type);
            });
  }
}
