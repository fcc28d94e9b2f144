package org.benchmarkresults.http.format;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.http.json.ResultJson;
import org.benchmarkresults.http.json.SummaryJson;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.benchmarkresults.query.Names;
import org.jspecify.annotations.Nullable;

/**
 * A table as RFC 4180 has it: a header line, CRLF, quotes where they are needed. What is missing or
 * null is an empty field; an empty text is two quotes.
 */
public final class Csv implements RowFormat {
  private static final String STAGE = "stage";

  /** RFC 8259, section 6. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private final List<String> columns;
  private final CsvField field;
  private final @Nullable Stage stage;

  /**
   * @param members the columns; null for all but the data
   * @param guarded whether texts are kept from being run as formulas
   * @param stage that each row tells in the first column; null for none
   */
  public Csv(@Nullable Members members, boolean guarded, @Nullable Stage stage) {
    List<String> asked = members == null ? Members.WITHOUT_DATA : members.names();
    columns = stage == null ? asked : Stream.concat(Stream.of(STAGE), asked.stream()).toList();
    field = new CsvField(guarded);
    this.stage = stage;
  }

  @Override
  public Buffer opening() {
    StringBuilder line = new StringBuilder();
    for (String column : columns) {
      field.text(line.append(line.isEmpty() ? "" : ","), column);
    }
    return Buffer.buffer(line.append("\r\n").toString());
  }

  @Override
  public Buffer rows(List<Row> rows) {
    StringBuilder lines = new StringBuilder(rows.size() * 512);
    for (Row row : rows) {
      int start = lines.length();
      values(lines, 0, columns.size(), row);
      if (lines.length() == start) {
        // A line without anything would be no row to most readers.
        lines.append("\"\"");
      }
      lines.append("\r\n");
    }
    return Buffer.buffer(lines.toString());
  }

  private void values(StringBuilder line, int from, int to, Row row) {
    for (int i = from; i < to; i++) {
      if (i > 0) {
        line.append(',');
      }
      value(line, columns.get(i), row);
    }
  }

  /** JSON is no formula, so that it needs no look at its beginning. */
  @Override
  public AroundData aroundData(Row row) {
    int place = columns.indexOf(Members.DATA);
    StringBuilder before = new StringBuilder();
    values(before, 0, place, row);
    before.append(place > 0 ? ",\"" : "\"");
    StringBuilder after = new StringBuilder("\"");
    values(after, place + 1, columns.size(), row);
    after.append("\r\n");
    return new AroundData(
        Buffer.buffer(before.toString()), Buffer.buffer(after.toString()), Csv::quotesDoubled);
  }

  private static Buffer quotesDoubled(byte[] piece) {
    Buffer out = Buffer.buffer(piece.length + piece.length / 8);
    int copied = 0;
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] == '"') {
        out.appendBytes(piece, copied, i + 1 - copied);
        copied = i;
      }
    }
    return out.appendBytes(piece, copied, piece.length - copied);
  }

  @Override
  public Buffer closing() {
    return Buffer.buffer();
  }

  private void value(StringBuilder line, String column, Row row) {
    ResultSummary summary = row.summary();
    var envelope = summary.envelope();
    switch (column) {
      case STAGE -> text(line, Objects.requireNonNull(stage).path());
      case "pk" -> text(line, summary.resultName());
      case "benchmark_name" -> text(line, envelope.key().benchmarkName());
      case "run_id" -> text(line, envelope.key().runId());
      case "model_id" -> text(line, envelope.modelId());
      case "tokenizer_id" -> text(line, envelope.tokenizerId());
      case "source" -> text(line, envelope.source());
      case "timestamp" -> text(line, envelope.key().timestamp());
      case "instant" -> moment(line, summary.instant());
      case "version" -> line.append(summary.version());
      case "versions" -> line.append(row.versions());
      case "size" -> line.append(summary.size());
      case "digest" -> line.append(summary.digest().text());
      case "received_at" -> moment(line, summary.receivedAt());
      case "first_received_at" -> moment(line, summary.firstReceivedAt());
      case "non_finite" -> line.append(SummaryJson.nonFinite(summary));
      case "deleted_at" -> moment(line, row.deletedAt());
      case "extra" -> text(line, SummaryJson.furtherAsText(summary));
      case Members.DATA -> json(line, data(row));
      default -> further(line, summary, column.substring(Names.FURTHER.length()));
    }
  }

  private static @Nullable String data(Row row) {
    return Objects.requireNonNull(row.data()) instanceof StoredData.Inline inline
        ? new String(ResultJson.array(inline.bytes()), StandardCharsets.UTF_8)
        : null;
  }

  private void further(StringBuilder line, ResultSummary summary, String name) {
    summary.envelope().extra().stream()
        .filter(member -> member.name().equals(name))
        .map(member -> member.value().text())
        .findFirst()
        .ifPresent(json -> further(line, json));
  }

  /** A text without its quotes and escapes; of anything else its JSON. */
  private void further(StringBuilder line, String json) {
    if (json.startsWith("\"")) {
      text(line, new JsonArray("[" + json + "]").getString(0));
    } else if (!json.equals("null")) {
      json(line, json);
    }
  }

  /** A number is a number to a spreadsheet, below zero too. */
  private void json(StringBuilder line, @Nullable String json) {
    if (json != null && NUMBER.matcher(json).matches()) {
      line.append(json);
    } else {
      text(line, json);
    }
  }

  private static void moment(StringBuilder line, @Nullable Instant value) {
    if (value != null) {
      line.append(IsoTime.write(value));
    }
  }

  private void text(StringBuilder line, @Nullable String text) {
    if (text != null) {
      field.text(line, text);
    }
  }
}
