package org.benchmarkresults.http.format;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.http.json.OneLine;
import org.benchmarkresults.http.json.ResultJson;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.benchmarkresults.query.Folding;
import org.jspecify.annotations.Nullable;

/** The formats of lists. */
public final class RowFormats {
  private RowFormats() {}

  /** The format of a list of one stage. */
  public static RowFormat of(@Nullable Members members, Format format, Folding folding) {
    boolean asSent = members != null && members.areDataAlone();
    return switch (format.shape()) {
      case JSON -> new Array(new RowJson(members, RowData.STRICT, null, folding));
      case LINES -> asSent ? new SentLines(format.strict()) : lines(members, format, null, folding);
      case CSV -> new Csv(members, format.guarded(), null, folding);
    };
  }

  /** The format of rows that tell their stage. */
  public static RowFormat of(@Nullable Members members, Format format, Stage stage) {
    return format.shape() == Format.Shape.CSV
        ? new Csv(members, format.guarded(), stage)
        : lines(members, format, stage, Folding.OFF);
  }

  private static RowFormat lines(
      @Nullable Members members, Format format, @Nullable Stage stage, Folding folding) {
    RowData data = format.strict() ? RowData.STRICT_ON_ONE_LINE : RowData.ON_ONE_LINE;
    return new Lines(new RowJson(members, data, stage, folding));
  }

  /** One JSON array. */
  private static final class Array implements RowFormat {
    private final RowJson json;
    private boolean first = true;

    Array(RowJson json) {
      this.json = json;
    }

    @Override
    public Buffer opening() {
      return Buffer.buffer("[");
    }

    @Override
    public Buffer rows(List<Row> rows) {
      for (Row row : rows) {
        comma();
        json.row(row);
      }
      return json.take();
    }

    @Override
    public AroundData aroundData(Row row) {
      comma();
      return json.aroundData(row);
    }

    private void comma() {
      if (!first) {
        json.text(",");
      }
      first = false;
    }

    @Override
    public Buffer closing() {
      return Buffer.buffer("]");
    }
  }

  /** A JSON object a line, with the members asked for. */
  private static final class Lines implements RowFormat {
    private final RowJson json;

    Lines(RowJson json) {
      this.json = json;
    }

    @Override
    public Buffer opening() {
      return Buffer.buffer();
    }

    @Override
    public Buffer rows(List<Row> rows) {
      for (Row row : rows) {
        json.row(row);
        json.text("\n");
      }
      return json.take();
    }

    @Override
    public AroundData aroundData(Row row) {
      AroundData around = json.aroundData(row);
      return new AroundData(around.before(), around.after().appendString("\n"), around.writing());
    }

    @Override
    public Buffer closing() {
      return Buffer.buffer();
    }
  }

  /** Each line is the result as it was sent: the answer can be POSTed back. */
  private static final class SentLines implements RowFormat {
    private final boolean strict;
    private final RowJson json;

    /**
     * @param strict whether non-finite numbers are null, so that each line is strict JSON
     */
    SentLines(boolean strict) {
      this.strict = strict;
      json = new RowJson(null, strict ? RowData.STRICT_ON_ONE_LINE : RowData.ON_ONE_LINE, null);
    }

    @Override
    public Buffer opening() {
      return Buffer.buffer();
    }

    @Override
    public Buffer rows(List<Row> rows) {
      for (Row row : rows) {
        json.sent(row, strict);
        json.text("\n");
      }
      return json.take();
    }

    /** Data with line breaks is written as a JSON string, which is read back as the same bytes. */
    @Override
    public AroundData aroundData(Row row) {
      Buffer before = ResultJson.sentHead(row, strict);
      if (strict) {
        return new AroundData(
            before,
            Buffer.buffer("}\n"),
            RowData.STRICT_ON_ONE_LINE.writing(row.summary().nonFinite()));
      }
      return row.data() instanceof StoredData.Chunked chunked && chunked.multiline()
          ? new AroundData(before.appendString("\""), Buffer.buffer("\"}\n"), OneLine::escaped)
          : new AroundData(before, Buffer.buffer("}\n"), Buffer::buffer);
    }

    @Override
    public Buffer closing() {
      return Buffer.buffer();
    }
  }
}
