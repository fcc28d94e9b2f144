package org.benchmarkresults;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
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

/** Data that the replaced service stored and, for the most part, could not give back. */
final class PoisonedData {
  private PoisonedData() {}

  static List<BsonValue> all() {
    List<BsonValue> all = new ArrayList<>();
    for (BsonValue value : values()) {
      all.add(new BsonDocument("v", value));
    }
    all.addAll(values());
    all.add(nested(95));
    all.add(keys());
    all.add(longList());
    return all;
  }

  private static List<BsonValue> values() {
    return List.of(
        new BsonDouble(Double.NaN),
        new BsonDouble(Double.POSITIVE_INFINITY),
        new BsonDouble(Double.NEGATIVE_INFINITY),
        new BsonDouble(-0.0),
        new BsonDouble(1),
        new BsonDouble(1e308),
        new BsonDouble(Double.MIN_VALUE),
        new BsonInt32(Integer.MIN_VALUE),
        new BsonInt64((1L << 53) + 1),
        new BsonInt64(Long.MAX_VALUE),
        new BsonDecimal128(Decimal128.parse("1.10")),
        new BsonDecimal128(Decimal128.parse("9.999999999999999999999999999999999E+6144")),
        new BsonDecimal128(Decimal128.NaN),
        new BsonObjectId(new ObjectId()),
        new BsonDateTime(1_754_481_600_123L),
        new BsonDateTime(Long.MIN_VALUE),
        new BsonBinary(new byte[] {0, 1, -1}),
        new BsonBinary((byte) 4, new byte[16]),
        new BsonRegularExpression("^a\"/$", "i"),
        new BsonTimestamp(Integer.MAX_VALUE, -1),
        new BsonSymbol("symbol"),
        new BsonJavaScript("f()"),
        new BsonMinKey(),
        new BsonMaxKey(),
        new BsonUndefined(),
        BsonBoolean.TRUE,
        BsonNull.VALUE,
        new BsonString("NUL \u0000 and é한𝄞 \" \\ \u2028"),
        new BsonString(""),
        new BsonDocument(),
        new BsonArray());
  }

  private static BsonValue nested(int depth) {
    BsonValue value = new BsonDouble(Double.NaN);
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? new BsonArray(List.of(value)) : new BsonDocument("k", value);
    }
    return value;
  }

  private static BsonDocument keys() {
    return new BsonDocument("", new BsonInt32(1))
        .append("$oid", new BsonString("5f"))
        .append("$date", new BsonDocument("$numberLong", new BsonString("x")))
        .append("a.b", new BsonInt32(2))
        .append("$", new BsonInt32(3))
        .append("é \"q\"\n", new BsonInt32(4))
        .append("acc,none", new BsonDouble(0.433));
  }

  private static BsonArray longList() {
    BsonArray list = new BsonArray();
    IntStream.range(0, 100_000).forEach(i -> list.add(new BsonDouble(i / 7.0)));
    return list;
  }
}
