package org.benchmarkresults.http.observed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.benchmarkresults.http.json.DerivationJson;
import org.benchmarkresults.http.json.ObservationJson;
import org.benchmarkresults.model.derivation.DerivationState;
import org.benchmarkresults.model.derivation.PreviewReply;
import org.benchmarkresults.model.observation.DerivedObservations;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.benchmarkresults.model.observation.Run;
import org.benchmarkresults.model.observation.RunTime;
import org.jspecify.annotations.Nullable;

/** Writes what was derived of a body, with the members of the observations of a stored result. */
final class PreviewJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  private PreviewJson(JsonGenerator json) {
    this.json = json;
  }

  static Buffer of(PreviewReply reply) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      new PreviewJson(json).write(reply.observations(), reply.reason());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private void write(DerivedObservations derived, @Nullable String reason) throws IOException {
    json.writeStartObject();
    DerivationState state = reason == null ? DerivationState.DERIVED : DerivationState.FAILED;
    json.writeStringField("state", state.text());
    json.writeStringField("reason", reason);
    DerivationJson.adapter(
        derived.adapter(), derived.adapterVersion(), derived.recognisedBy(), json);
    json.writeStringField("tool", derived.tool());
    json.writeStringField("tool_version", derived.toolVersion());
    json.writeStringField("format", derived.format());
    json.writeStringField("holds", derived.holds());
    json.writeStringField("headline", derived.headline());
    json.writeArrayFieldStart("runs");
    for (Run run : derived.runs()) {
      run(run);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("observations");
    for (ResolvedObservation observation : derived.observations()) {
      ObservationJson.object(observation, json);
    }
    json.writeEndArray();
    DerivationJson.notUnderstood(derived.notUnderstood(), json);
    DerivationJson.contradictions(derived.contradictions(), json);
    json.writeEndObject();
  }

  private void run(Run run) throws IOException {
    json.writeStartObject();
    json.writeStringField("pointer", run.pointer());
    json.writeStringField("model", run.model());
    json.writeStringField("tokenizer", run.tokenizer());
    json.writeFieldName("time");
    RunTime time = run.time();
    if (time == null) {
      json.writeNull();
    } else {
      json.writeStartObject();
      json.writeStringField("text", time.text());
      json.writeFieldName("instant");
      ObservationJson.moment(time.instant(), json);
      json.writeStringField("zone", time.zone());
      json.writeStringField("pointer", time.pointer());
      json.writeEndObject();
    }
    json.writeFieldName("dimensions");
    ObservationJson.dimensions(run.dimensions(), json);
    json.writeEndObject();
  }
}
