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
import org.benchmarkresults.http.format.Members.Member;
import org.benchmarkresults.http.json.Column;
import org.benchmarkresults.http.json.OneLine;
import org.benchmarkresults.http.json.ResultJson;
import org.benchmarkresults.http.json.SummaryJson;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.benchmarkresults.query.Folding;
import org.jspecify.annotations.Nullable;

/** Writes rows of lists as JSON objects, one after the other into one buffer. */
public final class RowJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int ROWS_BYTES = 64 << 10;

  private final @Nullable Members members;
  private final RowData data;
  private final Folding folding;
  private final @Nullable Stage stage;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(ROWS_BYTES);
  private final JsonGenerator json;
  private final SummaryJson cells;

  /**
   * @param members null for all but the data
   * @param stage that each row tells; null for none
   */
  public RowJson(@Nullable Members members, RowData data, @Nullable Stage stage) {
    this(members, data, stage, Folding.OFF);
  }

  /** Rows that tell the model that theirs folds to, if folding is on. */
  RowJson(@Nullable Members members, RowData data, @Nullable Stage stage, Folding folding) {
    this.members = members;
    this.folding = folding;
    this.data = data;
    this.stage = stage;
    try {
      json = FACTORY.createGenerator(bytes);
      json.setRootValueSeparator(null);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    cells =
        new SummaryJson(json) {
          @Override
          protected boolean isFolding() {
            return folding.isOn();
          }

          @Override
          public void foldedModel(@Nullable String modelId) throws IOException {
            text(folding.modelOfNullable(modelId));
          }

          @Override
          public void data(Row row) throws IOException {
            StoredData.Inline inline = (StoredData.Inline) Objects.requireNonNull(row.data());
            raw(data.written(ResultJson.array(inline.bytes()), row.summary().nonFinite()));
          }
        };
  }

  /** Writes the row with the members asked for; its data must not be in chunks. */
  public void row(Row row) {
    write(
        () -> {
          start();
          if (members == null) {
            cells.summary(row);
            if (folding.isOn()) {
              cells.column(Column.FOLDED_MODEL, row);
            }
          } else {
            members(members.all(), row);
          }
          json.writeEndObject();
        });
  }

  /** The bytes around data in chunks, preceded by what was not yet taken. */
  public RowFormat.AroundData aroundData(Row row) {
    List<Member> all = Objects.requireNonNull(members).all();
    int place = members.dataAt();
    write(
        () -> {
          start();
          members(all.subList(0, place), row);
          json.writeFieldName(Column.DATA.text());
          json.writeRawValue("");
        });
    Buffer before = take();
    write(
        () -> {
          members(all.subList(place + 1, all.size()), row);
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
          cells.sent(row, strict);
          if (row.data() instanceof StoredData.Inline inline) {
            byte[] data = ResultJson.array(inline.bytes());
            json.writeFieldName(Column.DATA.text());
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

  /** The bytes that were written since the last call. */
  public Buffer take() {
    write(json::flush);
    Buffer written = Buffer.buffer(bytes.toByteArray());
    bytes.reset();
    return written;
  }

  private void members(List<Member> members, Row row) throws IOException {
    for (Member member : members) {
      String label = member.labelKey();
      if (label != null) {
        json.writeStringField(member.name(), row.summary().annotations().label(label).orElse(null));
      } else if (member.column() != null) {
        cells.column(member.column(), row);
      } else {
        extraField(member, row);
      }
    }
  }

  /** Under its full name: a sender's own "version" is not the service's. */
  private void extraField(Member member, Row row) throws IOException {
    String sent = member.extraName();
    for (ExtraField field : row.summary().envelope().extra()) {
      if (field.name().equals(sent)) {
        cells.extraField(member.name(), field);
        return;
      }
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
