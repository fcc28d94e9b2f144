package org.benchmarkresults.http.format;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.headers.FileName;
import org.benchmarkresults.http.headers.Format;

/** Lists that are all there as flat JSON objects, in the format asked for. */
public final class Table {
  private Table() {}

  /**
   * The answer.
   *
   * @param columns of a table, in their order; a member that a row lacks is an empty field
   * @param fileName the name of the file that lines and tables are saved as, without its ending
   * @param headers more than those of the format
   */
  public static Response of(
      RoutingContext context,
      JsonArray rows,
      List<String> columns,
      String fileName,
      Map<String, String> headers) {
    Format format = Format.of(context);
    Map<String, String> all = headers(format, fileName);
    all.putAll(headers);
    Buffer body =
        switch (format.shape()) {
          case JSON -> rows.toBuffer();
          case LINES -> lines(rows);
          case CSV -> csv(rows, columns, new CsvField(format.guarded()));
        };
    return new Response.Whole(200, all, body);
  }

  /** The headers of a list in a format. */
  public static Map<String, String> headers(Format format, String fileName) {
    Map<String, String> headers = Response.headers(format.shape().mediaType);
    headers.put("Vary", "Accept");
    if (format.shape() != Format.Shape.JSON) {
      headers.put("Content-Disposition", FileName.attachment(fileName, format.shape().extension));
    }
    return headers;
  }

  private static Buffer lines(JsonArray rows) {
    Buffer lines = Buffer.buffer();
    for (int i = 0; i < rows.size(); i++) {
      lines.appendBuffer(rows.getJsonObject(i).toBuffer()).appendString("\n");
    }
    return lines;
  }

  private static Buffer csv(JsonArray rows, List<String> columns, CsvField field) {
    StringBuilder lines = new StringBuilder(String.join(",", columns)).append("\r\n");
    for (int i = 0; i < rows.size(); i++) {
      JsonObject row = rows.getJsonObject(i);
      for (int column = 0; column < columns.size(); column++) {
        if (column > 0) {
          lines.append(',');
        }
        Object value = row.getValue(columns.get(column));
        if (value instanceof String text) {
          field.text(lines, text);
        } else if (value != null) {
          lines.append(value);
        }
      }
      lines.append("\r\n");
    }
    return Buffer.buffer(lines.toString());
  }
}
