package org.benchmarkresults;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** Records of which no result can be made, each under the reason that must be given. */
final class PoisonedRecords {
  private PoisonedRecords() {}

  static Map<String, BsonDocument> all() {
    Map<String, BsonDocument> all = new LinkedHashMap<>();
    all.put("it has no timestamp", without("timestamp"));
    all.put("it has no benchmark_name", with("benchmark_name", BsonNull.VALUE));
    all.put("it has no data", without("data"));
    all.put(
        "its timestamp is neither a string, nor a number, nor a date",
        with("timestamp", new BsonArray()));
    all.put("its timestamp is NaN", with("timestamp", new BsonDouble(Double.NaN)));
    all.put("its benchmark_name is not a string", with("benchmark_name", new BsonInt32(1)));
    all.put(
        "its benchmark_name is longer than 512 characters",
        with("benchmark_name", new BsonString("x".repeat(513))));
    all.put(
        "its members beside data are larger than 262144 bytes together",
        with("log", new BsonString("x".repeat(300_000))));
    all.put("its timestamp is not UTF-8", with("timestamp", new BsonString("<bad>")));
    all.put("a string in it is not UTF-8", with("data", new BsonString("<bad>")));
    all.replaceAll((reason, record) -> withBrokenBytes(record));
    return all;
  }

  private static BsonDocument with(String name, BsonValue value) {
    return ImportDatabases.record("r", new BsonInt32(1)).append(name, value);
  }

  private static BsonDocument without(String name) {
    BsonDocument record = ImportDatabases.record("r", new BsonInt32(1));
    record.remove(name);
    return record;
  }

  /** With bytes that are no UTF-8 in place of {@code bad}. */
  private static BsonDocument withBrokenBytes(BsonDocument record) {
    BasicOutputBuffer out = new BasicOutputBuffer();
    BsonDocument identified = new BsonDocument("_id", new BsonObjectId());
    identified.putAll(record);
    new BsonDocumentCodec()
        .encode(new BsonBinaryWriter(out), identified, EncoderContext.builder().build());
    byte[] bytes = out.toByteArray();
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("<bad>");
    if (at >= 0) {
      bytes[at + 2] = (byte) 0xff;
    }
    return new RawBsonDocument(bytes);
  }
}
