package org.benchmarkresults.http.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.benchmarkresults.http.json.ObservationJson;
import org.benchmarkresults.http.json.SummaryJson;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.StoredObservation;
import org.benchmarkresults.model.search.Field.Own;
import org.benchmarkresults.query.Folding;
import org.jspecify.annotations.Nullable;

/** A member of a row of observations that a request may name. */
sealed interface RowMember {
  /** A plain value. */
  record Flat(FlatColumn column) implements RowMember {}

  /** Several columns that are one object in JSON. */
  record Group(String name, List<FlatColumn> parts, boolean isOptional) implements RowMember {}

  /** The least and the most value, an array in JSON. */
  record Range() implements RowMember {}

  /** All dimensions, an object. */
  record Dimensions() implements RowMember {}

  /**
   * One dimension.
   *
   * @param written the name as the request has it
   */
  record OneDimension(String written, String name) implements RowMember {
    @Nullable Dimension of(StoredObservation row) {
      for (Dimension dimension : observation(row).dimensions()) {
        if (dimension.name().equals(name)) {
          return dimension;
        }
      }
      return null;
    }
  }

  /** The model that the row's model is a spelling of. */
  record FoldedModel(Folding folding) implements RowMember {
    @Nullable String of(StoredObservation row) {
      return folding.modelOfNullable(row.resolved().model());
    }
  }

  /**
   * The labels of the result, an object.
   *
   * @param isOptional whether it is left out where there are none
   */
  record Labels(boolean isOptional) implements RowMember {}

  /**
   * The reason of the exclusion of the result; an object in JSON.
   *
   * @param isOptional whether it is left out where there is none
   */
  record Exclusion(boolean isOptional) implements RowMember {}

  /** The value of one label. */
  record OneLabel(String key) implements RowMember {}

  /** The names of its columns in a table. */
  default List<String> columns() {
    return switch (this) {
      case Flat flat -> List.of(flat.column().text());
      case Group group -> group.parts().stream().map(FlatColumn::text).toList();
      case Range range -> List.of(FlatColumn.RANGE_LOW.text(), FlatColumn.RANGE_HIGH.text());
      case Dimensions dimensions -> List.of("dimensions");
      case OneDimension one -> List.of(one.written());
      case FoldedModel folded -> List.of(Folding.MEMBER);
      case Labels labels -> List.of(Own.LABEL.text());
      case Exclusion exclusion -> List.of(Own.EXCLUDED.text());
      case OneLabel one -> List.of(Own.LABEL_PREFIX + one.key());
    };
  }

  /** Writes name and value. */
  default void write(StoredObservation row, JsonGenerator json) throws IOException {
    switch (this) {
      case Flat flat -> {
        json.writeFieldName(flat.column().text());
        value(flat.column().of(row), json);
      }
      case Group group -> {
        json.writeFieldName(group.name());
        object(group, row, json);
      }
      case Range range -> {
        json.writeFieldName("range");
        Object low = FlatColumn.RANGE_LOW.of(row);
        if (low == null) {
          json.writeNull();
        } else {
          json.writeStartArray();
          value(low, json);
          value(FlatColumn.RANGE_HIGH.of(row), json);
          json.writeEndArray();
        }
      }
      case Dimensions dimensions -> {
        json.writeFieldName("dimensions");
        ObservationJson.dimensions(observation(row).dimensions(), json);
      }
      case OneDimension one -> {
        json.writeFieldName(one.written());
        Dimension dimension = one.of(row);
        if (dimension == null) {
          json.writeNull();
        } else {
          ObservationJson.dimension(dimension, json);
        }
      }
      case FoldedModel folded -> json.writeStringField(Folding.MEMBER, folded.of(row));
      case Labels labels -> {
        if (!labels.isOptional() || !row.annotations().labels().isEmpty()) {
          json.writeFieldName(Own.LABEL.text());
          new SummaryJson(json).labels(row.annotations().labels());
        }
      }
      case Exclusion exclusion -> {
        if (!exclusion.isOptional() || row.annotations().excluded() != null) {
          json.writeFieldName(Own.EXCLUDED.text());
          new SummaryJson(json).excluded(row.annotations().excluded());
        }
      }
      case OneLabel one ->
          json.writeStringField(
              Own.LABEL_PREFIX + one.key(), row.annotations().label(one.key()).orElse(null));
    }
  }

  private static void object(Group group, StoredObservation row, JsonGenerator json)
      throws IOException {
    if (group.isOptional() && group.parts().get(0).of(row) == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    for (FlatColumn column : group.parts()) {
      json.writeFieldName(column.text().substring(group.name().length() + 1));
      value(column.of(row), json);
    }
    json.writeEndObject();
  }

  private static void value(@Nullable Object value, JsonGenerator json) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case Boolean truth -> json.writeBoolean(truth);
      default -> json.writeString(value.toString());
    }
  }

  private static Observation observation(StoredObservation row) {
    return row.resolved().observation();
  }
}
