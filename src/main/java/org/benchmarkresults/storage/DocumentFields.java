package org.benchmarkresults.storage;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.Digest;
import org.benchmarkresults.model.Envelope;
import org.benchmarkresults.model.Member;
import org.benchmarkresults.model.RawJson;
import org.benchmarkresults.model.ResultKey;
import org.benchmarkresults.model.ResultSummary;
import org.benchmarkresults.model.StoredData;
import org.bson.BsonBinary;
import org.bson.BsonBinaryReader;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/** The fields of one result's document as they come by in its bytes. */
final class DocumentFields {
  private String id = "";
  private @Nullable Instant deletedAt;
  private String timestamp = "";
  private String benchmarkName = "";
  private String runId = "";
  private @Nullable String modelId;
  private @Nullable String tokenizerId;
  private @Nullable String source;
  private @Nullable Instant instant;
  private Instant receivedAt = Instant.EPOCH;
  private Instant firstReceivedAt = Instant.EPOCH;
  private int version;
  private String digest = "";
  private long size;
  private int nonFinite;
  private List<Member> extra = List.of();
  private ByteBuffer data = ByteBuffer.allocate(0);
  private @Nullable String upload;
  private int chunks;
  private boolean multiline = true;
  private @Nullable String life;
  private List<Lineage.Ancestor> ancestors = List.of();

  DocumentFields(BsonBinaryReader reader) {
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      field(reader.readName(), reader);
    }
  }

  private void field(String name, BsonBinaryReader reader) {
    switch (name) {
      case ResultDocument.ID -> id = reader.readString();
      case ResultDocument.DELETED_AT -> deletedAt = moment(reader);
      case ResultDocument.TIMESTAMP -> timestamp = reader.readString();
      case ResultDocument.BENCHMARK_NAME -> benchmarkName = reader.readString();
      case ResultDocument.RUN_ID -> runId = reader.readString();
      case ResultDocument.MODEL_ID -> modelId = text(reader);
      case ResultDocument.TOKENIZER_ID -> tokenizerId = text(reader);
      case ResultDocument.SOURCE -> source = text(reader);
      case ResultDocument.INSTANT -> instant = moment(reader);
      case ResultDocument.RECEIVED_AT -> receivedAt = Instant.ofEpochMilli(reader.readDateTime());
      case ResultDocument.FIRST_RECEIVED_AT -> firstReceivedAt = Instant.ofEpochMilli(reader.readDateTime());
      case ResultDocument.VERSION -> version = (int) integer(reader);
      case ResultDocument.DIGEST -> digest = reader.readString();
      case ResultDocument.SIZE -> size = integer(reader);
      case ResultDocument.NON_FINITE -> nonFinite = (int) integer(reader);
      case ResultDocument.EXTRA -> extra = members(reader);
      case ResultDocument.DATA -> data = bytes(reader);
      case ResultDocument.UPLOAD -> upload = reader.readString();
      case ResultDocument.MULTILINE -> multiline = reader.readBoolean();
      case ResultDocument.CHUNKS -> chunks = (int) integer(reader);
      case Lineage.LIFE -> life = reader.readString();
      case Lineage.ANCESTORS -> ancestors = Lineage.readAncestors(reader);
      default -> reader.skipValue();
    }
  }

  StoredResult result() {
    ResultKey key = new ResultKey(timestamp, benchmarkName, runId);
    Envelope envelope = new Envelope(key, modelId, tokenizerId, source, extra);
    ResultSummary summary =
        new ResultSummary(
            envelope,
            instant,
            version,
            size,
            new Digest(digest),
            nonFinite - ResultDocument.nonFinite(extra),
            receivedAt,
            firstReceivedAt);
    StoredData where =
        upload == null
            ? new StoredData.Inline(data)
            : new StoredData.Chunked(upload, chunks, multiline);
    Lineage lineage = new Lineage(life, firstReceivedAt, ancestors);
    return new StoredResult(id, summary, where, deletedAt, lineage);
  }

  private static List<Member> members(BsonBinaryReader reader) {
    List<Member> members = new ArrayList<>();
    reader.readStartArray();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      members.add(member(reader));
    }
    reader.readEndArray();
    return members;
  }

  private static Member member(BsonBinaryReader reader) {
    String name = "";
    ByteBuffer json = ByteBuffer.allocate(0);
    int nonFinite = 0;
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      switch (reader.readName()) {
        case ResultDocument.EXTRA_NAME -> name = reader.readString();
        case ResultDocument.EXTRA_JSON -> json = bytes(reader);
        case ResultDocument.EXTRA_NON_FINITE -> nonFinite = (int) integer(reader);
        default -> reader.skipValue();
      }
    }
    reader.readEndDocument();
    return new Member(name, new RawJson(json, nonFinite));
  }

  private static @Nullable String text(BsonBinaryReader reader) {
    return isNull(reader) ? null : reader.readString();
  }

  private static @Nullable Instant moment(BsonBinaryReader reader) {
    return isNull(reader) ? null : Instant.ofEpochMilli(reader.readDateTime());
  }

  private static boolean isNull(BsonBinaryReader reader) {
    boolean isNull = reader.getCurrentBsonType() == BsonType.NULL;
    if (isNull) {
      reader.readNull();
    }
    return isNull;
  }

  /** The embedded database may give back a long as an int, and the other way round. */
  static long integer(BsonBinaryReader reader) {
    return reader.getCurrentBsonType() == BsonType.INT32
        ? reader.readInt32()
        : reader.readInt64();
  }

  private static ByteBuffer bytes(BsonBinaryReader reader) {
    BsonBinary binary = reader.readBinaryData();
    return ByteBuffer.wrap(binary.getData());
  }
}
