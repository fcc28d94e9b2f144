package org.benchmarkresults.storage;

import com.mongodb.client.model.Projections;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.Envelope;
import org.benchmarkresults.model.Member;
import org.benchmarkresults.model.RawJson;
import org.benchmarkresults.model.ResultKey;
import org.benchmarkresults.model.RowRef;
import org.benchmarkresults.model.Search;
import org.benchmarkresults.model.StoredData;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A result as a document; every field name stands here once. {@link DocumentWriter} writes it.
 *
 * <p>JSON of a user never becomes BSON fields: data and further members are binaries holding the
 * text as received, so dollar keys, long numbers and NUL all survive. {@code extra} is an array of
 * {@code {k: name, v: simple value if it is one, d: its number if it is one, json: text}}, which one
 * index can serve whatever the names are. Of a number that is not spelled plainly {@code v} is an
 * array of its spelling and the plain one ({@link NumberSpellings}).
 */
final class ResultDocument {
  static final String ID = "_id";
  static final String TIMESTAMP = "timestamp";
  static final String BENCHMARK_NAME = "benchmark_name";
  static final String RUN_ID = "run_id";
  static final String MODEL_ID = "model_id";
  static final String TOKENIZER_ID = "tokenizer_id";
  static final String SOURCE = "source";
  static final String INSTANT = "instant";
  static final String RECEIVED_AT = "received_at";
  static final String FIRST_RECEIVED_AT = "first_received_at";
  static final String VERSION = "version";
  static final String DIGEST = "digest";
  static final String SIZE = "size";

  /** Of data and further members together, as in answers; left out when 0. */
  static final String NON_FINITE = "non_finite";

  static final String EXTRA = "extra";
  static final String DATA = "data";
  static final String UPLOAD = "upload";
  static final String CHUNKS = "chunks";
  static final String MULTILINE = "multiline";

  /** Of a document in a collection of deleted results. */
  static final String DELETED_AT = "deleted_at";

  /** Of a deleted result whose entry may not be in the audit trail yet. */
  static final String PENDING_AUDIT = "audit";


  /** Of a document among the versions or the deleted: the result it is of. */
  static final String RESULT_NAME = "result_name";

  static final String EXTRA_NAME = "k";
  static final String EXTRA_VALUE = "v";
  static final String EXTRA_NUMBER = "d";
  static final String EXTRA_NON_FINITE = "n";
  static final String EXTRA_JSON = "json";

  /**
   * All but the data. Naming what is wanted lets MongoDB copy the fields as they are: a list costs it
   * 1.7 ms for 1,000 rows, against 2.8 ms when told to leave the data out.
   */
  static final Bson SUMMARY =
      Projections.include(
          TIMESTAMP, BENCHMARK_NAME, RUN_ID, MODEL_ID, TOKENIZER_ID, SOURCE, INSTANT, RECEIVED_AT,
          FIRST_RECEIVED_AT, VERSION, DIGEST, SIZE, NON_FINITE, EXTRA, UPLOAD, CHUNKS, MULTILINE,
          DELETED_AT);

  /** What is told of a result that is stored. */
  static final Bson EVENT =
      Projections.include(
          TIMESTAMP, BENCHMARK_NAME, RUN_ID, MODEL_ID, TOKENIZER_ID, SOURCE, RECEIVED_AT,
          FIRST_RECEIVED_AT, VERSION, DIGEST, SIZE);

  /** The data too. */
  static final Bson WHOLE = Projections.fields(SUMMARY, Projections.include(DATA));

  /** What the index of the list's order holds by itself. */
  static final Bson OUTLINE = Projections.include(FIRST_RECEIVED_AT, ID, VERSION);

  private ResultDocument() {}

  /** What a search reads; of versions also which life of the result they belong to. */
  static Bson projection(Search search) {
    Bson rows = search.withData() ? WHOLE : SUMMARY;
    return search.allVersions()
        ? Projections.fields(rows, Projections.include(Lineage.LIFE, Lineage.ANCESTORS))
        : rows;
  }

  static JsonObject date(Instant instant) {
    return new JsonObject().put("$date", instant.toString());
  }

  /** How many non-finite literals further members hold together. */
  static int nonFinite(List<Member> extra) {
    return extra.stream().mapToInt(member -> member.value().nonFinite()).sum();
  }

  static JsonObject binary(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return new JsonObject().put("$binary", copy);
  }

  /** Reads a document in one pass over its bytes; the data is not copied. */
  static StoredResult read(RawBsonDocument document) {
    try {
      return new DocumentFields(new DocumentReader(document)).result();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "the document " + document.get(ID) + " cannot be read", e);
    }
  }

  /** Reads a document of the {@link #OUTLINE} projection. */
  static RowRef readRef(RawBsonDocument document) {
    String resultName = "";
    Instant firstReceivedAt = Instant.EPOCH;
    int version = 0;
    DocumentReader reader = new DocumentReader(document);
    while (reader.next()) {
      switch (reader.name()) {
        case ID -> resultName = reader.text();
        case FIRST_RECEIVED_AT -> firstReceivedAt = reader.moment();
        case VERSION -> version = (int) reader.integer();
        default -> {}
      }
    }
    return new RowRef(firstReceivedAt, resultName, version);
  }
}
