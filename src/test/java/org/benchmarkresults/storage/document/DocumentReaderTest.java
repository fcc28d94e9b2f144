package org.benchmarkresults.storage.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
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
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentReaderTest {
  private static final BsonDocument NESTED =
      new BsonDocument("a", new BsonArray(List.of(new BsonInt32(1), new BsonDocument())));

  @ParameterizedTest
  @MethodSource("passedBy")
  void whatIsNotReadIsPassedByWhole(BsonValue value) {
    DocumentReader reader =
        reader(new BsonDocument("passed_by", value).append("next", new BsonString("read")));

    assertTrue(reader.next());

    assertTrue(reader.next());
    assertEquals("next", reader.name());
    assertEquals("read", reader.text());
    assertFalse(reader.next());
  }

  private static List<BsonValue> passedBy() {
    return List.of(
        new BsonDouble(1.5),
        new BsonString("é\0"),
        NESTED,
        new BsonArray(List.of(NESTED)),
        new BsonBinary(new byte[300]),
        new BsonUndefined(),
        new BsonObjectId(),
        BsonBoolean.TRUE,
        new BsonDateTime(1),
        BsonNull.VALUE,
        new BsonJavaScript("f()"),
        new BsonSymbol("s"),
        new BsonJavaScriptWithScope("f()", NESTED),
        new BsonInt32(1),
        new BsonTimestamp(1, 2),
        new BsonInt64(1),
        new BsonDecimal128(Decimal128.NaN),
        new BsonRegularExpression("a", "i"),
        new BsonMinKey(),
        new BsonMaxKey());
  }

  @Test
  void valuesAreReadAsTheyWereWritten() {
    DocumentReader reader =
        reader(
            new BsonDocument("text", new BsonString("é\0\uD83D\uDE00"))
                .append("no_text", BsonNull.VALUE)
                .append("moment", new BsonDateTime(-1))
                .append("no_moment", BsonNull.VALUE)
                .append("int", new BsonInt32(-2))
                .append("long", new BsonInt64(Long.MIN_VALUE))
                .append("true", BsonBoolean.TRUE)
                .append("false", BsonBoolean.FALSE)
                .append("empty", new BsonString("")));

    assertEquals("é\0\uD83D\uDE00", next("text", reader).text());
    assertNull(next("no_text", reader).textOrNull());
    assertEquals(Instant.ofEpochMilli(-1), next("moment", reader).momentOrNull());
    assertNull(next("no_moment", reader).momentOrNull());
    assertEquals(-2, next("int", reader).integer());
    assertEquals(Long.MIN_VALUE, next("long", reader).integer());
    assertTrue(next("true", reader).truth());
    assertFalse(next("false", reader).truth());
    assertEquals("", next("empty", reader).textOrNull());
    assertFalse(reader.next());
  }

  @Test
  void aBinaryIsTheBytesAlone() {
    byte[] bytes = {1, 0, -1};
    DocumentReader reader =
        reader(new BsonDocument("a", new BsonInt32(1)).append("bytes", new BsonBinary(bytes)));
    reader.next();

    ByteBuffer read = next("bytes", reader).binary();

    byte[] copy = new byte[read.remaining()];
    read.get(copy);
    assertArrayEquals(bytes, copy);
    assertEquals(3, read.capacity());
  }

  @Test
  void whatIsNestedHasAReaderOfItsOwn() {
    DocumentReader reader =
        reader(new BsonDocument("nested", NESTED).append("next", new BsonInt32(7)));

    DocumentReader nested = next("nested", reader).within();
    DocumentReader array = next("a", nested).within();
    assertEquals(1, next("0", array).integer());
    DocumentReader empty = next("1", array).within();

    assertFalse(empty.next());
    assertFalse(array.next());
    assertFalse(nested.next());
    assertEquals(7, next("next", reader).integer());
    assertFalse(reader.next());
  }

  @Test
  void aDocumentMayLieAnywhereInItsArray() {
    RawBsonDocument whole = raw(new BsonDocument("a", new BsonInt32(3)));
    byte[] bytes = whole.getByteBuffer().array();
    byte[] shifted = new byte[bytes.length + 5];
    System.arraycopy(bytes, 0, shifted, 5, bytes.length);
    int length = whole.getByteBuffer().remaining();

    DocumentReader reader = new DocumentReader(new RawBsonDocument(shifted, 5, length));

    assertEquals(3, next("a", reader).integer());
  }

  @Test
  void aValueOfAnotherTypeIsRefused() {
    BsonDocument document = new BsonDocument("version", new BsonString("1"));

    var refused =
        assertThrows(
            IllegalStateException.class, () -> next("version", reader(document)).integer());

    assertEquals("BSON type 2 in version, not 18", refused.getMessage());
    assertThrows(IllegalStateException.class, () -> next("version", reader(document)).moment());
    assertThrows(IllegalStateException.class, () -> next("version", reader(document)).truth());
    assertThrows(IllegalStateException.class, () -> next("version", reader(document)).binary());
    assertThrows(IllegalStateException.class, () -> next("version", reader(document)).within());
    BsonDocument pattern = new BsonDocument("a", new BsonRegularExpression("b"));
    assertThrows(IllegalStateException.class, () -> next("a", reader(pattern)).text());
  }

  private static DocumentReader next(String name, DocumentReader reader) {
    assertTrue(reader.next());
    assertEquals(name, reader.name());
    return reader;
  }

  private static DocumentReader reader(BsonDocument document) {
    return new DocumentReader(raw(document));
  }

  private static RawBsonDocument raw(BsonDocument document) {
    return new RawBsonDocument(document, new BsonDocumentCodec());
  }
}
