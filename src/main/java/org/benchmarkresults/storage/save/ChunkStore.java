package org.benchmarkresults.storage.save;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.MongoClientBulkWriteResult;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.model.text.Uuid7;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.ConcurrencyLimit;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.RawBsonDocument;

/**
 * Data too large to stand in its result's document, in numbered chunks: {@code _id} is the upload's
 * id, a slash and the number in six digits. An upload is written whole before the document that
 * names it, so a reader never meets a part of one.
 */
public final class ChunkStore {
  /** Below the 256 KiB where allocation of documents gets wasteful (as GridFS chooses it). */
  static final int CHUNK_BYTES = 255 << 10;

  /** Chunks written in one operation, which the driver copies: 1 MiB outside the heap. */
  private static final int CHUNKS_AT_ONCE = 4;

  private static final int LEAST_WRITES = 4;
  private static final long HEAP_OF_ONE_WRITE = 32L << 20;

  private final MongoClient client;
  private final MongoCollection<RawBsonDocument> raw;
  private final String collection;
  private final ConcurrencyLimit writes =
      new ConcurrencyLimit(
          (int) Math.max(LEAST_WRITES, Runtime.getRuntime().maxMemory() / HEAP_OF_ONE_WRITE));

  public ChunkStore(MongoClients clients, String collection) {
    client = clients.vertxClient();
    raw = clients.raw(collection);
    this.collection = collection;
  }

  /** Succeeds with where the bytes are when all are safe; fails with {@code Unavailable}. */
  Future<StoredData.Chunked> write(ByteBuffer bytes) {
    String upload = Uuid7.next(Instant.now());
    int count = (bytes.remaining() + CHUNK_BYTES - 1) / CHUNK_BYTES;
    StoredData.Chunked chunked = new StoredData.Chunked(upload, count, isMultiline(bytes));
    return writeFrom(0, chunked, bytes)
        .recover(MongoFailures::translate)
        .onFailure(failure -> discard(chunked));
  }

  private static boolean isMultiline(ByteBuffer bytes) {
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      byte unit = bytes.get(i);
      if (unit == '\n' || unit == '\r') {
        return true;
      }
    }
    return isBlank(bytes.get(bytes.position())) || isBlank(bytes.get(bytes.limit() - 1));
  }

  private static boolean isBlank(byte unit) {
    return unit == ' ' || unit == '\t';
  }

  private Future<StoredData.Chunked> writeFrom(
      int number, StoredData.Chunked chunked, ByteBuffer bytes) {
    if (number >= chunked.count()) {
      return Future.succeededFuture(chunked);
    }
    int end = Math.min(chunked.count(), number + CHUNKS_AT_ONCE);
    return writes
        .run(() -> write(number, end, chunked, bytes))
        .compose(written -> writeFrom(end, chunked, bytes));
  }

  private Future<MongoClientBulkWriteResult> write(
      int number, int end, StoredData.Chunked chunked, ByteBuffer bytes) {
    List<BulkOperation> inserts = new ArrayList<>();
    for (int i = number; i < end; i++) {
      inserts.add(BulkOperation.createInsert(document(chunked.upload(), i, bytes)));
    }
    return client.bulkWrite(collection, inserts);
  }

  private static JsonObject document(String upload, int number, ByteBuffer bytes) {
    int from = number * CHUNK_BYTES;
    int length = Math.min(CHUNK_BYTES, bytes.remaining() - from);
    return new JsonObject()
        .put(ResultDocument.ID, id(upload, number))
        .put(
            ResultDocument.DATA,
            ResultDocument.binary(bytes.slice(bytes.position() + from, length)));
  }

  /** Writes one chunk; succeeds also when it was written before. Fails with {@code Unavailable}. */
  public Future<Void> write(String upload, int number, ByteBuffer bytes) {
    JsonObject chunk =
        new JsonObject()
            .put(ResultDocument.ID, id(upload, number))
            .put(ResultDocument.DATA, ResultDocument.binary(bytes));
    return writes
        .run(() -> client.insert(collection, chunk))
        .<Void>mapEmpty()
        .recover(
            failure ->
                MongoFailures.isDuplicateKey(failure)
                    ? Future.succeededFuture()
                    : MongoFailures.translate(failure));
  }

  /** Succeeds with how many chunks an upload has; fails with {@code Unavailable}. */
  public Future<Integer> count(String upload) {
    return Streams.collect(
            raw.find(
                    Filters.and(
                        Filters.gte(ResultDocument.ID, upload + "/"),
                        Filters.lt(ResultDocument.ID, upload + "0")))
                .projection(Projections.include(ResultDocument.ID)))
        .recover(MongoFailures::translate)
        .map(List::size);
  }

  /**
   * Succeeds with the bytes of one chunk; fails with {@code Unavailable}, or when it is not there.
   */
  public Future<ByteBuffer> read(String upload, int number) {
    return Streams.collect(raw.find(Filters.eq(ResultDocument.ID, id(upload, number))))
        .recover(MongoFailures::translate)
        .map(
            found -> {
              if (found.isEmpty()) {
                throw new IllegalStateException("chunk " + id(upload, number) + " is missing");
              }
              return ByteBuffer.wrap(found.get(0).getBinary(ResultDocument.DATA).getData());
            });
  }

  /** Removes an upload that no document names; what stays behind is swept up a day later. */
  void discard(StoredData.Chunked chunked) {
    Future<?> unused = remove(chunked.upload());
  }

  /** Succeeds when no chunk of the upload is left; fails with {@code Unavailable}. */
  public Future<Void> remove(String upload) {
    JsonObject ofUpload = new JsonObject().put("$gte", upload + "/").put("$lt", upload + "0");
    return client
        .removeDocuments(collection, new JsonObject().put(ResultDocument.ID, ofUpload))
        .recover(MongoFailures::translate)
        .mapEmpty();
  }

  private static String id(String upload, int number) {
    return String.format(Locale.ROOT, "%s/%06d", upload, number);
  }
}
