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

/** A row of the table of operations: how one operation of the contract is answered. */
public interface Operation {
  /** The operationId in the contract. */
  String id();

  /** The address it asks, as {@code x-vertx-event-bus} names it; null when http answers itself. */
  @Nullable String address();

  /** Succeeds with the answer; fails with {@link ProblemException} or {@code Unavailable}. */
  Future<Response> answer(RoutingContext context, Bus bus);

  /** Makes a question of a request whose parameters were checked. */
  interface Read<Q> {
    Future<Q> from(RoutingContext context);

    /** Of an operation that needs nothing of its request. */
    static Read<NoArguments> nothing() {
      return context -> Future.succeededFuture(new NoArguments());
    }
  }

  /** Makes an answer of an outcome. */
  interface Write<Q, A> {
    Response of(RoutingContext context, Q question, A answer);
  }

  /** Writes down what was done, before it is answered. */
  interface Note<Q, A> {
    Future<?> of(RoutingContext context, Q question, A answer);
  }

  /** An operation that asks one question on the bus. */
  record Asking<Q, A>(
      String id, Address<Q, A> asked, Read<Q> read, Write<Q, A> write, @Nullable Note<Q, A> note)
      implements Operation {
    /** One that changes nothing. */
    public Asking(String id, Address<Q, A> asked, Read<Q> read, Write<Q, A> write) {
      this(id, asked, read, write, null);
    }

    @Override
    public String address() {
      return asked.name();
    }

    @Override
    public Future<Response> answer(RoutingContext context, Bus bus) {
      return read.from(context)
          .compose(
              question ->
                  bus.request(asked, question).compose(answer -> reply(context, question, answer)));
    }

    private Future<Response> reply(RoutingContext context, Q question, A answer) {
      return note == null
          ? Future.succeededFuture(write.of(context, question, answer))
          : note.of(context, question, answer).map(noted -> write.of(context, question, answer));
    }
  }

  /** An operation that does something else where a version is named. */
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

  /** Answers while the request is still being read. */
  interface Stream {
    Future<Response> answer(RoutingContext context, Bus bus);
  }

  /** An operation that takes one thing in a JSON body, or one a line in a body of lines. */
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

  /** An operation whose answer never changes while the service runs. */
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
