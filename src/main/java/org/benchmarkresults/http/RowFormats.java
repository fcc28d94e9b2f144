package org.benchmarkresults.http;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.benchmarkresults.model.SearchOutcome.Row;
import org.benchmarkresults.model.StoredData;
import org.jspecify.annotations.Nullable;

/** The formats of lists. */
final class RowFormats {
  private RowFormats() {}

  static RowFormat of(ListRequest request) {
    return switch (request.format()) {
      case JSON -> new Array(request.members());
      case LINES -> new Lines(request.members());
      case CSV -> new Csv(request.members());
    };
  }

  /** One JSON array. */
  private static final class Array implements RowFormat {
    private final RowJson json;
    private boolean first = true;

    Array(@Nullable Members members) {
      json = new RowJson(members);
    }

    @Override
    public String mediaType() {
      return "application/json";
    }

    @Override
    public Buffer opening() {
      return Buffer.buffer("[");
    }

    @Override
    public Buffer rows(List<Row> rows) {
      for (Row row : rows) {
        if (!first) {
          json.text(",");
        }
        first = false;
        json.row(row);
      }
      return json.take();
    }

    @Override
    public Buffer closing() {
      return Buffer.buffer("]");
    }
  }

  /**
   * A JSON object a line. With the data, each line is the result as it was sent, whatever other
   * members were asked for: the answer can be POSTed back.
   */
  private static final class Lines implements RowFormat {
    private final boolean asSent;
    private final RowJson json;

    Lines(@Nullable Members members) {
      asSent = members != null && members.withData();
      json = new RowJson(members);
    }

    @Override
    public String mediaType() {
      return "application/x-ndjson";
    }

    @Override
    public Buffer opening() {
      return Buffer.buffer();
    }

    @Override
    public Buffer rows(List<Row> rows) {
      for (Row row : rows) {
        if (asSent) {
          json.sent(row);
        } else {
          json.row(row);
        }
        json.text("\n");
      }
      return json.take();
    }

    @Override
    public Buffer closing() {
      return Buffer.buffer();
    }

    @Override
    public boolean streamsData(Row row) {
      return asSent && row.data() instanceof StoredData.Chunked;
    }
  }
}
