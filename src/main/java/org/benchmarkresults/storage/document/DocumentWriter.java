package org.benchmarkresults.storage.document;

import io.vertx.core.json.JsonArray;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.text.ExactLong;
import org.benchmarkresults.model.text.Timestamps;
import org.bson.BsonBinary;
import org.bson.BsonBinaryWriter;
import org.bson.RawBsonDocument;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the document of a result as the bytes that the database gets, without a tree of it before.
 * {@link ResultDocument} has the names of the fields and reads them back.
 */
public final class DocumentWriter {
  /** All but the data of a usual document. */
  private static final int ENVELOPE_BYTES = 1 << 10;

  private static final int LONGEST_INDEXED_TEXT = 1024;

  /** 2^53: beyond it there are whole numbers that no binary64 is. */
  private static final double FIRST_INEXACT = 0x1p53;

  private final BsonBinaryWriter bson;

  private DocumentWriter(BsonBinaryWriter bson) {
    this.bson = bson;
  }

  /** The document of a version of the result in a life, its data where {@code data} says. */
  public static RawBsonDocument document(
      Result result, StoredData data, int version, Generation lineage) {
    return document(result, data, version, lineage, Annotations.NONE);
  }

  /** The same with annotations. */
  public static RawBsonDocument document(
      Result result, StoredData data, int version, Generation lineage, Annotations annotations) {
    int inline = data instanceof StoredData.Inline there ? there.bytes().remaining() : 0;
    BasicOutputBuffer bytes = new BasicOutputBuffer(ENVELOPE_BYTES + inline);
    try (BsonBinaryWriter bson = new BsonBinaryWriter(bytes)) {
      new DocumentWriter(bson).write(result, data, version, lineage, annotations);
    }
    return new RawBsonDocument(bytes.getInternalBuffer(), 0, bytes.getSize());
  }

  private void write(
      Result result, StoredData data, int version, Generation lineage, Annotations annotations) {
    bson.writeStartDocument();
    envelope(result.envelope());
    moment(ResultDocument.INSTANT, Timestamps.instantOf(result.envelope().key().timestamp()));
    moment(ResultDocument.RECEIVED_AT, result.receivedAt());
    moment(ResultDocument.FIRST_RECEIVED_AT, lineage.firstReceivedAt());
    lineage.write(bson);
    AnnotationFields.write(annotations, bson);
    bson.writeInt32(ResultDocument.VERSION, version);
    bson.writeString(ResultDocument.DIGEST, result.digest().text());
    bson.writeInt64(ResultDocument.SIZE, result.data().size());
    nonFinite(
        ResultDocument.NON_FINITE,
        result.data().nonFinite() + ResultDocument.nonFinite(result.envelope().extra()));
    if (!result.envelope().extra().isEmpty()) {
      extra(result.envelope().extra());
    }
    switch (data) {
      case StoredData.Inline there -> binary(ResultDocument.DATA, there.bytes());
      case StoredData.Chunked chunked -> {
        bson.writeString(ResultDocument.UPLOAD, chunked.upload());
        bson.writeInt32(ResultDocument.CHUNKS, chunked.count());
        bson.writeBoolean(ResultDocument.MULTILINE, chunked.multiline());
      }
    }
    bson.writeEndDocument();
  }

  private void envelope(Envelope envelope) {
    ResultKey key = envelope.key();
    bson.writeString(ResultDocument.ID, key.resultName());
    bson.writeString(ResultDocument.TIMESTAMP, key.timestamp());
    bson.writeString(ResultDocument.BENCHMARK_NAME, key.benchmarkName());
    bson.writeString(ResultDocument.RUN_ID, key.runId());
    text(ResultDocument.MODEL_ID, envelope.modelId());
    text(ResultDocument.TOKENIZER_ID, envelope.tokenizerId());
    text(ResultDocument.SOURCE, envelope.source());
  }

  private void text(String field, @Nullable String text) {
    if (text == null) {
      bson.writeNull(field);
    } else {
      bson.writeString(field, text);
    }
  }

  private void moment(String field, @Nullable Instant moment) {
    if (moment == null) {
      bson.writeNull(field);
    } else {
      bson.writeDateTime(field, moment.toEpochMilli());
    }
  }

  private void nonFinite(String field, int count) {
    if (count > 0) {
      bson.writeInt32(field, count);
    }
  }

  private void binary(String field, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    bson.writeBinaryData(field, new BsonBinary(copy));
  }

  private void extra(List<ExtraField> members) {
    bson.writeStartArray(ResultDocument.EXTRA);
    for (ExtraField member : members) {
      bson.writeStartDocument();
      bson.writeString(ResultDocument.EXTRA_NAME, member.name());
      String simple = simpleText(member.value());
      Double number = number(member.value());
      if (simple != null && number != null) {
        number(simple, number);
      } else if (simple != null) {
        bson.writeString(ResultDocument.EXTRA_VALUE, simple);
      }
      binary(ResultDocument.EXTRA_JSON, member.value().bytes());
      nonFinite(ResultDocument.EXTRA_NON_FINITE, member.value().nonFinite());
      bson.writeEndDocument();
    }
    bson.writeEndArray();
  }

  /** Found by its spelling and by the plain one, and compared exactly as far as a long goes. */
  private void number(String spelling, double number) {
    String plain = NumberSpellings.plain(spelling);
    if (plain == null || plain.equals(spelling)) {
      bson.writeString(ResultDocument.EXTRA_VALUE, spelling);
    } else {
      bson.writeStartArray(ResultDocument.EXTRA_VALUE);
      bson.writeString(spelling);
      bson.writeString(plain);
      bson.writeEndArray();
    }
    Long exact = Math.abs(number) < FIRST_INEXACT ? null : ExactLong.of(spelling);
    if (exact == null) {
      bson.writeDouble(ResultDocument.EXTRA_NUMBER, number);
    } else {
      bson.writeInt64(ResultDocument.EXTRA_NUMBER, exact);
    }
  }

  /** The indexed form: a string without its quotes, a number or literal as it was sent. */
  private static @Nullable String simpleText(RawJson value) {
    if (value.size() > LONGEST_INDEXED_TEXT) {
      return null;
    }
    String text = value.text();
    return switch (text.charAt(0)) {
      case '{', '[' -> null;
      case '"' -> unescaped(text);
      default -> text;
    };
  }

  /** Half a surrogate pair cannot be stored as text, nor sent in a question. */
  private static @Nullable String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text.substring(1, text.length() - 1);
    }
    String read = new JsonArray("[" + text + "]").getString(0);
    return StandardCharsets.UTF_8.newEncoder().canEncode(read) ? read : null;
  }

  /** The form for comparisons of numbers; null for anything else. */
  private static @Nullable Double number(RawJson value) {
    if (value.nonFinite() > 0 || value.size() > LONGEST_INDEXED_TEXT) {
      return null;
    }
    String text = value.text();
    boolean isNumber = text.charAt(0) == '-' || Character.isDigit(text.charAt(0));
    return isNumber ? Double.valueOf(text) : null;
  }
}
