package org.benchmarkresults.http.observation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.http.json.DerivationJson;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.StoredObservation;
import org.benchmarkresults.model.observed.Disagreement;
import org.benchmarkresults.model.observed.ResultObservations.Found;
import org.benchmarkresults.model.observed.ResultObservations.Reading;

/** Writes the observations of one result as an object with what is known of their derivation. */
final class ResultObservationsJson implements RowWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Found found;
  private final ObservationRows rows;

  ResultObservationsJson(Found found, RowMembers members) {
    this.found = found;
    rows = new ObservationRows(members, new Format(Format.Shape.JSON, true, true));
  }

  private interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /** The text of an object without its closing brace. */
  private static String open(Writing members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      members.to(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return text.getBuffer().substring(0, text.getBuffer().length() - 1);
  }

  @Override
  public Buffer opening() {
    return Buffer.buffer(open(this::head) + ",\"observations\":[");
  }

  private void head(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("result");
    json.writeStringField("stage", found.stage().path());
    json.writeStringField("name", found.resultName());
    json.writeNumberField("version", found.version());
    json.writeEndObject();
    json.writeStringField("state", found.state().text());
    json.writeStringField("reason", found.reason());
    Reading reading = found.reading();
    DerivationJson.adapter(
        reading == null ? null : reading.adapter(),
        reading == null ? 0 : reading.adapterVersion(),
        reading == null ? null : reading.recognisedBy(),
        json);
    json.writeStringField("tool", reading == null ? null : reading.tool());
    json.writeStringField("tool_version", reading == null ? null : reading.toolVersion());
    json.writeStringField("format", reading == null ? null : reading.format());
    json.writeStringField("holds", reading == null ? null : reading.holds());
  }

  @Override
  public Buffer rows(List<StoredObservation> some) {
    return rows.rows(some);
  }

  @Override
  public Buffer closing() {
    return Buffer.buffer("]," + open(this::tail).substring(1) + "}");
  }

  private void tail(JsonGenerator json) throws IOException {
    DerivationJson.notUnderstood(found.notUnderstood(), json);
    json.writeNumberField(
        "not_understood_left_out", found.notUnderstoodCount() - found.notUnderstood().size());
    DerivationJson.contradictions(found.contradictions(), json);
    json.writeArrayFieldStart("disagreements");
    for (Disagreement one : found.disagreements()) {
      disagreement(one, json);
    }
    json.writeEndArray();
  }

  private static void disagreement(Disagreement one, JsonGenerator json) throws IOException {
    Observation own = one.own();
    json.writeStartObject();
    json.writeStringField("task", own.task());
    json.writeStringField("metric", own.metric());
    json.writeStringField("variant", own.variant());
    json.writeStringField("statistic", own.statistic());
    json.writeFieldName("own");
    side(own, json);
    json.writeFieldName("other");
    side(one.other(), json);
    json.writeEndObject();
  }

  private static void side(Observation one, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("value", one.value());
    json.writeStringField("text", one.text());
    json.writeStringField("unit", one.unit());
    json.writeStringField("pointer", one.pointer());
    json.writeEndObject();
  }
}
