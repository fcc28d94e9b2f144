package org.benchmarkresults.bus;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.benchmarkresults.model.DeleteOutcome;
import org.benchmarkresults.model.Filter;
import org.benchmarkresults.model.FindOutcome;
import org.benchmarkresults.model.Imported;
import org.benchmarkresults.model.RestoreOutcome;
import org.benchmarkresults.model.SaveOutcome;
import org.benchmarkresults.model.SearchOutcome;
import org.benchmarkresults.model.StoredData;
import org.benchmarkresults.model.Value;

/**
 * One codec for all records: the same object within a node, CBOR (RFC 8949) between nodes, where
 * fields that a node does not know are ignored, so that two releases can run side by side.
 *
 * <p>On the wire: the length of the class name (int32), the class name in UTF-8, the length of the
 * body (int32), the body as a CBOR map by component name.
 */
final class RecordCodec implements MessageCodec<Object, Object> {
  static final String NAME = "record";

  private static final String MODEL = "org.benchmarkresults.model.";

  /** Whose kind must be told on the wire. */
  private static final List<Class<?>> SEALED =
      List.of(
          SaveOutcome.class,
          FindOutcome.class,
          DeleteOutcome.class,
          RestoreOutcome.class,
          StoredData.class,
          SearchOutcome.class,
          Imported.class,
          Filter.class,
          Value.class);

  /** Made when the first message leaves the node: a single node never pays for it. */
  private static final class Wire {
    static final ObjectMapper MAPPER =
        CBORMapper.builder()
            .addModule(new JavaTimeModule())
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(MapperFeature.AUTO_DETECT_IS_GETTERS, false)
            .build();

    static {
      for (Class<?> kind : SEALED) {
        MAPPER.addMixIn(kind, Tagged.class);
        MAPPER.registerSubtypes(kind.getPermittedSubclasses());
      }
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
  private interface Tagged {}

  @Override
  public void encodeToWire(Buffer buffer, Object value) {
    try {
      byte[] type = value.getClass().getName().getBytes(StandardCharsets.UTF_8);
      byte[] body = Wire.MAPPER.writeValueAsBytes(value);
      buffer.appendInt(type.length).appendBytes(type).appendInt(body.length).appendBytes(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Object decodeFromWire(int start, Buffer buffer) {
    int typeEnd = start + 4 + buffer.getInt(start);
    String type = buffer.getString(start + 4, typeEnd, "UTF-8");
    int bodyEnd = typeEnd + 4 + buffer.getInt(typeEnd);
    // Only our own records are made of what comes from the network.
    if (!type.startsWith(MODEL)) {
      throw new IllegalArgumentException("not a record of ours: " + type);
    }
    try {
      return Wire.MAPPER.readValue(buffer.getBytes(typeEnd + 4, bodyEnd), Class.forName(type));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("unknown to this release: " + type, e);
    }
  }

  @Override
  public Object transform(Object value) {
    return value;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
