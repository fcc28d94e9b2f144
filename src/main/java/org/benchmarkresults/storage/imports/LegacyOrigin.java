package org.benchmarkresults.storage.imports;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.benchmarkresults.model.imports.Imported.Origin;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.storage.document.BsonElements;
import org.benchmarkresults.storage.document.BsonSlice;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** Identifies a legacy document, for messages and as a checkpoint. */
final class LegacyOrigin {
  private static final int MAX_SHOWN_BYTES = 1024;

  private LegacyOrigin() {}

  static Origin of(byte[] bytes, int from, int to) {
    return new Origin(shown(member("_id", bytes, from, to)), shown(member("pk", bytes, from, to)));
  }

  private static String shown(@Nullable BsonSlice value) {
    if (value == null) {
      return "null";
    }
    if (value.size() > MAX_SHOWN_BYTES) {
      return "\"(" + value.size() + " bytes)\"";
    }
    try {
      RawJson json = BsonToJson.json(value);
      return json.nonFinite() == 0 ? json.text() : "\"(contains NaN or infinities)\"";
    } catch (NotUtf8Exception e) {
      return "\"(not UTF-8)\"";
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return "\"(not BSON)\"";
    }
  }

  /** The checkpoint: a BSON document with only the {@code _id}, byte for byte, in base64. */
  static String position(RawBsonDocument document) {
    ByteBuffer bytes = document.getByteBuffer().asNIO();
    int from = bytes.arrayOffset() + bytes.position();
    BsonSlice id = member("_id", bytes.array(), from, from + bytes.remaining());
    if (id == null) {
      throw new IllegalStateException("a document has no _id");
    }
    int length = 4 + 1 + "_id".length() + 1 + id.size() + 1;
    ByteBuffer alone = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    alone
        .putInt(length)
        .put(id.type())
        .put((byte) '_')
        .put((byte) 'i')
        .put((byte) 'd')
        .put((byte) 0);
    alone.put(id.bytes(), id.from(), id.size()).put((byte) 0);
    return Base64.getEncoder().encodeToString(alone.array());
  }

  /** Decodes a {@link #position}. */
  static RawBsonDocument document(String position) {
    return new RawBsonDocument(Base64.getDecoder().decode(position));
  }

  private static @Nullable BsonSlice member(String name, byte[] bytes, int from, int to) {
    try {
      BsonElements elements = new BsonElements(bytes, from, to);
      while (elements.next()) {
        if (name.equals(Utf8.text(bytes, elements.nameFrom(), elements.nameTo()))) {
          return elements.value();
        }
      }
      return null;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }
}
