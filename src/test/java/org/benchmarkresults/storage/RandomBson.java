package org.benchmarkresults.storage;

import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** Documents of every type that BSON has, at the edges of what they may hold. */
public final class RandomBson {
  private static final String[] TEXTS = {
    "",
    "a",
    "\u0000",
    "\"\\/\b\f\n\r\t\u001f\u007f",
    "é한漢𝄞\u2028",
    "$oid",
    "a.b",
    "NaN",
    "{\"a\":1}"
  };
  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    1.0,
    0.1,
    1e308,
    -1e-308,
    Double.MIN_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    1e16,
    1e-5
  };
  private static final String[] DECIMALS = {
    "1.10",
    "0",
    "-0",
    "1E+6111",
    "9.999999999999999999999999999999999E-6143",
    "NaN",
    "Infinity",
    "-Infinity",
    "12345678901234567890.5"
  };
  private static final long[] LONGS = {
    0,
    1,
    -1,
    (1L << 53) + 1,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1_753_000_000_123L,
    253_402_300_799_999L,
    253_402_300_800_000L
  };

  private final Random random;

  public RandomBson(long seed) {
    random = new Random(seed);
  }

  public BsonDocument document(int depth) {
    BsonDocument document = new BsonDocument();
    int members = random.nextInt(6);
    for (int i = 0; i < members; i++) {
      // A text with NUL is no name in BSON.
      String name = TEXTS[random.nextInt(TEXTS.length)].replace("\u0000", "") + (i == 0 ? "" : i);
      document.put(name, value(depth - 1));
    }
    return document;
  }

  BsonValue value(int depth) {
    return switch (random.nextInt(depth > 0 ? 23 : 19)) {
      case 0 -> new BsonDouble(DOUBLES[random.nextInt(DOUBLES.length)]);
      case 1 -> new BsonDouble(Double.longBitsToDouble(random.nextLong()));
      case 2 -> new BsonString(text());
      case 3 -> BsonBoolean.valueOf(random.nextBoolean());
      case 4 -> BsonNull.VALUE;
      case 5 -> new BsonInt32(random.nextInt());
      case 6 -> new BsonInt64(LONGS[random.nextInt(LONGS.length)]);
      case 7 -> new BsonDecimal128(Decimal128.parse(DECIMALS[random.nextInt(DECIMALS.length)]));
      case 8 -> new BsonObjectId(new ObjectId(bytes(12)));
      case 9 -> new BsonDateTime(LONGS[random.nextInt(LONGS.length)]);
      case 10 -> new BsonBinary((byte) random.nextInt(7), bytes(16));
      case 11 -> new BsonRegularExpression("a\"b/.*", "im");
      case 12 -> new BsonTimestamp(random.nextLong());
      case 13 -> new BsonSymbol(text());
      case 14 -> new BsonJavaScript(text());
      case 15 -> new BsonDbPointer(text(), new ObjectId(bytes(12)));
      case 16 -> new BsonMinKey();
      case 17 -> new BsonMaxKey();
      case 18 -> new BsonUndefined();
      case 19 -> new BsonJavaScriptWithScope(text(), document(depth - 1));
      case 20 -> array(depth);
      default -> document(depth);
    };
  }

  private BsonArray array(int depth) {
    BsonArray array = new BsonArray();
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      array.add(value(depth - 1));
    }
    return array;
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)] + TEXTS[random.nextInt(TEXTS.length)];
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
