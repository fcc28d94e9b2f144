package org.benchmarkresults.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.benchmarkresults.model.ResultSummary;
import org.benchmarkresults.model.SearchOutcome.Row;
import org.benchmarkresults.model.StoredData;
import org.benchmarkresults.query.Names;
import org.jspecify.annotations.Nullable;

/**
 * A table as RFC 4180 has it: a header line, CRLF, quotes where they are needed. What is missing or
 * null is an empty field; an empty text is two quotes.
 *
 * <p>A text that a spreadsheet would run as a formula gets an apostrophe before it (as OWASP advises
 * against CSV injection), for names come from anybody.
 */
final class Csv implements RowFormat {
  /** The wide ones are what spreadsheets in East Asian locales take for the others. */
  private static final String STARTS_FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  /** RFC 8259, section 6. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private final List<String> columns;

  /**
   * @param members the columns; null for all but the data
   */
  Csv(@Nullable Members members) {
    columns = members == null ? Members.WITHOUT_DATA : members.names();
  }

  @Override
  public String mediaType() {
    return "text/csv; charset=utf-8; header=present";
  }

  @Override
  public Buffer opening() {
    StringBuilder line = new StringBuilder();
    for (String column : columns) {
      field(line.append(line.isEmpty() ? "" : ","), column);
    }
    return Buffer.buffer(line.append("\r\n").toString());
  }

  @Override
  public Buffer rows(List<Row> rows) {
    StringBuilder lines = new StringBuilder(rows.size() * 512);
    for (Row row : rows) {
      int start = lines.length();
      for (int i = 0; i < columns.size(); i++) {
        if (i > 0) {
          lines.append(',');
        }
        value(lines, columns.get(i), row);
      }
      if (lines.length() == start) {
        // A line without anything would be no row to most readers.
        lines.append("\"\"");
      }
      lines.append("\r\n");
    }
    return Buffer.buffer(lines.toString());
  }

  @Override
  public Buffer closing() {
    return Buffer.buffer();
  }

  private static void value(StringBuilder line, String column, Row row) {
    ResultSummary summary = row.summary();
    var envelope = summary.envelope();
    switch (column) {
      case "pk" -> text(line, summary.resultName());
      case "benchmark_name" -> text(line, envelope.key().benchmarkName());
      case "run_id" -> text(line, envelope.key().runId());
      case "model_id" -> text(line, envelope.modelId());
      case "tokenizer_id" -> text(line, envelope.tokenizerId());
      case "source" -> text(line, envelope.source());
      case "timestamp" -> text(line, envelope.key().timestamp());
      case "instant" -> moment(line, summary.instant());
      case "version" -> line.append(summary.version());
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

  private static void further(StringBuilder line, ResultSummary summary, String name) {
    summary.envelope().extra().stream()
        .filter(member -> member.name().equals(name))
        .map(member -> member.value().text())
        .findFirst()
        .ifPresent(json -> further(line, json));
  }

  /** A text without its quotes and escapes; of anything else its JSON. */
  private static void further(StringBuilder line, String json) {
    if (json.startsWith("\"")) {
      text(line, new JsonArray("[" + json + "]").getString(0));
    } else if (!json.equals("null")) {
      json(line, json);
    }
  }

  /** A number is a number to a spreadsheet, below zero too. */
  private static void json(StringBuilder line, @Nullable String json) {
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

  private static void text(StringBuilder line, @Nullable String text) {
    if (text == null) {
      return;
    }
    if (text.isEmpty()) {
      line.append("\"\"");
      return;
    }
    field(line, STARTS_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text);
  }

  /** Semicolons and tabs too: there are spreadsheets that split at these. */
  private static void field(StringBuilder line, String text) {
    if (text.chars().noneMatch(c -> ",;\"\t\r\n".indexOf(c) >= 0)) {
      line.append(text);
    } else {
      line.append('"').append(text.replace("\"", "\"\"")).append('"');
    }
  }
}
