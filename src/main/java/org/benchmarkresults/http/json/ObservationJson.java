package org.benchmarkresults.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.jspecify.annotations.Nullable;

/** Observations as the JSON that the contract promises; members without a value are null. */
public final class ObservationJson {
  /** RFC 8259; other spellings of numbers are written as strings. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private ObservationJson() {}

  /** Writes one observation as an object. */
  public static void object(ResolvedObservation resolved, JsonGenerator json) throws IOException {
    json.writeStartObject();
    members(resolved, json);
    json.writeEndObject();
  }

  /** Writes the members of one observation into the object that is open. */
  public static void members(ResolvedObservation resolved, JsonGenerator json) throws IOException {
    Observation observation = resolved.observation();
    json.writeStringField("task", observation.task());
    json.writeStringField("metric", observation.metric());
    json.writeStringField("variant", observation.variant());
    json.writeStringField("statistic", observation.statistic());
    json.writeNumberField("value", observation.value());
    json.writeStringField("text", observation.text());
    json.writeStringField("unit", observation.unit());
    json.writeStringField("text_unit", observation.textUnit());
    json.writeFieldName("higher_is_better");
    truth(observation.higherIsBetter(), json);
    json.writeFieldName("range");
    range(observation.range(), json);
    json.writeFieldName("stderr");
    number(observation.stderr(), json);
    json.writeFieldName("n");
    if (observation.n() == null) {
      json.writeNull();
    } else {
      json.writeNumber(observation.n());
    }
    json.writeFieldName("interval");
    interval(observation.interval(), json);
    json.writeBooleanField("primary", observation.primary());
    json.writeStringField("pointer", observation.pointer());
    json.writeFieldName("dimensions");
    dimensions(observation.dimensions(), json);
    json.writeStringField("model", resolved.model());
    json.writeFieldName("instant");
    moment(resolved.instant(), json);
    json.writeStringField("series", resolved.series());
  }

  /** Writes dimensions as an object; of several with one name the first counts. */
  public static void dimensions(List<Dimension> dimensions, JsonGenerator json) throws IOException {
    Set<String> written = new HashSet<>();
    json.writeStartObject();
    for (Dimension dimension : dimensions) {
      if (written.add(dimension.name())) {
        json.writeFieldName(dimension.name());
        dimension(dimension, json);
      }
    }
    json.writeEndObject();
  }

  /** Writes the value of a dimension; a number with the digits of the file. */
  public static void dimension(Dimension dimension, JsonGenerator json) throws IOException {
    if (dimension.number() && NUMBER.matcher(dimension.text()).matches()) {
      json.writeNumber(dimension.text());
    } else {
      json.writeString(dimension.text());
    }
  }

  /** Writes a moment, or null. */
  public static void moment(@Nullable Instant moment, JsonGenerator json) throws IOException {
    if (moment == null) {
      json.writeNull();
    } else {
      json.writeString(IsoTime.text(moment));
    }
  }

  private static void truth(@Nullable Boolean value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else {
      json.writeBoolean(value);
    }
  }

  private static void number(@Nullable Double value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  private static void range(Observation.@Nullable Range range, JsonGenerator json)
      throws IOException {
    if (range == null) {
      json.writeNull();
      return;
    }
    json.writeStartArray();
    json.writeNumber(range.least());
    json.writeNumber(range.most());
    json.writeEndArray();
  }

  private static void interval(Observation.@Nullable Interval interval, JsonGenerator json)
      throws IOException {
    if (interval == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeNumberField("low", interval.low());
    json.writeNumberField("high", interval.high());
    json.writeFieldName("level");
    number(interval.level(), json);
    json.writeEndObject();
  }
}
