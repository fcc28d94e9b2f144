package org.benchmarkresults.http.observation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.benchmarkresults.http.format.CsvField;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.http.json.ObservationJson;
import org.benchmarkresults.http.json.SummaryJson;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.StoredObservation;
import org.jspecify.annotations.Nullable;

/** Writes observations in the format of the request. Stateful: one object for each response. */
final class ObservationRows implements RowWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final RowMembers members;
  private final Format.Shape shape;
  private final CsvField field;
  private boolean first = true;

  ObservationRows(RowMembers members, Format format) {
    this.members = members;
    shape = format.shape();
    field = new CsvField(format.guarded());
  }

  @Override
  public Buffer opening() {
    return switch (shape) {
      case JSON -> Buffer.buffer("[");
      case LINES -> Buffer.buffer();
      case CSV -> header();
    };
  }

  private Buffer header() {
    StringBuilder line = new StringBuilder();
    for (RowMember member : members.all()) {
      for (String column : member.columns()) {
        field.text(line.append(line.isEmpty() ? "" : ","), column);
      }
    }
    return Buffer.buffer(line.append("\r\n").toString());
  }

  @Override
  public Buffer rows(List<StoredObservation> rows) {
    try {
      return shape == Format.Shape.CSV ? lines(rows) : objects(rows);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
  }

  @Override
  public Buffer closing() {
    return Buffer.buffer(shape == Format.Shape.JSON ? "]" : "");
  }

  private Buffer objects(List<StoredObservation> rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.setRootValueSeparator(null);
      for (StoredObservation row : rows) {
        if (!first && shape == Format.Shape.JSON) {
          json.writeRaw(',');
        }
        first = false;
        json.writeStartObject();
        for (RowMember member : members.all()) {
          member.write(row, json);
        }
        json.writeEndObject();
        if (shape == Format.Shape.LINES) {
          json.writeRaw('\n');
        }
      }
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private Buffer lines(List<StoredObservation> rows) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (StoredObservation row : rows) {
      int start = lines.length();
      cells(members.all(), row, field, lines);
      if (lines.length() == start) {
        // A line without anything would be no row to most readers.
        lines.append("\"\"");
      }
      lines.append("\r\n");
    }
    return Buffer.buffer(lines.toString());
  }

  /** Writes the fields of some members of a row into a line of a table. */
  static void cells(
      List<RowMember> members, StoredObservation row, CsvField field, StringBuilder line)
      throws IOException {
    boolean isFirst = true;
    for (RowMember member : members) {
      if (!isFirst) {
        line.append(',');
      }
      isFirst = false;
      cells(member, row, field, line);
    }
  }

  private static void cells(
      RowMember member, StoredObservation row, CsvField field, StringBuilder line)
      throws IOException {
    switch (member) {
      case RowMember.Flat flat -> cell(flat.column().of(row), field, line);
      case RowMember.Group group -> columns(group.parts(), row, field, line);
      case RowMember.Range range ->
          columns(List.of(FlatColumn.RANGE_LOW, FlatColumn.RANGE_HIGH), row, field, line);
      case RowMember.Dimensions dimensions -> field.text(line, asText(row));
      case RowMember.FoldedModel folded -> cell(folded.of(row), field, line);
      case RowMember.OneDimension one -> {
        Dimension dimension = one.of(row);
        if (dimension != null) {
          field.text(line, dimension.text());
        }
      }
      case RowMember.Labels labels ->
          cell(SummaryJson.labelsAsText(row.annotations().labels()), field, line);
      case RowMember.Exclusion exclusion -> cell(row.annotations().excluded(), field, line);
      case RowMember.OneLabel one ->
          cell(row.annotations().label(one.key()).orElse(null), field, line);
    }
  }

  private static void columns(
      List<FlatColumn> columns, StoredObservation row, CsvField field, StringBuilder line) {
    boolean isFirst = true;
    for (FlatColumn column : columns) {
      if (!isFirst) {
        line.append(',');
      }
      isFirst = false;
      cell(column.of(row), field, line);
    }
  }

  private static void cell(@Nullable Object value, CsvField field, StringBuilder line) {
    if (value instanceof String text) {
      field.text(line, text);
    } else if (value != null) {
      line.append(value);
    }
  }

  private static String asText(StoredObservation row) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      ObservationJson.dimensions(row.resolved().observation().dimensions(), json);
    }
    return text.toString();
  }
}
