package org.benchmarkresults.storage.imports;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.storage.document.BsonElements;
import org.benchmarkresults.storage.document.BsonSlice;
import org.bson.types.Decimal128;

/**
 * Converts a BSON value to JSON text in one pass over its bytes. All numeric types become plain
 * numbers; types without a JSON equivalent become MongoDB's relaxed Extended JSON (version 2).
 *
 * <p>A lone surrogate, which some drivers write although UTF-8 does not allow it, becomes its JSON
 * escape; other invalid UTF-8 is refused.
 */
final class BsonToJson {
  /** MongoDB allows 250 levels at most. */
  private static final int MAX_DEPTH = 1_000;

  /** The size of larger values is counted first: 16 MiB of NUL become 96 MiB of JSON. */
  private static final int MAX_UNCOUNTED = 2 << 20;

  private static final Instant LAST_ISO_DATE = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final HexFormat HEX = HexFormat.of();

  private final byte[] bytes;
  private final JsonBytes out;
  private int nonFinite;

  private BsonToJson(byte[] bytes, JsonBytes out) {
    this.bytes = bytes;
    this.out = out;
  }

  /**
   * The JSON text of the value.
   *
   * @throws NotUtf8Exception when a string or a key is not UTF-8
   * @throws IllegalArgumentException when the bytes are not BSON
   */
  static RawJson json(BsonSlice value) {
    JsonBytes out = new JsonBytes(value.size() > MAX_UNCOUNTED ? size(value) : value.size() + 16);
    BsonToJson conversion = new BsonToJson(value.bytes(), out);
    conversion.value(value.type(), value.from(), value.to(), 0);
    return new RawJson(out.content(), conversion.nonFinite);
  }

  private static int size(BsonSlice value) {
    JsonBytes counting = JsonBytes.counting();
    new BsonToJson(value.bytes(), counting).value(value.type(), value.from(), value.to(), 0);
    return counting.size();
  }

  private void value(byte type, int from, int to, int depth) {
    switch (type) {
      case BsonElements.DOUBLE -> number(Double.longBitsToDouble(BsonElements.int64(bytes, from)));
      case BsonElements.STRING -> text(from + 4, to - 1);
      case BsonElements.DOCUMENT -> document(from, to, depth + 1);
      case BsonElements.ARRAY -> array(from, to, depth + 1);
      case BsonElements.BOOLEAN -> out.ascii(bytes[from] == 0 ? "false" : "true");
      case BsonElements.NULL -> out.ascii("null");
      case BsonElements.INT32 -> out.ascii(Integer.toString(BsonElements.int32(bytes, from)));
      case BsonElements.INT64 -> out.ascii(Long.toString(BsonElements.int64(bytes, from)));
      case BsonElements.DECIMAL128 -> decimal(from);
      default -> extended(type, from, to, depth);
    }
  }

  private void extended(byte type, int from, int to, int depth) {
    switch (type) {
      case BsonElements.OBJECT_ID -> objectId(from);
      case BsonElements.DATE -> date(BsonElements.int64(bytes, from));
      case BsonElements.BINARY -> binary(from, to);
      case BsonElements.REGULAR_EXPRESSION -> regularExpression(from, to);
      case BsonElements.TIMESTAMP ->
          out.ascii(
              "{\"$timestamp\":{\"t\":" + unsigned(from + 4) + ",\"i\":" + unsigned(from) + "}}");
      case BsonElements.SYMBOL -> wrapped("{\"$symbol\":", from + 4, to - 1);
      case BsonElements.JAVASCRIPT -> wrapped("{\"$code\":", from + 4, to - 1);
      case BsonElements.JAVASCRIPT_WITH_SCOPE -> javaScript(from, to, depth);
      case BsonElements.DB_POINTER -> pointer(from, to);
      case BsonElements.MIN_KEY -> out.ascii("{\"$minKey\":1}");
      case BsonElements.MAX_KEY -> out.ascii("{\"$maxKey\":1}");
      case BsonElements.UNDEFINED -> out.ascii("{\"$undefined\":true}");
      default -> throw new IllegalArgumentException("BSON has no type " + type);
    }
  }

