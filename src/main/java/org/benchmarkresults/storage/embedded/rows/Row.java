package org.benchmarkresults.storage.embedded.rows;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stored document without its data, if that is long: what is scanned. It is read as bytes, so
 * that a scan makes objects of the members that it needs alone.
 *
 * <p>The bytes are a checksum of the others in four bytes, the number of the data, 0 for none, in
 * eight, and the BSON, in which the data that stands elsewhere is a null.
 */
public final class Row {
  static final String DATA = "data";
  private static final KeyBytes ABSENT = OrderedBytes.type(OrderedBytes.ABSENT);
  static final int LONGEST_INLINE_DATA = 512;
  private static final byte TEXT = 0x02;
  private static final byte MOMENT = 0x09;
  private static final int BSON = Checksum.LENGTH + Long.BYTES;

  /** The name of a member, and how it is written. */
  public static final class Name {
    private final String text;
    private final byte[] bytes;

    public Name(String text) {
      this.text = text;
      bytes = text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private final byte[] bytes;
  private final ByteBuf buffer;

  private Row(byte[] bytes) {
    this.bytes = bytes;
    buffer = Unpooled.wrappedBuffer(bytes);
  }

  public static Row of(byte[] stored) {
    Checksum.check(stored);
    return new Row(stored);
  }

  /** The data of a document that stands apart from its row; null when it is short or no binary. */
  public static byte @Nullable [] dataApart(Document document) {
    return document.get(DATA) instanceof BinData binary
            && binary.getData().length > LONGEST_INLINE_DATA
        ? binary.getData()
        : null;
  }

  /**
   * The row of a document.
   *
   * @param dataNumber of its data that stands apart; 0 for none
   */
  public static byte[] bytes(Document document, long dataNumber) {
    Document row = document;
    if (dataNumber != 0) {
      row = document.clone();
      row.put(DATA, null);
    }
    ByteBuf buffer = Unpooled.buffer();
    buffer.writeZero(Checksum.LENGTH);
    buffer.writeLong(dataNumber);
    BsonEncoder.encodeDocument(row, buffer);
    return Checksum.set(ByteBufUtil.getBytes(buffer));
  }

  long dataNumber() {
    return buffer.getLong(Checksum.LENGTH);
  }

  /** All members but data that stands apart, which is null. */
  Document document() {
    return BsonDecoder.decodeBson(buffer.duplicate().readerIndex(BSON));
  }

  /** Some of the members. */
  Document document(Set<Name> members) {
    Document document = new Document();
    for (Name member : members) {
      int at = find(member.bytes);
      if (at >= 0) {
        int value = at + member.bytes.length + 2;
        document.put(
            member.text, BsonDecoder.decodeValue(bytes[at], buffer.duplicate().readerIndex(value)));
      }
    }
    return document;
  }

  /** The UTF-8 bytes of a member that is a text; null when it is none. */
  public byte @Nullable [] text(Name member) {
    int at = find(member.bytes);
    if (at < 0 || bytes[at] != TEXT) {
      return null;
    }
    int length = at + member.bytes.length + 2;
    int value = length + Integer.BYTES;
    return Arrays.copyOfRange(bytes, value, value + buffer.getIntLE(length) - 1);
  }

  /** A member that is a moment, in milliseconds since 1970; 0 when it is none. */
  public long moment(Name member) {
    int at = find(member.bytes);
    return at < 0 || bytes[at] != MOMENT ? 0 : buffer.getLongLE(at + member.bytes.length + 2);
  }

  /** Whether the values of the fields may match; values that are no simple ones always may. */
  boolean mayFit(Map<Name, Interval> intervals) {
    for (Map.Entry<Name, Interval> bounded : intervals.entrySet()) {
      byte[] name = bounded.getKey().bytes;
      int at = find(name);
      if (at < 0
          ? !bounded.getValue().mayHold(ABSENT)
          : !mayHold(bounded.getValue(), at, name.length)) {
        return false;
      }
    }
    return true;
  }

  private boolean mayHold(Interval interval, int at, int nameLength) {
    byte type = bytes[at];
    if (!isSimple(type)) {
      return true;
    }
    Object value =
        BsonDecoder.decodeValue(type, buffer.duplicate().readerIndex(at + nameLength + 2));
    return interval.mayHold(OrderedBytes.of(value));
  }

  private static boolean isSimple(byte type) {
    return switch (type) {
      case 0x01, 0x02, 0x07, 0x08, 0x09, 0x0A, 0x10, 0x12 -> true;
      default -> false;
    };
  }

  /** The offset of the element of a field, with its type; negative when there is none. */
  private int find(byte[] name) {
    int at = BSON + Integer.BYTES;
    while (bytes[at] != 0) {
      int start = at + 1;
      int end = nameEnd(start);
      if (Arrays.equals(bytes, start, end, name, 0, name.length)) {
        return at;
      }
      at = end + 1 + length(bytes[at], end + 1);
    }
    return -1;
  }

  private int nameEnd(int start) {
    int end = start;
    while (bytes[end] != 0) {
      end++;
    }
    return end;
  }

  private int length(byte type, int value) {
    return switch (type) {
      case 0x01, 0x09, 0x11, 0x12 -> 8;
      case 0x02, 0x0D -> 4 + buffer.getIntLE(value);
      case 0x03, 0x04 -> buffer.getIntLE(value);
      case 0x05 -> 5 + buffer.getIntLE(value);
      case 0x07 -> 12;
      case 0x08 -> 1;
      case 0x0B -> {
        int pattern = nameEnd(value);
        yield nameEnd(pattern + 1) + 1 - value;
      }
      case 0x10 -> 4;
      case 0x13 -> 16;
      case 0x06, 0x0A, 0x7F, (byte) 0xFF -> 0;
      default -> throw new IllegalStateException("unknown BSON type " + type);
    };
  }
}
