package org.benchmarkresults.http.json;

import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.jspecify.annotations.Nullable;

/** The columns of a row of results for all formats, in the order of a table. */
public enum Column {
  PK("pk"),
  BENCHMARK_NAME("benchmark_name"),
  RUN_ID("run_id"),
  MODEL_ID("model_id"),
  TOKENIZER_ID("tokenizer_id"),
  SOURCE("source"),
  TIMESTAMP("timestamp"),
  INSTANT("instant"),
  VERSION("version"),
  VERSIONS("versions"),
  SIZE("size"),
  DIGEST("digest"),
  RECEIVED_AT("received_at"),
  FIRST_RECEIVED_AT("first_received_at"),
  NON_FINITE("non_finite"),
  DELETED_AT("deleted_at"),
  LABELS("labels"),
  NOTE("note"),
  EXCLUDED("excluded"),
  EXTRA("extra"),
  HEADLINE("headline"),
  FOLDED_MODEL("folded_model"),
  DATA("data");

  /** The columns that every row has, in JSON too. */
  private static final Column[] ALWAYS =
      EnumSet.range(PK, FIRST_RECEIVED_AT).toArray(new Column[0]);

  /** The columns that stand for what the sender sent, in the order of an export. */
  static final List<Column> SENT =
      List.of(RUN_ID, BENCHMARK_NAME, TIMESTAMP, MODEL_ID, TOKENIZER_ID, SOURCE);

  private static final Map<String, Column> BY_NAME =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Column::text, Function.identity()));

  /** A format's way to write the value of a column. */
  public interface Cell {
    void text(@Nullable String value) throws IOException;

    void moment(@Nullable Instant value) throws IOException;

    void number(long value) throws IOException;

    void extra(List<ExtraField> fields) throws IOException;

    /** The model that the row's model is a spelling of. */
    void foldedModel(@Nullable String modelId) throws IOException;

    void labels(List<Label> labels) throws IOException;

    /** The reason of an exclusion; null for none. */
    void excluded(@Nullable String reason) throws IOException;

    /** The data, which must stand in the row itself. */
    void data(Row row) throws IOException;
  }

  /** Prepared names are copied; plain ones are searched for escapes in every row. */
  @SuppressWarnings("Immutable")
  final SerializedString name;

  Column(String name) {
    this.name = new SerializedString(name);
  }

  /** The name in JSON, in a table's header and in the parameter {@code fields}. */
  public String text() {
    return name.getValue();
  }

  /** Writes the value of the row; a switch, for calls of functions cost a row 60 ns more. */
  public void write(Row row, Cell to) throws IOException {
    switch (this) {
      case PK -> to.text(row.summary().resultName());
      case BENCHMARK_NAME -> to.text(key(row).benchmarkName());
      case RUN_ID -> to.text(key(row).runId());
      case MODEL_ID -> to.text(envelope(row).modelId());
      case TOKENIZER_ID -> to.text(envelope(row).tokenizerId());
      case SOURCE -> to.text(envelope(row).source());
      case TIMESTAMP -> to.text(key(row).timestamp());
      case INSTANT -> to.moment(row.summary().instant());
      case VERSION -> to.number(row.summary().version());
      case VERSIONS -> to.number(row.versions());
      case SIZE -> to.number(row.summary().size());
      case DIGEST -> to.text(row.summary().digest().text());
      case RECEIVED_AT -> to.moment(row.summary().receivedAt());
      case FIRST_RECEIVED_AT -> to.moment(row.summary().firstReceivedAt());
      case NON_FINITE -> to.number(nonFinite(row.summary()));
      case DELETED_AT -> to.moment(row.deletedAt());
      case LABELS -> to.labels(row.summary().annotations().labels());
      case NOTE -> to.text(row.summary().annotations().note());
      case EXCLUDED -> to.excluded(row.summary().annotations().excluded());
      case HEADLINE -> to.text(row.headline());
      case FOLDED_MODEL -> to.foldedModel(envelope(row).modelId());
      case EXTRA -> to.extra(envelope(row).extra());
      case DATA -> to.data(row);
    }
  }

  /** Writes the columns that every row has. */
  static void always(Row row, SummaryJson to) throws IOException {
    for (Column column : ALWAYS) {
      to.column(column, row);
    }
  }

  /** The column of that name; null when there is none. */
  public static @Nullable Column named(String name) {
    return BY_NAME.get(name);
  }

  /** How many numbers of the data and of extra fields are null in strict JSON. */
  static int nonFinite(ResultSummary summary) {
    int count = summary.nonFinite();
    for (ExtraField field : summary.envelope().extra()) {
      count += field.value().nonFinite();
    }
    return count;
  }

  private static Envelope envelope(Row row) {
    return row.summary().envelope();
  }

  private static ResultKey key(Row row) {
    return envelope(row).key();
  }
}
