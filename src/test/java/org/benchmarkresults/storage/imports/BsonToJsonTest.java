package org.benchmarkresults.storage.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.storage.BsonMeaning;
import org.benchmarkresults.storage.RandomBson;
import org.benchmarkresults.storage.document.BsonElements;
import org.benchmarkresults.storage.document.BsonSlice;
import org.bson.BsonBinary;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The conversion of BSON to JSON of the same meaning. */
class BsonToJsonTest {
  private static byte[] bytes(BsonDocument document) {
    BasicOutputBuffer out = new BasicOutputBuffer();
    new BsonDocumentCodec()
        .encode(new BsonBinaryWriter(out), document, EncoderContext.builder().build());
    return out.toByteArray();
  }

  private static RawJson json(byte[] document) {
    return BsonToJson.json(new BsonSlice(document, BsonElements.DOCUMENT, 0, document.length));
  }

  private static String text(BsonValue value) {
    String object = json(bytes(new BsonDocument("v", value))).text();
    return object.substring("{\"v\":".length(), object.length() - 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyTypeKeepsItsMeaning(long seed) {
    RandomBson random = new RandomBson(seed);
    for (int i = 0; i < 2_000; i++) {
      BsonDocument document = random.document(5);

      RawJson json = json(bytes(document));

      BsonMeaning.requireSame(document, json.text());
    }
  }

  @Test
  void numbersArePlain() {
    assertEquals("9007199254740993", text(new BsonInt64((1L << 53) + 1)));
    assertEquals("-0.0", text(new BsonDouble(-0.0)));
    assertEquals("1.0", text(new BsonDouble(1)));
    assertEquals("1e+308", text(new BsonDouble(1e308)));
    assertEquals("1.10", text(new BsonDecimal128(Decimal128.parse("1.10"))));
    assertEquals("1E+6111", text(new BsonDecimal128(Decimal128.parse("1E+6111"))));
  }

  @Test
  void nonFiniteNumbersAreCounted() {
    BsonDocument document =
        new BsonDocument("a", new BsonDouble(Double.NaN))
            .append("b", new BsonDouble(Double.NEGATIVE_INFINITY))
            .append("c", new BsonDecimal128(Decimal128.POSITIVE_INFINITY))
            .append("d", new BsonDecimal128(Decimal128.NEGATIVE_NaN))
            .append("e", new BsonString("NaN"));

    RawJson json = json(bytes(document));

    assertEquals("{\"a\":NaN,\"b\":-Infinity,\"c\":Infinity,\"d\":NaN,\"e\":\"NaN\"}", json.text());
    assertEquals(4, json.nonFinite());
  }

  @Test
  void otherTypesBecomeExtendedJson() {
    assertEquals(
        "{\"$date\":\"2025-08-06T12:00:00Z\"}", text(new BsonDateTime(1_754_481_600_000L)));
    assertEquals("{\"$date\":{\"$numberLong\":\"-1\"}}", text(new BsonDateTime(-1)));
    assertEquals(
        "{\"$binary\":{\"base64\":\"AQI=\",\"subType\":\"02\"}}",
        text(new BsonBinary((byte) 2, new byte[] {1, 2})));
  }

  /** A text of four bytes, of which the middle ones are given. */
  private static byte[] withText(int... middle) {
    byte[] document =
        bytes(new BsonDocument("k", new BsonString("<" + "?".repeat(middle.length) + ">")));
    int at = new String(document, StandardCharsets.ISO_8859_1).indexOf('?');
    for (int unit : middle) {
      document[at++] = (byte) unit;
    }
    return document;
  }

  @ParameterizedTest
  @CsvSource({
    "237,160,128,\\ud800",
    "237,191,191,\\udfff",
    "237,159,191,\ud7ff",
    "238,128,128,\ue000"
  })
  void loneSurrogateBecomesItsEscape(int first, int second, int third, String expected) {
    assertEquals("{\"k\":\"<" + expected + ">\"}", json(withText(first, second, third)).text());
  }

  @Test
  void invalidUtf8IsRefused() {
    int[][] broken = {
      {0xff},
      {0x80},
      {0xc0, 0x80},
      {0xc1, 0xbf},
      {0xe0, 0x9f, 0xbf},
      {0xf0, 0x8f, 0xbf, 0xbf},
      {0xf4, 0x90, 0x80, 0x80},
      {0xf5, 0x80, 0x80, 0x80},
      {0xc3},
      {0xe2, 0x82},
      {0xed, 0xa0}
    };
    for (int[] bytes : broken) {
      assertThrows(
          NotUtf8Exception.class, () -> json(withText(bytes)), () -> Arrays.toString(bytes));
    }
  }

  /** Against the decoder of the JDK, over every sequence of two and many of four bytes. */
  @Test
  void utf8ValidationMatchesTheJdk() {
    Random random = new Random(20260421);
    byte[] four = new byte[4];
    for (int i = 0; i < 300_000; i++) {
      random.nextBytes(four);
      four[0] |= (byte) 0xc0;
      int length = Utf8.length(four, 0, 4);
      for (int tried = 2; tried <= 4; tried++) {
        String text = Utf8.text(four, 0, tried);
        boolean oneCharacter = text != null && text.codePointCount(0, text.length()) == 1;
        assertEquals(oneCharacter, length == tried, () -> Arrays.toString(four));
      }
    }
  }

  @Test
  void invalidBsonIsRefused() {
    Random random = new Random(20260421);
    for (int i = 0; i < 20_000; i++) {
      byte[] document = bytes(new RandomBson(i).document(3));
      document[random.nextInt(document.length)] = (byte) random.nextInt();
      try {
        json(document);
      } catch (IllegalArgumentException | IndexOutOfBoundsException | NotUtf8Exception e) {
        // One of these is how it refuses.
      }
    }
  }

  @Test
  void keysAreUnchanged() {
    BsonDocument document =
        new BsonDocument("", new BsonInt64(1))
            .append("$oid", new BsonInt64(2))
            .append("a.b", new BsonInt64(3))
            .append("\"q\"", new BsonInt64(4));

    assertEquals("{\"\":1,\"$oid\":2,\"a.b\":3,\"\\\"q\\\"\":4}", json(bytes(document)).text());
  }

  @Test
  void duplicateKeysAreKept() {
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    byte[] element = {BsonElements.INT32, 'a', 0, 1, 0, 0, 0};
    twice.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(19).array());
    twice.writeBytes(element);
    twice.writeBytes(element);
    twice.write(0);

    assertEquals("{\"a\":1,\"a\":1}", json(twice.toByteArray()).text());
  }
}
