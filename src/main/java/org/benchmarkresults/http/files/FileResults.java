package org.benchmarkresults.http.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.headers.References;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.result.SavedResponse;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/** Collects the response to a file: schema {@code FileUpload} of the contract. */
final class FileResults {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final JsonGenerator json;
  private int saved;
  private @Nullable String location;
  private @Nullable Problem firstProblem;

  FileResults() {
    try {
      json = FACTORY.createGenerator(bytes);
      json.writeStartObject();
      json.writeArrayFieldStart("results");
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  private static UncheckedIOException impossible(IOException e) {
    return new UncheckedIOException("writing to memory cannot fail", e);
  }

  void add(int line, Result result, SavedResponse response, FileFacts facts) {
    saved++;
    location =
        Stage.RAW.path()
            + "/"
            + References.encoded(result.envelope().key().resultName())
            + "?version="
            + response.version();
    try {
      json.writeStartObject();
      json.writeNumberField("line", line);
      json.writeNumberField("status", 200);
      response.write(result, json);
      json.writeStringField("tool", facts.tool());
      json.writeStringField("model_id", result.envelope().modelId());
      json.writeNumberField("observations", facts.observations());
      json.writeEndObject();
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  void add(int line, Problem problem) {
    firstProblem = firstProblem == null ? problem : firstProblem;
    try {
      json.writeStartObject();
      json.writeNumberField("line", line);
      json.writeNumberField("status", problem.status());
      json.writeFieldName("problem");
      json.writeRawValue(problem.toJson().encode());
      json.writeEndObject();
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  /** The problem of the first line, when nothing was saved; null otherwise. */
  @Nullable Problem problem() {
    return saved > 0 ? null : firstProblem;
  }

  /** The response, with the URL of the result if there is one alone. */
  Response whole(RoutingContext context) {
    Map<String, String> headers = Response.headers("application/json");
    if (saved == 1 && firstProblem == null && location != null) {
      headers.put("Location", References.to(context, location));
    }
    return new Response.Whole(200, headers, body());
  }

  private Buffer body() {
    try {
      json.writeEndArray();
      json.writeEndObject();
      json.close();
    } catch (IOException e) {
      throw impossible(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
