package org.benchmarkresults.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.model.Member;
import org.benchmarkresults.model.RawJson;
import org.benchmarkresults.model.ResultSummary;
import org.benchmarkresults.model.ResultVersion;
import org.jspecify.annotations.Nullable;

/**
 * Results as the JSON that the contract promises. Members of the sender are written as they were
 * sent, beside the service's own; those whose names the service uses itself stand inside {@code
 * extra}, so that no name is there twice and none is lost.
 */
final class ResultJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Set<String> OWN =
      Set.of(
          "result_name", "pk", "benchmark_name", "run_id", "model_id", "tokenizer_id", "source",
          "timestamp", "instant", "version", "size", "digest", "received_at", "first_received_at",
          "non_finite", "extra", "data");
  private static final int ROW_BYTES = 640;

  private ResultJson() {}

  private interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /** The rows, separated by commas, with no brackets around them. */
  static Buffer rows(List<ResultSummary> rows) {
    return written(
        rows.size() * ROW_BYTES,
        json -> {
          json.setRootValueSeparator(null);
          boolean first = true;
          for (ResultSummary row : rows) {
            if (!first) {
              json.writeRaw(',');
            }
            first = false;
            json.writeStartObject();
            summary(row, json);
            json.writeEndObject();
          }
        });
  }

  /** The beginning of a result, up to where its data's value belongs; a brace must follow that. */
  static Buffer head(ResultSummary summary) {
    Buffer whole =
        written(
            ROW_BYTES,
            json -> {
              json.writeStartObject();
              json.writeStringField("result_name", summary.resultName());
              summary(summary, json);
              json.writeFieldName("data");
              // The generator closes what it opened; the value and the brace are ours to write.
              json.writeRaw(':');
              json.flush();
            });
    return whole;
  }

  /** All versions, as an array. */
  static Buffer versions(List<ResultVersion> versions) {
    return written(
        versions.size() * ROW_BYTES,
        json -> {
          json.writeStartArray();
          for (ResultVersion version : versions) {
            json.writeStartObject();
            json.writeNumberField("version", version.version());
            json.writeStringField("digest", version.digest().text());
            json.writeNumberField("size", version.size());
            json.writeStringField("received_at", IsoTime.write(version.receivedAt()));
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static Buffer written(int expectedBytes, Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(expectedBytes);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private static void summary(ResultSummary summary, JsonGenerator json) throws IOException {
    var envelope = summary.envelope();
    var key = envelope.key();
    json.writeStringField("pk", summary.resultName());
    json.writeStringField("benchmark_name", key.benchmarkName());
    json.writeStringField("run_id", key.runId());
    text("model_id", envelope.modelId(), json);
    text("tokenizer_id", envelope.tokenizerId(), json);
    text("source", envelope.source(), json);
    json.writeStringField("timestamp", key.timestamp());
    moment("instant", summary.instant(), json);
    json.writeNumberField("version", summary.version());
    json.writeNumberField("size", summary.size());
    json.writeStringField("digest", summary.digest().text());
    moment("received_at", summary.receivedAt(), json);
    moment("first_received_at", summary.firstReceivedAt(), json);
    if (summary.nonFinite() > 0) {
      json.writeNumberField("non_finite", summary.nonFinite());
    }
    if (!envelope.extra().isEmpty()) {
      extra(envelope.extra(), json);
    }
  }

  private static void extra(List<Member> members, JsonGenerator json) throws IOException {
    boolean anyOwn = false;
    for (Member member : members) {
      if (OWN.contains(member.name())) {
        anyOwn = true;
      } else {
        member(member, json);
      }
    }
    if (!anyOwn) {
      return;
    }
    json.writeObjectFieldStart("extra");
    for (Member member : members) {
      if (OWN.contains(member.name())) {
        member(member, json);
      }
    }
    json.writeEndObject();
  }

  private static void member(Member member, JsonGenerator json) throws IOException {
    json.writeFieldName(member.name());
    json.writeRawValue(strict(member.value()));
  }

  private static String strict(RawJson value) {
    return value.nonFinite() == 0
        ? value.text()
        : new StrictJson().next(value.toByteArray()).toString(StandardCharsets.UTF_8);
  }

  private static void text(String name, @Nullable String value, JsonGenerator json)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }

  private static void moment(String name, @Nullable Instant value, JsonGenerator json)
      throws IOException {
    text(name, value == null ? null : IsoTime.write(value), json);
  }

  static byte[] array(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
