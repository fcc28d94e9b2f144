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
import org.benchmarkresults.model.version.ResultVersion;

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
      for (ResultSummary row : rows) {
        json.writeStartObject();
        SummaryJson.summary(row, json);
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
          SummaryJson.text(SummaryJson.RESULT_NAME, summary.resultName(), json);
          SummaryJson.summary(summary, versions, json);
          json.writeFieldName(SummaryJson.DATA);
          json.writeRaw(':');
        });
    return head;
  }

  /** All versions, as an array. */
  public static Buffer versions(List<ResultVersion> versions) {
    Buffer array = Buffer.buffer(versions.size() * ROW_BYTES);
    write(
        array,
        json -> {
          json.writeStartArray();
          for (ResultVersion version : versions) {
            json.writeStartObject();
            SummaryJson.number(SummaryJson.VERSION, version.version(), json);
            SummaryJson.text(SummaryJson.DIGEST, version.digest().text(), json);
            SummaryJson.number(SummaryJson.SIZE, version.size(), json);
            SummaryJson.moment(SummaryJson.RECEIVED_AT, version.receivedAt(), json);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
    return array;
  }

  private static void write(Buffer into, Writing writing) {
    try (JsonGenerator json = FACTORY.createGenerator(new Appending(into))) {
      // What is left open is for the caller to close.
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
  public static Buffer sentHead(ResultSummary summary, boolean strict) {
    Buffer head = Buffer.buffer(ROW_BYTES);
    write(
        head,
        json -> {
          json.writeStartObject();
          SummaryJson.sent(summary, strict, json);
          json.writeFieldName(SummaryJson.DATA);
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
