package org.benchmarkresults.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asking and serving on the event bus with types. Stateless and shared by all verticles of a node;
 * answers come back on the asker's context.
 */
public final class Bus {
  private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
  private static final int UNAVAILABLE = 1;
  private static final int BUG = 2;

  private final EventBus eventBus;

  /** One for each Vert.x: it registers the codec of the records. */
  public Bus(Vertx vertx) {
    eventBus = vertx.eventBus();
    eventBus.registerCodec(new RecordCodec());
  }

  /**
   * Asks a question; the node's own server of the address answers.
   *
   * <p>Succeeds with the answer; fails with {@link Unavailable} when nobody serves the address, no
   * answer came in time (then it is not known what happened), or the server said so.
   */
  public <Q, A> Future<A> ask(Address<Q, A> address, Q question) {
    DeliveryOptions options =
        new DeliveryOptions()
            .setCodecName(RecordCodec.NAME)
            .setLocalOnly(true)
            .setSendTimeout(address.patience().toMillis());
    return eventBus
        .<A>request(address.name(), question, options)
        .map(Message::body)
        .recover(failure -> Future.failedFuture(understood(failure)));
  }

  /**
   * Serves an address with a function. Its failures reach the asker: {@link Unavailable} as itself,
   * anything else as a bug without its text.
   */
  public <Q, A> void serve(Address<Q, A> address, Function<Q, Future<A>> server) {
    eventBus.<Q>localConsumer(
        address.name(),
        message -> {
          // A handler that throws sends no reply, and the asker would wait in vain.
          Future<A> answer;
          try {
            answer = server.apply(message.body());
          } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
          }
          answer.onComplete(
              value -> message.reply(value, new DeliveryOptions().setCodecName(RecordCodec.NAME)),
              failure -> refuse(message, address, failure));
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
