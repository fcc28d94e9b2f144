package org.benchmarkresults.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as members of a JSON object, each name once. Extra fields are written as they were
 * sent, beside the columns; those with the name of a column stand inside {@code extra}, so that
 * none is lost.
 */
public class SummaryJson implements Column.Cell {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** The detail's own name of the column {@code pk}. */
  static final String RESULT_NAME = "result_name";

  /** The member of an exported line that holds the annotations. */
  public static final String ANNOTATIONS = "annotations";

  protected final JsonGenerator json;

  public SummaryJson(JsonGenerator json) {
    this.json = json;
  }

  /** Writes all columns but the data. */
  public final void summary(Row row) throws IOException {
    Column.always(row, this);
    if (Column.nonFinite(row.summary()) > 0) {
      column(Column.NON_FINITE, row);
    }
    List<Column> annotated = annotated(row.summary().annotations());
    if (!row.summary().envelope().extra().isEmpty()) {
      beside(row.summary().envelope().extra(), annotated);
    }
    for (Column column : annotated) {
      column(column, row);
    }
    if (row.deletedAt() != null) {
      column(Column.DELETED_AT, row);
    }
  }

  /** Writes one column, also when it has no value. */
  public final void column(Column column, Row row) throws IOException {
    json.writeFieldName(column.name);
    column.write(row, this);
  }

  /**
   * Writes the members that were sent, without the data.
   *
   * @param strict whether non-finite numbers are null
   */
  public final void sent(Row row, boolean strict) throws IOException {
    for (Column column : Column.SENT) {
      column(column, row);
    }
    for (ExtraField field : row.summary().envelope().extra()) {
      json.writeFieldName(field.name());
      json.writeRawValue(strict ? strict(field.value()) : OneLine.of(field.value().text()));
    }
    annotations(row.summary());
  }

  /**
   * Writes the annotations as one member, which a bulk upload takes back. A field that was sent
   * under this name stays, and the annotations are left out.
   */
  private void annotations(ResultSummary summary) throws IOException {
    Annotations annotations = summary.annotations();
    boolean isTaken =
        summary.envelope().extra().stream().anyMatch(field -> field.name().equals(ANNOTATIONS));
    if (annotations.revision() == 0 || isTaken) {
      return;
    }
    json.writeObjectFieldStart(ANNOTATIONS);
    for (Column column : List.of(Column.LABELS, Column.NOTE, Column.EXCLUDED)) {
      column(column, new Row(summary, null, null));
    }
    json.writeEndObject();
  }

  /** Writes an extra field as strict JSON. */
  public final void extraField(String name, ExtraField field) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(strict(field.value()));
  }

  /** The columns of the annotations that there are. */
  private static List<Column> annotated(Annotations annotations) {
    if (annotations.revision() == 0) {
      return List.of();
    }
    List<Column> columns = new ArrayList<>();
    if (!annotations.labels().isEmpty()) {
      columns.add(Column.LABELS);
    }
    if (annotations.note() != null) {
      columns.add(Column.NOTE);
    }
    if (annotations.excluded() != null) {
      columns.add(Column.EXCLUDED);
    }
    return columns;
  }

  private void beside(List<ExtraField> fields, List<Column> annotated) throws IOException {
    boolean anyNamedAsColumn = false;
    for (ExtraField field : fields) {
      if (isTaken(field.name(), annotated)) {
        anyNamedAsColumn = true;
      } else {
        extraField(field.name(), field);
      }
    }
    if (anyNamedAsColumn) {
      json.writeFieldName(Column.EXTRA.name);
      extra(fields.stream().filter(field -> isTaken(field.name(), annotated)).toList());
    }
  }

  /** A row without annotations has the fields that were sent under these names in their place. */
  private boolean isTaken(String name, List<Column> annotated) {
    Column column = Column.named(name);
    if (column == null) {
      return name.equals(RESULT_NAME);
    }
    return switch (column) {
      case LABELS, NOTE, EXCLUDED -> annotated.contains(column);
      // Rows have a headline only by their own choice of members.
      case HEADLINE -> false;
      case FOLDED_MODEL -> isFolding();
      default -> true;
    };
  }

  private static String strict(RawJson value) {
    return OneLine.of(
        value.nonFinite() == 0
            ? value.text()
            : new StrictJson().next(value.toByteArray()).toString(StandardCharsets.UTF_8));
  }

  /** All extra fields as one JSON object; null when there are none. */
  public static @Nullable String extraAsText(List<ExtraField> fields) {
    if (fields.isEmpty()) {
      return null;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      new SummaryJson(json).extra(fields);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return text.toString();
  }

  @Override
  public final void text(@Nullable String value) throws IOException {
    // Jackson writes null for null.
    json.writeString(value);
  }

  @Override
  public final void moment(@Nullable Instant value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else {
      char[] text = IsoTime.write(value);
      json.writeString(text, 0, text.length);
    }
  }

  @Override
  public final void number(long value) throws IOException {
    json.writeNumber(value);
  }

  @Override
  public final void extra(List<ExtraField> fields) throws IOException {
    json.writeStartObject();
    for (ExtraField field : fields) {
      extraField(field.name(), field);
    }
    json.writeEndObject();
  }

  /** Whether rows tell the model that theirs is a spelling of. */
  protected boolean isFolding() {
    return false;
  }

  @Override
  public void foldedModel(@Nullable String modelId) throws IOException {
    throw new IllegalStateException("the model is folded by the list of rows");
  }

  @Override
  public final void labels(List<Label> labels) throws IOException {
    json.writeStartObject();
    for (Label label : labels) {
      json.writeStringField(label.key(), label.value());
    }
    json.writeEndObject();
  }

  /** All labels as one JSON object; null when there are none. */
  public static @Nullable String labelsAsText(List<Label> labels) {
    if (labels.isEmpty()) {
      return null;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      new SummaryJson(json).labels(labels);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return text.toString();
  }

  @Override
  public final void excluded(@Nullable String reason) throws IOException {
    if (reason == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("reason", reason);
    json.writeEndObject();
  }

  @Override
  public void data(Row row) throws IOException {
    throw new IllegalStateException("the data is written by the list of rows");
  }
}
