package org.benchmarkresults.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.search.SearchOutcome.Row;

/** Results as the JSON that the contract promises. */
public final class ResultJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  static final int ROW_BYTES = 640;

  private ResultJson() {}

  private interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /** Each row as an object. */
  public static List<byte[]> rows(List<ResultSummary> rows) {
    List<byte[]> written = new ArrayList<>(rows.size());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(ROW_BYTES);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.setRootValueSeparator(null);
      SummaryJson members = new SummaryJson(json);
      for (ResultSummary row : rows) {
        json.writeStartObject();
        members.summary(new Row(row, null, null));
        json.writeEndObject();
        json.flush();
        written.add(bytes.toByteArray());
        bytes.reset();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return written;
  }

  /** The beginning of a result, up to where its data's value belongs; a brace must follow that. */
  public static Buffer head(ResultSummary summary, int versions) {
    Buffer head = Buffer.buffer(ROW_BYTES);
    write(
        head,
        json -> {
          json.writeStartObject();
          json.writeStringField(SummaryJson.RESULT_NAME, summary.resultName());
          new SummaryJson(json).summary(new Row(summary, null, null, versions));
          json.writeFieldName(Column.DATA.name);
          json.writeRaw(':');
        });
    return head;
  }

  private static void write(Buffer into, Writing writing) {
    try (JsonGenerator json = FACTORY.createGenerator(new Appending(into))) {
      // The caller closes the object that is left open.
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
  }

  /** Writes to the end of a buffer. */
  private static final class Appending extends OutputStream {
    private final Buffer buffer;

    Appending(Buffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public void write(int value) {
      buffer.appendByte((byte) value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      buffer.appendBytes(bytes, offset, length);
    }
  }

  /** The beginning of a line as it was sent, up to where its data's value belongs. */
  public static Buffer sentHead(Row row, boolean strict) {
    Buffer head = Buffer.buffer(ROW_BYTES);
    write(
        head,
        json -> {
          json.writeStartObject();
          new SummaryJson(json).sent(row, strict);
          json.writeFieldName(Column.DATA.name);
          json.writeRaw(':');
        });
    return head;
  }

  public static byte[] array(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
