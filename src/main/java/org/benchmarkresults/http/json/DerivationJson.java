package org.benchmarkresults.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.benchmarkresults.model.observation.Contradiction;
import org.benchmarkresults.model.observation.NotUnderstood;
import org.jspecify.annotations.Nullable;

/** Writes how observations were derived; the shape of the contract's members of these names. */
public final class DerivationJson {
  private DerivationJson() {}

  /**
   * Writes the member {@code adapter}.
   *
   * @param name null when no adapter recognised the data
   */
  public static void adapter(
      @Nullable String name, int version, @Nullable String recognisedBy, JsonGenerator json)
      throws IOException {
    json.writeFieldName("adapter");
    if (name == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeNumberField("version", version);
    json.writeStringField("recognised_by", recognisedBy);
    json.writeEndObject();
  }

  /** Writes the member {@code not_understood}. */
  public static void notUnderstood(List<NotUnderstood> values, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart("not_understood");
    for (NotUnderstood one : values) {
      json.writeStartObject();
      json.writeStringField("pointer", one.pointer());
      json.writeStringField("reason", one.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Writes the member {@code contradictions}. */
  public static void contradictions(List<Contradiction> values, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart("contradictions");
    for (Contradiction one : values) {
      json.writeStartObject();
      json.writeStringField("dimension", one.dimension());
      json.writeStringField("used", one.used());
      json.writeStringField("used_from", one.usedFrom());
      json.writeStringField("other", one.other());
      json.writeStringField("other_from", one.otherFrom());
      json.writeStringField("pointer", one.pointer());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
