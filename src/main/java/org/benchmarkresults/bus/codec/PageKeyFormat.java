package org.benchmarkresults.bus.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import org.benchmarkresults.model.search.PageKey;

/**
 * A page key on the wire. Release 0.1 had a record for each kind of page, which named the same
 * values {@code firstReceivedAt} or {@code receivedAt}, and {@code resultName} or {@code id}: all
 * names are written, and whichever is there is read.
 */
public final class PageKeyFormat {
  private static final String MOMENT = "moment";
  private static final String TEXT = "text";
  private static final String RECEIVED_AT = "receivedAt";
  private static final String FIRST_RECEIVED_AT = "firstReceivedAt";
  private static final String KIND = "kind";
  private static final String ID = "id";
  private static final String RESULT_NAME = "resultName";

  private PageKeyFormat() {}

  public static final class Writer extends StdSerializer<PageKey> {
    public Writer() {
      super(PageKey.class);
    }

    @Override
    public void serialize(PageKey key, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      provider.defaultSerializeField(MOMENT, key.moment(), out);
      out.writeStringField(TEXT, key.text());
      provider.defaultSerializeField(RECEIVED_AT, key.receivedAt(), out);
      provider.defaultSerializeField(FIRST_RECEIVED_AT, key.receivedAt(), out);
      out.writeNumberField(KIND, key.kind());
      out.writeStringField(ID, key.id());
      out.writeStringField(RESULT_NAME, key.id());
      out.writeEndObject();
    }
  }

  public static final class Reader extends StdDeserializer<PageKey> {
    public Reader() {
      super(PageKey.class);
    }

    @Override
    public PageKey deserialize(JsonParser in, DeserializationContext context) throws IOException {
      JsonNode key = context.readTree(in);
      return new PageKey(
          key.hasNonNull(MOMENT) ? instant(key.get(MOMENT), context) : null,
          key.hasNonNull(TEXT) ? key.get(TEXT).textValue() : null,
          instant(
              key.has(RECEIVED_AT) ? key.get(RECEIVED_AT) : key.get(FIRST_RECEIVED_AT), context),
          key.path(KIND).intValue(),
          (key.has(ID) ? key.get(ID) : key.get(RESULT_NAME)).textValue());
    }

    private static Instant instant(JsonNode node, DeserializationContext context)
        throws IOException {
      return context.readTreeAsValue(node, Instant.class);
    }
  }
}
