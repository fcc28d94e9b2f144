package org.benchmarkresults.bus;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ByteBufferSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.benchmarkresults.bus.codec.PageKeyFormat;
import org.benchmarkresults.model.alias.AliasOutcome;
import org.benchmarkresults.model.annotation.request.AnnotateOutcome;
import org.benchmarkresults.model.attachment.AttachmentFound;
import org.benchmarkresults.model.attachment.AttachmentRefusal;
import org.benchmarkresults.model.attachment.BeginOutcome;
import org.benchmarkresults.model.attachment.EndOutcome;
import org.benchmarkresults.model.attachment.RemovalOutcome;
import org.benchmarkresults.model.imports.Imported;
import org.benchmarkresults.model.observed.ObservationOutcome;
import org.benchmarkresults.model.observed.ResultObservations;
import org.benchmarkresults.model.operation.BulkReply;
import org.benchmarkresults.model.result.FindOutcome;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.retention.DeleteOutcome;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.Value;
import org.benchmarkresults.model.version.VersionRestoreOutcome;

/**
 * The codec of all records: the same object within a node, CBOR (RFC 8949) between nodes. Unknown
 * fields are ignored, so that nodes of two releases can run side by side.
 *
 * <p>On the wire: the length of the message's name (int32), the name in UTF-8 ({@link
 * MessageNames}), the length of the body (int32), the body as a CBOR map by component name.
 */
public final class RecordCodec implements MessageCodec<Object, Object> {
  static final String NAME = "record";

  /** Types whose subtype is named on the wire. */
  private static final List<Class<?>> SEALED =
      List.of(
          SaveOutcome.class,
          AliasOutcome.class,
          FindOutcome.class,
          DeleteOutcome.class,
          RestoreOutcome.class,
          VersionRestoreOutcome.class,
          StoredData.class,
          SearchOutcome.class,
          Imported.class,
          Filter.class,
          ObservationOutcome.class,
          ResultObservations.class,
          AnnotateOutcome.class,
          BulkReply.class,
          AttachmentRefusal.class,
          AttachmentFound.class,
          BeginOutcome.class,
          EndOutcome.class,
          RemovalOutcome.class,
          Value.class);

  /** Shorter buffers stay in the record when it is split. */
  private static final int LEAST_DETACHED_BYTES = 16 * 1024;

  private static final String DETACHED = "detached";

  /** Loaded with the first message between nodes, because a single node never needs it. */
  private static final class Wire {
    static final ObjectMapper MAPPER =
        CBORMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(
                new SimpleModule()
                    .addSerializer(ByteBuffer.class, new BytesWriter())
                    .addDeserializer(ByteBuffer.class, new BytesReader())
                    .addSerializer(PageKey.class, new PageKeyFormat.Writer())
                    .addDeserializer(PageKey.class, new PageKeyFormat.Reader()))
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

  /** A message of any address as bytes, which later releases read too: it may be stored. */
  public static byte[] bytes(Object message) {
    Buffer buffer = Buffer.buffer();
    new RecordCodec().encodeToWire(buffer, message);
    return buffer.getBytes();
  }

  /** The message that was written as these bytes. */
  public static <T> T read(byte[] bytes, Class<T> type) {
    return type.cast(join(0, Buffer.buffer(bytes), List.of()));
  }

  @Override
  public void encodeToWire(Buffer buffer, Object value) {
    encode(buffer, value, Wire.MAPPER.writer());
  }

  /**
   * Appends a record to the buffer, without its large byte buffers.
   *
   * @param detached gets the large byte buffers, in the order in which {@link #join} needs them
   */
  static void split(Buffer buffer, Object value, List<ByteBuffer> detached) {
    encode(buffer, value, Wire.MAPPER.writer().withAttribute(DETACHED, detached));
  }

  private static void encode(Buffer buffer, Object value, ObjectWriter writer) {
    try {
      byte[] type = MessageNames.of(value.getClass()).getBytes(StandardCharsets.UTF_8);
      byte[] body = writer.writeValueAsBytes(value);
      buffer.appendInt(type.length).appendBytes(type).appendInt(body.length).appendBytes(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Object decodeFromWire(int start, Buffer buffer) {
    return join(start, buffer, List.of());
  }

  /** Reads a split record; it shares the content of the byte buffers. */
  static Object join(int start, Buffer buffer, List<ByteBuffer> detached) {
    int typeEnd = start + 4 + buffer.getInt(start);
    String type = buffer.getString(start + 4, typeEnd, "UTF-8");
    int bodyEnd = typeEnd + 4 + buffer.getInt(typeEnd);
    try {
      return Wire.MAPPER
          .readerFor(MessageNames.classOf(type))
          .withAttribute(DETACHED, detached)
          .readValue(buffer.getBytes(typeEnd + 4, bodyEnd));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the index of a detached buffer in place of its bytes. */
  private static final class BytesWriter extends StdSerializer<ByteBuffer> {
    BytesWriter() {
      super(ByteBuffer.class);
    }

    @Override
    public void serialize(ByteBuffer value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      @SuppressWarnings("unchecked")
      List<ByteBuffer> detached = (List<ByteBuffer>) provider.getAttribute(DETACHED);
      if (detached == null || value.remaining() < LEAST_DETACHED_BYTES) {
        new ByteBufferSerializer().serialize(value, out, provider);
      } else {
        out.writeNumber(detached.size());
        detached.add(value);
      }
    }
  }

  private static final class BytesReader extends StdDeserializer<ByteBuffer> {
    BytesReader() {
      super(ByteBuffer.class);
    }

    @Override
    public ByteBuffer deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        return ByteBuffer.wrap(in.getBinaryValue());
      }
      List<?> detached = (List<?>) context.getAttribute(DETACHED);
      return (ByteBuffer) detached.get(in.getIntValue());
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
