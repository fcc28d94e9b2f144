package org.benchmarkresults.http.exchange;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Predicate;
import org.benchmarkresults.bus.Address;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.NoArguments;
import org.jspecify.annotations.Nullable;

/** An operation of the contract. */
public interface Operation {
  /** The operationId in the contract. */
  String id();

  /** The bus address it sends to, as {@code x-vertx-event-bus} names it; null when it uses none. */
  @Nullable String address();

  /** Preconditions of the operation, beside the scope that the contract names. */
  default Needs needs() {
    return Needs.NONE;
  }

  /** Succeeds with the response; fails with {@link ProblemException} or {@code Unavailable}. */
  Future<Response> answer(RoutingContext context, Bus bus);

  /** Which callers an operation is open to. */
  enum Access {
    /** Callers with a benchmark prefix see and change the results within it. */
    WITHIN_PREFIX,
    /** Callers with a benchmark prefix are refused, because the response is of all benchmarks. */
    ALL_BENCHMARKS,
    /** Every caller is admitted; authenticated callers get more. */
    OPTIONAL
  }

  /**
   * The preconditions of an operation.
   *
   * @param rowBytes the memory that a row of the response takes, whose page is held as a whole; 0
   *     for a response that needs no memory of the budget before it begins
   */
  record Needs(Access access, int rowBytes) {
    public static final Needs NONE = new Needs(Access.WITHIN_PREFIX, 0);

    public static Needs rows(int rowBytes) {
      return new Needs(Access.WITHIN_PREFIX, rowBytes);
    }
  }

  /** Makes a request on the bus of an HTTP request whose parameters were checked. */
  interface Read<Q> {
    Future<Q> from(RoutingContext context);

    /** Reads nothing. */
    static Read<NoArguments> nothing() {
      return context -> Future.succeededFuture(new NoArguments());
    }
  }

  /** Makes a response of a reply on the bus. */
  interface Write<Q, A> {
    Response of(RoutingContext context, Q request, A reply);
  }

  /** An operation that sends one request on the bus. */
  record BusCall<Q, A>(
      String id, Address<Q, A> target, Needs needs, Read<Q> read, Write<Q, A> write)
      implements Operation {
    /** An operation without further needs. */
    public BusCall(String id, Address<Q, A> target, Read<Q> read, Write<Q, A> write) {
      this(id, target, Needs.NONE, read, write);
    }

    @Override
    public String address() {
      return target.name();
    }

    @Override
    public Future<Response> answer(RoutingContext context, Bus bus) {
      return read.from(context)
          .compose(
              request ->
                  bus.request(target, request).map(reply -> write.of(context, request, reply)));
    }
  }

  /** Answers a request. */
  interface Handler {
    Future<Response> answer(RoutingContext context, Bus bus);
  }

  /**
   * An operation that answers some requests in another way.
   *
   * @param isOther whether a request is one of those
   */
  record Either(Operation usual, Predicate<RoutingContext> isOther, Handler other)
      implements Operation {
    @Override
    public String id() {
      return usual.id();
    }

    @Override
    public @Nullable String address() {
      return usual.address();
    }

    @Override
    public Needs needs() {
      return usual.needs();
    }

    @Override
    public Future<Response> answer(RoutingContext context, Bus bus) {
      return isOther.test(context) ? other.answer(context, bus) : usual.answer(context, bus);
    }
  }

  /** An operation whose response never changes while the service runs. */
  record Fixed(String id, Read<Response> read) implements Operation {
    @Override
    public @Nullable String address() {
      return null;
    }

    @Override
    public Future<Response> answer(RoutingContext context, Bus bus) {
      return read.from(context);
    }
  }
}
