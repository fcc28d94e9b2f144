package org.benchmarkresults.storage.document;

import com.mongodb.client.model.Projections;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.search.Search;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * A result as a document; every field name stands here once. {@link DocumentWriter} writes it.
 *
 * <p>JSON of a user never becomes BSON fields: data and further members are binaries holding the
 * text as received, so dollar keys, long numbers and NUL all survive. {@code extra} is an array of
 * {@code {k: name, v: simple value if it is one, d: its number if it is one, json: text}}, which
 * one index can serve whatever the names are. Of a number that is not spelled plainly {@code v} is
 * an array of its spelling and the plain one ({@link NumberSpellings}).
 */
public final class ResultDocument {
  public static final String ID = "_id";
  public static final String TIMESTAMP = "timestamp";
  public static final String BENCHMARK_NAME = "benchmark_name";
  public static final String RUN_ID = "run_id";
  public static final String MODEL_ID = "model_id";
  public static final String TOKENIZER_ID = "tokenizer_id";
  public static final String SOURCE = "source";
  public static final String INSTANT = "instant";
  public static final String RECEIVED_AT = "received_at";
  public static final String FIRST_RECEIVED_AT = "first_received_at";
  public static final String VERSION = "version";
  public static final String DIGEST = "digest";
  public static final String SIZE = "size";

  /** The number in data and extra fields together; absent when 0. */
  public static final String NON_FINITE = "non_finite";

  public static final String EXTRA = "extra";
  public static final String DATA = "data";
  public static final String UPLOAD = "upload";
  static final String CHUNKS = "chunks";
  static final String MULTILINE = "multiline";

  /** Only in a collection of deleted results. */
  public static final String DELETED_AT = "deleted_at";

  /** Only in deleted results: when their removal for good began. */
  public static final String PURGING = "purging";

  /** Only in deleted results whose audit entry may not be written yet. */
  public static final String PENDING_AUDIT = "audit";

  /** Only in earlier versions and deleted results: the name of the result. */
  public static final String RESULT_NAME = "result_name";

  public static final String EXTRA_NAME = "k";
  public static final String EXTRA_VALUE = "v";
  public static final String EXTRA_NUMBER = "d";
  static final String EXTRA_NON_FINITE = "n";
  public static final String EXTRA_JSON = "json";

  /**
   * All but the data. Naming what is wanted lets MongoDB copy the fields as they are: a list costs
   * it 1.7 ms for 1,000 rows, against 2.8 ms when told to leave the data out.
   */
  public static final Bson SUMMARY =
      Projections.include(
          TIMESTAMP,
          BENCHMARK_NAME,
          RUN_ID,
          MODEL_ID,
          TOKENIZER_ID,
          SOURCE,
          INSTANT,
          RECEIVED_AT,
          FIRST_RECEIVED_AT,
          VERSION,
          DIGEST,
          SIZE,
          NON_FINITE,
          EXTRA,
          UPLOAD,
          CHUNKS,
          MULTILINE,
          DELETED_AT,
          AnnotationFields.REVISION,
          AnnotationFields.LABELS,
          AnnotationFields.NOTE,
          AnnotationFields.EXCLUDED);

  /** The fields of a stored event. */
  public static final Bson EVENT =
      Projections.include(
          TIMESTAMP,
          BENCHMARK_NAME,
          RUN_ID,
          MODEL_ID,
          TOKENIZER_ID,
          SOURCE,
          RECEIVED_AT,
          FIRST_RECEIVED_AT,
          VERSION,
          DIGEST,
          SIZE);

  /** The data too. */
  public static final Bson WHOLE = Projections.fields(SUMMARY, Projections.include(DATA));

  /** The fields that the index of the list's order covers. */
  public static final Bson OUTLINE = Projections.include(FIRST_RECEIVED_AT, ID, VERSION);

  /** The same with annotations, for a database without indexes. */
  public static final Bson ANNOTATED_OUTLINE =
      Projections.include(FIRST_RECEIVED_AT, ID, VERSION, AnnotationFields.REVISION);

  private ResultDocument() {}

  /** The fields that a search reads; for versions also the generation of the result. */
  public static Bson projection(Search search) {
    Bson rows = search.withData() ? WHOLE : SUMMARY;
    return search.allVersions()
        ? Projections.fields(rows, Projections.include(Generation.LIFE, Generation.ANCESTORS))
        : rows;
  }

  public static JsonObject date(Instant instant) {
    return new JsonObject().put("$date", instant.toString());
  }

  /** The number of non-finite literals in all extra fields. */
  static int nonFinite(List<ExtraField> extra) {
    return extra.stream().mapToInt(member -> member.value().nonFinite()).sum();
  }

  public static JsonObject binary(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return new JsonObject().put("$binary", copy);
  }

  /** Reads a document in one pass over its bytes; the data is not copied. */
  public static StoredResult read(RawBsonDocument document) {
    try {
      return new DocumentFields(new DocumentReader(document)).result();
    } catch (RuntimeException e) {
      throw new IllegalStateException("the document " + document.get(ID) + " cannot be read", e);
    }
  }

  /** Reads a document of the {@link #OUTLINE} projection. */
  public static RowRef readRef(RawBsonDocument document) {
    String resultName = "";
    Instant firstReceivedAt = Instant.EPOCH;
    int version = 0;
    int annotated = 0;
    DocumentReader reader = new DocumentReader(document);
    while (reader.next()) {
      switch (reader.name()) {
        case ID -> resultName = reader.text();
        case FIRST_RECEIVED_AT -> firstReceivedAt = reader.moment();
        case VERSION -> version = (int) reader.integer();
        case AnnotationFields.REVISION -> annotated = (int) reader.integer();
        default -> {}
      }
    }
    return new RowRef(firstReceivedAt, resultName, version, annotated);
  }
}
