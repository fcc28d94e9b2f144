package org.benchmarkresults.http.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.benchmarkresults.http.json.OneLine;
import org.benchmarkresults.http.json.ResultJson;
import org.benchmarkresults.http.json.SummaryJson;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.benchmarkresults.query.Names;
import org.jspecify.annotations.Nullable;

/** Writes rows of lists as JSON objects, one after the other into one buffer. */
public final class RowJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int ROWS_BYTES = 64 << 10;

  private final @Nullable Members members;
  private final RowData data;
  private final @Nullable Stage stage;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(ROWS_BYTES);
  private final JsonGenerator json;

  /**
   * @param members null for all but the data
   * @param stage that each row tells; null for none
   */
  public RowJson(@Nullable Members members, RowData data, @Nullable Stage stage) {
    this.members = members;
    this.data = data;
    this.stage = stage;
    try {
      json = FACTORY.createGenerator(bytes);
      json.setRootValueSeparator(null);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
  }

  /** Writes the row with the members asked for; its data must stand beside the row. */
  public void row(Row row) {
    write(
        () -> {
          start();
          if (members == null) {
            SummaryJson.summary(row.summary(), row.versions(), json);
            if (row.deletedAt() != null) {
              SummaryJson.moment(SummaryJson.DELETED_AT, row.deletedAt(), json);
            }
          } else {
            for (String name : members.names()) {
              member(name, row);
            }
          }
          json.writeEndObject();
        });
  }

  /** What stands around data in pieces; with what was written before and not yet taken. */
  public RowFormat.AroundData aroundData(Row row) {
    List<String> names = Objects.requireNonNull(members).names();
    int place = names.indexOf(Members.DATA);
    write(
        () -> {
          start();
          for (String name : names.subList(0, place)) {
            member(name, row);
          }
          json.writeFieldName(SummaryJson.DATA);
          json.writeRawValue("");
        });
    Buffer before = take();
    write(
        () -> {
          for (String name : names.subList(place + 1, names.size())) {
            member(name, row);
          }
          json.writeEndObject();
        });
    return new RowFormat.AroundData(before, take(), data.writing(row.summary().nonFinite()));
  }

  private void start() throws IOException {
    json.writeStartObject();
    if (stage != null) {
      json.writeStringField("stage", stage.path());
    }
  }

  /**
   * Writes the row as it was sent: what can be POSTed.
   *
   * @param strict whether data and further members are strict JSON instead of exactly what was sent
   */
  void sent(Row row, boolean strict) {
    write(
        () -> {
          json.writeStartObject();
          SummaryJson.sent(row.summary(), strict, json);
          if (row.data() instanceof StoredData.Inline inline) {
            byte[] data = ResultJson.array(inline.bytes());
            json.writeFieldName(SummaryJson.DATA);
            if (strict) {
              raw(this.data.written(data, row.summary().nonFinite()));
            } else if (OneLine.canStandIn(data)) {
              raw(data);
            } else {
              json.writeString(new String(data, StandardCharsets.UTF_8));
            }
          }
          json.writeEndObject();
        });
  }

  public void text(String text) {
    write(() -> json.writeRaw(text));
  }

  /** What was written since the last call. */
  public Buffer take() {
    write(json::flush);
    Buffer written = Buffer.buffer(bytes.toByteArray());
    bytes.reset();
    return written;
  }

  private void member(String name, Row row) throws IOException {
    ResultSummary summary = row.summary();
    if (name.equals(Members.DATA)) {
      data(row);
    } else if (name.equals("versions")) {
      SummaryJson.number(SummaryJson.VERSIONS, row.versions(), json);
    } else if (name.equals("deleted_at")) {
      SummaryJson.moment(SummaryJson.DELETED_AT, row.deletedAt(), json);
    } else if (name.startsWith(Names.FURTHER)) {
      String further = name.substring(Names.FURTHER.length());
      Optional<ExtraField> member =
          summary.envelope().extra().stream().filter(m -> m.name().equals(further)).findFirst();
      if (member.isPresent()) {
        // Under its full name: a sender's own "version" is not the service's.
        SummaryJson.member(name, member.get(), json);
      }
    } else {
      SummaryJson.member(name, summary, json);
    }
  }

  private void data(Row row) throws IOException {
    if (Objects.requireNonNull(row.data()) instanceof StoredData.Inline inline) {
      json.writeFieldName(SummaryJson.DATA);
      raw(data.written(ResultJson.array(inline.bytes()), row.summary().nonFinite()));
    }
  }

  /**
   * The bytes as they are; becoming characters and bytes again would cost more than all the rest.
   */
  private void raw(byte[] value) throws IOException {
    json.writeRawValue("");
    json.flush();
    bytes.write(value);
  }

  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
  }
}
