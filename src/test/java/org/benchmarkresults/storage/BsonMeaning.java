package org.benchmarkresults.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * Compares JSON text with the BSON that it was made of, both read by others: the text by Jackson's
 * tree, the BSON by the driver's own documents and, for what JSON has not, its own Extended JSON.
 */
public final class BsonMeaning {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();
  private static final JsonWriterSettings RELAXED =
      JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

  static {
    JSON.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build());
  }

  private BsonMeaning() {}

  /** Fails when the text does not mean the value. */
  public static void requireSame(BsonValue expected, String text) {
    try {
      same(expected, JSON.readTree(text), "");
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static void same(BsonValue expected, JsonNode actual, String path) {
    switch (expected.getBsonType()) {
      case DOCUMENT -> sameMembers(expected.asDocument(), actual, path);
      case ARRAY -> {
        assertTrue(actual.isArray(), path);
        assertEquals(expected.asArray().size(), actual.size(), path);
        for (int i = 0; i < actual.size(); i++) {
          same(expected.asArray().get(i), actual.get(i), path + "/" + i);
        }
      }
      case DOUBLE -> sameDouble(expected.asDouble().getValue(), actual, path);
      case STRING -> assertEquals(expected.asString().getValue(), actual.textValue(), path);
      case BOOLEAN -> assertEquals(expected.asBoolean().getValue(), actual.booleanValue(), path);
      case NULL -> assertTrue(actual.isNull(), path);
      case INT32, INT64 -> {
        assertTrue(actual.isIntegralNumber(), path);
        assertEquals(expected.asNumber().longValue(), actual.longValue(), path);
      }
      case DECIMAL128 -> sameDecimal(expected, actual, path);
      case JAVASCRIPT_WITH_SCOPE -> {
        var code = expected.asJavaScriptWithScope();
        assertEquals(2, actual.size(), path);
        assertEquals(code.getCode(), actual.path("$code").textValue(), path);
        sameMembers(code.getScope(), actual.path("$scope"), path + "/$scope");
      }
      // The driver writes a DBRef in its place, which is something else.
      case DB_POINTER -> {
        assertEquals(1, actual.size(), path);
        assertEquals(extended(expected), actual.path("$dbPointer"), path);
      }
      default -> assertEquals(extended(expected), actual, path);
    }
  }

  private static void sameMembers(BsonDocument expected, JsonNode actual, String path) {
    assertTrue(actual.isObject(), path);
    assertEquals(expected.size(), actual.size(), path);
    Iterator<Map.Entry<String, JsonNode>> members = actual.fields();
    expected.forEach(
        (name, value) -> {
          Map.Entry<String, JsonNode> member = members.next();
          assertEquals(name, member.getKey(), path);
          same(value, member.getValue(), path + "/" + name);
        });
  }

  private static void sameDouble(double expected, JsonNode actual, String path) {
    assertTrue(actual.isFloatingPointNumber(), path);
    if (actual.isDouble()) {
      assertEquals(expected, actual.doubleValue(), path);
    } else {
      // The shortest digits that mean the double, as the constructor from text finds them.
      assertEquals(0, BigDecimal.valueOf(expected).compareTo(actual.decimalValue()), path);
    }
  }

  private static void sameDecimal(BsonValue expected, JsonNode actual, String path) {
    var decimal = expected.asDecimal128().getValue();
    if (decimal.isFinite()) {
      BigDecimal number = new BigDecimal(decimal.toString());
      assertEquals(number.stripTrailingZeros(), actual.decimalValue().stripTrailingZeros(), path);
    } else {
      assertEquals(decimal.toString(), Double.toString(actual.doubleValue()), path);
    }
  }

  private static JsonNode extended(BsonValue value) {
    try {
      return JSON.readTree(new BsonDocument("v", value).toJson(RELAXED)).get("v");
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