  private void document(int from, int to, int depth) {
    BsonElements elements = elements(from, to, depth);
    out.ascii("{");
    for (boolean first = true; elements.next(); first = false) {
      if (!first) {
        out.ascii(",");
      }
      text(elements.nameFrom(), elements.nameTo());
      out.ascii(":");
      value(elements.type(), elements.valueFrom(), elements.valueTo(), depth);
    }
    out.ascii("}");
  }

  private void array(int from, int to, int depth) {
    BsonElements elements = elements(from, to, depth);
    out.ascii("[");
    for (boolean first = true; elements.next(); first = false) {
      if (!first) {
        out.ascii(",");
      }
      value(elements.type(), elements.valueFrom(), elements.valueTo(), depth);
    }
    out.ascii("]");
  }

  private BsonElements elements(int from, int to, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("BSON is nested deeper than " + MAX_DEPTH + " levels");
    }
    return new BsonElements(bytes, from, to);
  }

  private void text(int from, int to) {
    out.text(bytes, from, to);
  }

  private void number(double value) {
    if (!Double.isFinite(value)) {
      nonFinite++;
    }
    out.ascii(DoubleText.of(value));
  }

  private void decimal(int from) {
    Decimal128 decimal =
        Decimal128.fromIEEE754BIDEncoding(
            BsonElements.int64(bytes, from + 8), BsonElements.int64(bytes, from));
    if (!decimal.isFinite()) {
      nonFinite++;
    }
    out.ascii(decimal.isNaN() ? "NaN" : decimal.toString());
  }

  private String unsigned(int from) {
    return Integer.toUnsignedString(BsonElements.int32(bytes, from));
  }

  private void objectId(int from) {
    out.ascii("{\"$oid\":\"" + HEX.formatHex(bytes, from, from + 12) + "\"}");
  }

  private void date(long millis) {
    boolean isIso = millis >= 0 && millis <= LAST_ISO_DATE.toEpochMilli();
    if (isIso) {
      out.ascii("{\"$date\":\"" + Instant.ofEpochMilli(millis) + "\"}");
    } else {
      out.ascii("{\"$date\":{\"$numberLong\":\"" + millis + "\"}}");
    }
  }

  private void binary(int from, int to) {
    byte subType = bytes[from + 4];
    // Subtype 2 repeats the length before the content.
    int contentFrom = from + (subType == 2 && to - from >= 9 ? 9 : 5);
    ByteBuffer content = ByteBuffer.wrap(bytes, contentFrom, to - contentFrom);
    out.ascii("{\"$binary\":{\"base64\":\"");
    out.ascii(StandardCharsets.ISO_8859_1.decode(Base64.getEncoder().encode(content)).toString());
    out.ascii("\",\"subType\":\"" + HEX.toHexDigits(subType) + "\"}}");
  }

  private void regularExpression(int from, int to) {
    int patternTo = BsonElements.endOfName(bytes, from);
    out.ascii("{\"$regularExpression\":{\"pattern\":");
    text(from, patternTo);
    out.ascii(",\"options\":");
    text(patternTo + 1, to - 1);
    out.ascii("}}");
  }

  private void javaScript(int from, int to, int depth) {
    int codeTo = from + 8 + BsonElements.int32(bytes, from + 4);
    out.ascii("{\"$code\":");
    text(from + 8, codeTo - 1);
    out.ascii(",\"$scope\":");
    document(codeTo, to, depth + 1);
    out.ascii("}");
  }

  private void pointer(int from, int to) {
    out.ascii("{\"$dbPointer\":{\"$ref\":");
    text(from + 4, to - 13);
    out.ascii(",\"$id\":");
    objectId(to - 12);
    out.ascii("}}");
  }

  private void wrapped(String start, int from, int to) {
    out.ascii(start);
    text(from, to);
    out.ascii("}");
  }
}
