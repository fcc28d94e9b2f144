package org.benchmarkresults.http.format;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.benchmarkresults.http.format.Members.Member;
import org.benchmarkresults.http.json.Column;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.http.json.ResultJson;
import org.benchmarkresults.http.json.SummaryJson;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.benchmarkresults.query.Folding;
import org.jspecify.annotations.Nullable;

/**
 * A table as RFC 4180 has it: a header line, CRLF, quotes where they are needed. What is missing or
 * null is an empty field; an empty text is two quotes.
 */
public final class Csv implements RowFormat {
  /** RFC 8259, section 6. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private final List<Member> columns;
  private final int place;
  private final CsvField field;
  private final Folding folding;
  private final @Nullable Stage stage;

  /**
   * @param members the columns; null for all but the data
   * @param guarded whether texts that a spreadsheet would run as formulas are marked
   * @param stage for the first column; null for none
   */
  public Csv(@Nullable Members members, boolean guarded, @Nullable Stage stage) {
    this(members, guarded, stage, Folding.OFF);
  }

  /** A table with the model that each row folds to, if folding is on. */
  Csv(@Nullable Members members, boolean guarded, @Nullable Stage stage, Folding folding) {
    Members usual = folding.isOn() ? Members.FOLDED : Members.WITHOUT_DATA;
    columns = (members == null ? usual : members).all();
    place = (members == null ? usual : members).dataAt();
    this.folding = folding;
    field = new CsvField(guarded);
    this.stage = stage;
  }

  @Override
  public Buffer opening() {
    StringBuilder line = new StringBuilder();
    if (stage != null) {
      line.append("stage");
    }
    for (Member column : columns) {
      field.text(line.append(line.isEmpty() ? "" : ","), column.name());
    }
    return Buffer.buffer(line.append("\r\n").toString());
  }

  @Override
  public Buffer rows(List<Row> rows) {
    StringBuilder lines = new StringBuilder(rows.size() * 512);
    Cells cells = new Cells(lines);
    for (Row row : rows) {
      int start = lines.length();
      values(cells, 0, columns.size(), row);
      if (lines.length() == start) {
        // A line without anything would be no row to most readers.
        lines.append("\"\"");
      }
      lines.append("\r\n");
    }
    return Buffer.buffer(lines.toString());
  }

  private void values(Cells cells, int from, int to, Row row) {
    if (stage != null && from == 0) {
      cells.text(stage.path());
    }
    for (int i = from; i < to; i++) {
      if (i > 0 || stage != null) {
        cells.line.append(',');
      }
      value(cells, columns.get(i), row);
    }
  }

  private static void value(Cells cells, Member member, Row row) {
    String label = member.labelKey();
    if (label != null) {
      cells.text(row.summary().annotations().label(label).orElse(null));
      return;
    }
    if (member.column() == null) {
      cells.extraField(row.summary(), member.extraName());
      return;
    }
    try {
      member.column().write(row, cells);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
  }

  /** JSON is no formula, so that its beginning is not looked at. */
  @Override
  public AroundData aroundData(Row row) {
    StringBuilder before = new StringBuilder();
    values(new Cells(before), 0, place, row);
    before.append(before.isEmpty() && place == 0 ? "\"" : ",\"");
    StringBuilder after = new StringBuilder("\"");
    values(new Cells(after), place + 1, columns.size(), row);
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

  /** Writes fields of a line. */
  private final class Cells implements Column.Cell {
    private final StringBuilder line;

    Cells(StringBuilder line) {
      this.line = line;
    }

    @Override
    public void text(@Nullable String value) {
      if (value != null) {
        field.text(line, value);
      }
    }

    @Override
    public void moment(@Nullable Instant value) {
      if (value != null) {
        line.append(IsoTime.write(value));
      }
    }

    @Override
    public void number(long value) {
      line.append(value);
    }

    @Override
    public void extra(List<ExtraField> fields) {
      text(SummaryJson.extraAsText(fields));
    }

    @Override
    public void foldedModel(@Nullable String modelId) {
      text(folding.modelOfNullable(modelId));
    }

    @Override
    public void labels(List<Label> labels) {
      text(SummaryJson.labelsAsText(labels));
    }

    @Override
    public void excluded(@Nullable String reason) {
      text(reason);
    }

    @Override
    public void data(Row row) {
      if (Objects.requireNonNull(row.data()) instanceof StoredData.Inline inline) {
        json(new String(ResultJson.array(inline.bytes()), StandardCharsets.UTF_8));
      }
    }

    /** A text without its quotes and escapes; of anything else its JSON. */
    void extraField(ResultSummary summary, String name) {
      for (ExtraField extra : summary.envelope().extra()) {
        if (extra.name().equals(name)) {
          String json = extra.value().text();
          if (json.startsWith("\"")) {
            text(new JsonArray("[" + json + "]").getString(0));
          } else if (!json.equals("null")) {
            json(json);
          }
          return;
        }
      }
    }

    /** Negative numbers are no formulas. */
    private void json(String json) {
      if (NUMBER.matcher(json).matches()) {
        line.append(json);
      } else {
        text(json);
      }
    }
  }
}
