package org.benchmarkresults.service.telemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Takes traces as OTLP over HTTP. */
final class Collector {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpServer server;
  private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
  private final Queue<String> received = new ConcurrentLinkedQueue<>();

  Collector(Vertx vertx) {
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(body -> take(request.path(), body))
                        .onSuccess(taken -> request.response().end()))
            .listen(0, "127.0.0.1")
            .await();
  }

  private void take(String path, Buffer body) {
    received.add(body.toString());
    try {
      if (path.equals("/v1/traces")) {
        ExportTraceServiceRequest.parseFrom(body.getBytes())
            .getResourceSpansList()
            .forEach(
                resource ->
                    resource
                        .getScopeSpansList()
                        .forEach(scope -> spans.addAll(scope.getSpansList())));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** All bytes that came, as text. */
  String received() {
    return String.join("", received);
  }

  /** The spans of the trace, once they are as they should be. */
  List<Span> await(String traceId, Predicate<List<Span>> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      List<Span> found =
          spans.stream().filter(span -> hex(span.getTraceId()).equals(traceId)).toList();
      if (condition.test(found)) {
        return found;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "in vain: " + spans.stream().map(Span::getName).collect(Collectors.toList()));
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  static String hex(com.google.protobuf.ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  /** The names of the spans from that one up to the root. */
  static List<String> wayUp(Span span, List<Span> all) {
    Map<String, Span> byId =
        all.stream().collect(Collectors.toMap(one -> hex(one.getSpanId()), one -> one));
    List<String> names = new java.util.ArrayList<>();
    for (Span at = span; at != null; at = byId.get(hex(at.getParentSpanId()))) {
      names.add(at.getName());
    }
    return names;
  }
}
