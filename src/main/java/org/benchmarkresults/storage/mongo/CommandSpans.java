package org.benchmarkresults.storage.mongo;

import com.mongodb.RequestContext;
import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Creates a span for each database command that belongs to a trace, by OpenTelemetry's semantic
 * conventions for MongoDB, without the content of commands. Thread-safe.
 */
final class CommandSpans implements CommandListener {
  private final Tracer tracer;
  private final Map<Integer, Span> spans = new ConcurrentHashMap<>();

  CommandSpans(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public void commandStarted(CommandStartedEvent event) {
    Context parent = parent(event.getRequestContext());
    if (!Span.fromContext(parent).getSpanContext().isValid()) {
      return;
    }
    String command = event.getCommandName();
    BsonValue target = event.getCommand().get(command);
    String collection = target != null && target.isString() ? target.asString().getValue() : "";
    Span span =
        tracer
            .spanBuilder(collection.isEmpty() ? command : command + " " + collection)
            .setParent(parent)
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute("db.system.name", "mongodb")
            .setAttribute("db.namespace", event.getDatabaseName())
            .setAttribute("db.operation.name", command)
            .startSpan();
    if (!collection.isEmpty()) {
      Span unused = span.setAttribute("db.collection.name", collection);
    }
    spans.put(event.getRequestId(), span);
  }

  private static Context parent(@Nullable RequestContext request) {
    return request != null && request.hasKey(CommandTrace.KEY)
        ? request.<Trace>get(CommandTrace.KEY).context()
        : Context.current();
  }

  @Override
  public void commandSucceeded(CommandSucceededEvent event) {
    Span span = spans.remove(event.getRequestId());
    if (span != null) {
      span.end();
    }
  }

  @Override
  public void commandFailed(CommandFailedEvent event) {
    Span span = spans.remove(event.getRequestId());
    if (span != null) {
      // Not the message, which may quote stored data.
      Span unused =
          span.setStatus(StatusCode.ERROR)
              .setAttribute("error.type", event.getThrowable().getClass().getName());
      span.end();
    }
  }
}
