package org.benchmarkresults.http.observation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.benchmarkresults.http.format.CsvField;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.StoredObservation;
import org.benchmarkresults.query.Folding;
import org.benchmarkresults.query.QueryRefused;
import org.jspecify.annotations.Nullable;

/**
 * Writes one row for each result, run and task, with its metrics as columns. The observations of a
 * result and moment stand together in the order of lists; those with the same dimensions and task
 * are a row, and a metric that is there twice begins another. Stateful.
 */
final class PivotRows implements RowWriter {
  static final int MOST_COLUMNS = 200;

  /** Observations of one result and moment that are held before their rows are written. */
  private static final int MOST_HELD = 10_000;

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String OTHERS = "other_metrics";

  private static final RowMembers USUAL =
      RowMembers.annotated("result,benchmark_name,run_id,model_id,task,model,instant,dimensions");

  private final RowMembers before;
  private final List<String> columns;
  private final Format.Shape shape;
  private final CsvField field;
  private final int limit;
  private final List<Row> held = new ArrayList<>();

  /** The latest row of each task and dimensions among those held. */
  private final Map<What, Row> latest = new HashMap<>();

  private int heldObservations;
  private int written;

  /** A row: the observation that began it, and the values of its metrics. */
  private record Row(StoredObservation first, Map<String, Double> metrics) {}

  /** The observations of a row have these in common. */
  private record What(@Nullable String task, List<Dimension> dimensions, @Nullable String model) {
    static What of(StoredObservation row) {
      Observation one = row.resolved().observation();
      return new What(one.task(), one.dimensions(), row.resolved().model());
    }
  }

  /**
   * @param columns of a table; metrics that are none of them stand in a column for others
   * @param limit the most rows
   */
  PivotRows(List<String> columns, Format format, int limit, Folding folding) {
    before = USUAL.folded(folding);
    this.columns = columns;
    shape = format.shape();
    field = new CsvField(format.guarded());
    this.limit = limit;
  }

  /** The name of the column: metric, variant if any, and statistic, with colons between them. */
  static String column(StoredObservation row) {
    Observation one = row.resolved().observation();
    String variant = one.variant() == null ? "" : one.variant() + ":";
    return one.metric() + ":" + variant + one.statistic();
  }

  /** Throws {@link QueryRefused} when there are too many columns for a table. */
  static void requireFew(Collection<String> columns) {
    if (columns.size() > MOST_COLUMNS) {
      throw new QueryRefused(
          "pivot",
          "would make more than "
              + MOST_COLUMNS
              + " columns; filter by metric, task or tool, or ask for format=ndjson");
    }
  }

  @Override
  public boolean isFull() {
    return written >= limit;
  }

  @Override
  public Buffer opening() {
    return switch (shape) {
      case JSON -> Buffer.buffer("[");
      case LINES -> Buffer.buffer();
      case CSV -> {
        List<String> names = new ArrayList<>();
        before.all().forEach(member -> names.addAll(member.columns()));
        names.addAll(columns);
        names.add(OTHERS);
        StringBuilder line = new StringBuilder();
        names.forEach(name -> field.text(line.append(line.isEmpty() ? "" : ","), name));
        yield Buffer.buffer(line.append("\r\n").toString());
      }
    };
  }

  @Override
  public Buffer rows(List<StoredObservation> rows) {
    Buffer out = Buffer.buffer();
    for (StoredObservation row : rows) {
      if (!held.isEmpty() && (!isOfHeld(row) || heldObservations >= MOST_HELD)) {
        write(out);
      }
      heldObservations++;
      String column = column(row);
      What what = What.of(row);
      Row taker = latest.get(what);
      if (taker == null || taker.metrics.containsKey(column)) {
        taker = new Row(row, new LinkedHashMap<>());
        held.add(taker);
        latest.put(what, taker);
      }
      taker.metrics.put(column, row.resolved().observation().value());
    }
    return out;
  }

  private boolean isOfHeld(StoredObservation row) {
    StoredObservation first = held.get(0).first;
    return first.result().equals(row.result())
        && Objects.equals(first.resolved().instant(), row.resolved().instant());
  }

  @Override
  public Buffer closing() {
    Buffer out = Buffer.buffer();
    write(out);
    return out.appendString(shape == Format.Shape.JSON ? "]" : "");
  }

  private void write(Buffer out) {
    try {
      for (Row row : held) {
        if (isFull()) {
          break;
        }
        if (shape == Format.Shape.CSV) {
          out.appendString(line(row));
        } else {
          out.appendString(shape == Format.Shape.JSON && written > 0 ? "," : "");
          out.appendString(object(row));
          out.appendString(shape == Format.Shape.LINES ? "\n" : "");
        }
        written++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    held.clear();
    latest.clear();
    heldObservations = 0;
  }

  private String object(Row row) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      for (RowMember member : before.all()) {
        member.write(row.first, json);
      }
      json.writeFieldName("metrics");
      metrics(row.metrics, json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void metrics(Map<String, Double> metrics, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Double> metric : metrics.entrySet()) {
      json.writeNumberField(metric.getKey(), metric.getValue());
    }
    json.writeEndObject();
  }

  private String line(Row row) throws IOException {
    StringBuilder line = new StringBuilder();
    ObservationRows.cells(before.all(), row.first, field, line);
    Map<String, Double> others = new LinkedHashMap<>(row.metrics);
    for (String column : columns) {
      Double value = others.remove(column);
      line.append(',').append(value == null ? "" : value.toString());
    }
    line.append(',');
    String rest = others.isEmpty() ? null : asText(others);
    if (rest != null) {
      field.text(line, rest);
    }
    return line.append("\r\n").toString();
  }

  private static @Nullable String asText(Map<String, Double> metrics) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      metrics(metrics, json);
    }
    return text.toString();
  }
}
