package org.benchmarkresults.http.observed;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.http.body.BodyReader;
import org.benchmarkresults.http.exchange.HeldBody;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.files.SentContext;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.derivation.PreviewReply;
import org.benchmarkresults.model.derivation.PreviewRequest;
import org.benchmarkresults.model.text.Timestamps;
import org.jspecify.annotations.Nullable;

/** The operation that derives the observations of a body without storing it. */
public record PreviewOperation(BodyReader bodies) implements Operation {
  private static final String DECLARATION = "declaration";
  private static final String FILE = "file";

  @Override
  public String id() {
    return "previewObservations";
  }

  @Override
  public String address() {
    return ObservationAddresses.PREVIEW_OBSERVATIONS.name();
  }

  @Override
  public Future<Response> answer(RoutingContext context, Bus bus) {
    return bodies
        .readAny(context.request())
        .compose(
            body -> {
              HeldBody.keep(context, body);
              return bus.request(
                  ObservationAddresses.PREVIEW_OBSERVATIONS, request(context, body.bytes()));
            })
        .map(PreviewOperation::response);
  }

  private static PreviewRequest request(RoutingContext context, ByteBuffer body) {
    MultiMap parameters = context.queryParams();
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    ByteBuffer file = body;
    String declaration = null;
    if (type != null && MultipartForm.is(type)) {
      Map<String, ByteBuffer> parts = MultipartForm.parts(type, body);
      file = part(FILE, parts);
      declaration = StandardCharsets.UTF_8.decode(part(DECLARATION, parts)).toString();
    }
    String timestamp = parameters.get("timestamp");
    return new PreviewRequest(
        file,
        SentContext.of(parameters),
        text(parameters.get("model_id")),
        timestamp == null ? null : Timestamps.instantOf(timestamp),
        declaration);
  }

  private static ByteBuffer part(String name, Map<String, ByteBuffer> parts) {
    ByteBuffer part = parts.get(name);
    if (part == null) {
      throw new ProblemException(
          Problem.of(
              400,
              "broken-form",
              "The form needs the parts declaration and file; " + name + " is missing."));
    }
    return part;
  }

  private static @Nullable String text(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }

  private static Response response(PreviewReply reply) {
    String fault = reply.declarationFault();
    if (fault != null) {
      throw new ProblemException(
          new Problem(
              422,
              "invalid-declaration",
              "Invalid declaration",
              fault,
              List.of(new Fault("/" + DECLARATION, fault)),
              null,
              null));
    }
    return Response.json(200, PreviewJson.of(reply));
  }
}
