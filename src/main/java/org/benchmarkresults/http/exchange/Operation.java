package org.benchmarkresults.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.benchmarkresults.bus.Address;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.headers.BodyType;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.NoArguments;
import org.jspecify.annotations.Nullable;

/** One operation of the contract. */
public interface Operation {
  /** The operationId in the contract. */
  String id();

  /**
   * The bus address it calls ({@code x-vertx-event-bus} in the contract); null when it calls none.
   */
  @Nullable String address();

  /** Succeeds with the response; fails with {@link ProblemException} or {@code Unavailable}. */
  Future<Response> answer(RoutingContext context, Bus bus);

  /** Reads the bus request from an HTTP request with validated parameters. */
  interface Read<Q> {
    Future<Q> from(RoutingContext context);

    /** For operations without arguments. */
    static Read<NoArguments> nothing() {
      return context -> Future.succeededFuture(new NoArguments());
    }
  }

  /** Makes the HTTP response of a bus reply. */
  interface Write<Q, A> {
    Response of(RoutingContext context, Q request, A reply);
  }

  /** Writes the audit entry before the response is sent. */
  interface Note<Q, A> {
    Future<?> of(RoutingContext context, Q request, A reply);
  }

  /** An operation that makes one call on the bus. */
  record BusCall<Q, A>(
      String id, Address<Q, A> target, Read<Q> read, Write<Q, A> write, @Nullable Note<Q, A> note)
      implements Operation {

    public BusCall(String id, Address<Q, A> target, Read<Q> read, Write<Q, A> write) {
      this(id, target, read, write, null);
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
                  bus.request(target, request).compose(reply -> respond(context, request, reply)));
    }

    private Future<Response> respond(RoutingContext context, Q request, A reply) {
      return note == null
          ? Future.succeededFuture(write.of(context, request, reply))
          : note.of(context, request, reply).map(noted -> write.of(context, request, reply));
    }
  }

  /** Chooses the operation by whether the parameter {@code version} is present. */
  record NewestOrVersion(Operation newest, Operation version) implements Operation {
    @Override
    public String id() {
      return newest.id();
    }

    @Override
    public @Nullable String address() {
      return newest.address();
    }

    @Override
    public Future<Response> answer(RoutingContext context, Bus bus) {
      return context.queryParams().contains("version")
          ? version.answer(context, bus)
          : newest.answer(context, bus);
    }
  }

  /** Responds while the request is still being read. */
  interface Stream {
    Future<Response> answer(RoutingContext context, Bus bus);
  }

  /** Chooses the operation by the body: one JSON text, or one per line. */
  record OneOrMany(Operation one, Stream many) implements Operation {
    @Override
    public String id() {
      return one.id();
    }

    @Override
    public @Nullable String address() {
      return one.address();
    }

    @Override
    public Future<Response> answer(RoutingContext context, Bus bus) {
      String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
      return BodyType.of(type) == BodyType.LINES
          ? many.answer(context, bus)
          : one.answer(context, bus);
    }
  }

  /** An operation that makes no call on the bus. */
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
