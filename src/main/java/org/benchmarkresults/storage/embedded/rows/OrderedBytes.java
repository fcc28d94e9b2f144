package org.benchmarkresults.storage.embedded.rows;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Values as bytes whose order is the order of the values within one type: that of the server's own
 * comparator, which compares texts by UTF-16 units and all numbers as doubles. The first byte is
 * the type.
 */
public final class OrderedBytes {
  static final byte ABSENT = 1;
  static final byte NUMBER = 2;
  static final byte TEXT = 3;
  static final byte OBJECT_ID = 4;
  static final byte FLAG = 5;
  static final byte MOMENT = 6;
  static final byte OTHER = 7;

  private OrderedBytes() {}

  public static KeyBytes of(@Nullable Object value) {
    if (Missing.isNullOrMissing(value)) {
      return new KeyBytes(new byte[] {ABSENT});
    }
    return switch (value) {
      case String text -> text(text);
      case Instant moment -> number(MOMENT, moment.toEpochMilli() ^ Long.MIN_VALUE);
      case Integer number -> real(number.doubleValue());
      case Long number -> real(number.doubleValue());
      case Double number -> real(number);
      case Boolean flag -> new KeyBytes(new byte[] {FLAG, (byte) (flag ? 1 : 0)});
      case ObjectId id -> typed(OBJECT_ID, id.toByteArray());
      case null, default -> other(value);
    };
  }

  /** The least key of texts, and the least one that is greater than all texts. */
  static KeyBytes type(byte type) {
    return new KeyBytes(new byte[] {type});
  }

  private static KeyBytes number(byte type, long ordered) {
    return new KeyBytes(ByteBuffer.allocate(1 + Long.BYTES).put(type).putLong(ordered).array());
  }

  static KeyBytes real(double real) {
    long bits = Double.doubleToLongBits(real == 0 ? 0 : real);
    return number(NUMBER, bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
  }

  /** Each UTF-16 unit in one to three bytes, of which none is 0; a 0 ends the text. */
  private static KeyBytes text(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 8);
    out.write(TEXT);
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 2) {
        out.write(1);
        out.write(unit + 1);
      } else if (unit < 0x80) {
        out.write(unit);
      } else if (unit < 0x800) {
        out.write(0xC0 | (unit >> 6));
        out.write(0x80 | (unit & 0x3F));
      } else {
        out.write(0xE0 | (unit >> 12));
        out.write(0x80 | ((unit >> 6) & 0x3F));
        out.write(0x80 | (unit & 0x3F));
      }
    }
    out.write(0);
    return new KeyBytes(out.toByteArray());
  }

  /** In no order that means anything, but the same for the same value. */
  private static KeyBytes other(@Nullable Object value) {
    ByteBuf buffer = Unpooled.buffer();
    BsonEncoder.encodeDocument(new Document("", value), buffer);
    return typed(OTHER, ByteBufUtil.getBytes(buffer));
  }

  private static KeyBytes typed(byte type, byte[] bytes) {
    return new KeyBytes(ByteBuffer.allocate(1 + bytes.length).put(type).put(bytes).array());
  }
}
