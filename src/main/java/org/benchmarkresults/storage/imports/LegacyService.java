package org.benchmarkresults.storage.imports;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.config.LegacyDatabase;
import org.benchmarkresults.model.imports.ImportBatch;
import org.benchmarkresults.model.imports.ImportCollection;
import org.benchmarkresults.model.imports.ImportFrom;
import org.benchmarkresults.model.imports.ImportSource;
import org.benchmarkresults.model.imports.Imported;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.BsonMaxKey;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Reads the records of the legacy service in batches, in the order of their {@code _id}. */
final class LegacyService {
  private static final int MAX_ROWS = 1_000;

  /** The size of one MongoDB reply. One more batch, which is being saved, is in memory. */
  private static final long MAX_BYTES = 16 << 20;

  private static final Bson BY_ID = Indexes.ascending(ResultDocument.ID);

  private final Vertx vertx;
  private final LegacyClient client;
  private final LegacyDatabase legacy;
  private final Clock clock;

  LegacyService(Vertx vertx, LegacyClient client, LegacyDatabase legacy, Clock clock) {
    this.vertx = vertx;
    this.client = client;
    this.legacy = legacy;
    this.clock = clock;
  }

  /** Succeeds with the collections, existing or not; fails with {@code Unavailable}. */
  Future<ImportSource> source() {
    return client
        .collectionNames()
        .compose(
            names ->
                collection(Stage.RAW, names)
                    .compose(
                        raw ->
                            collection(Stage.STANDARDIZED, names)
                                .map(standardized -> List.of(raw, standardized))))
        .map(ImportSource::new);
  }

  private Future<ImportCollection> collection(Stage stage, List<String> present) {
    String name = name(stage);
    ImportIdentity identity =
        ImportIdentity.of(client.connection(), client.database(), name, stage);
    return Streams.collect(client.collection(name).estimatedDocumentCount())
        .recover(LegacyClient::translate)
        .map(
            count ->
                new ImportCollection(
                    stage,
                    name,
                    identity.place(),
                    identity.digest(),
                    present.contains(name),
                    count.get(0)));
  }

  private String name(Stage stage) {
    return switch (stage) {
      case RAW -> legacy.rawCollection();
      case STANDARDIZED -> legacy.standardizedCollection();
    };
  }

  /** Succeeds with the records after the position; fails with {@code Unavailable}. */
  Future<ImportBatch> next(ImportFrom from) {
    return records(from)
        .recover(LegacyClient::translate)
        // The conversion of large data takes a tenth of a second.
        .compose(found -> vertx.executeBlocking(() -> batch(from.stage(), found), false));
  }

  /** By index bounds, because a {@code $gt} filter finds only values of the same BSON type. */
  private Future<List<RawBsonDocument>> records(ImportFrom from) {
    MongoCollection<RawBsonDocument> collection = client.collection(name(from.stage()));
    FindPublisher<RawBsonDocument> all =
        collection.find().sort(BY_ID).hint(BY_ID).limit(MAX_ROWS).batchSize(MAX_ROWS);
    if (from.after() == null) {
      return collect(all);
    }
    RawBsonDocument last = LegacyOrigin.document(from.after());
    BsonValue id = last.get(ResultDocument.ID);
    if (id instanceof BsonMaxKey) {
      return Future.succeededFuture(List.of());
    }
    return collect(all.min(last).filter(Filters.ne(ResultDocument.ID, id)))
        .compose(
            found ->
                // Without an upper bound the index scan excludes MaxKey.
                found.isEmpty()
                    ? collect(collection.find(Filters.eq(ResultDocument.ID, new BsonMaxKey())))
                    : Future.succeededFuture(found));
  }

  private static Future<List<RawBsonDocument>> collect(FindPublisher<RawBsonDocument> records) {
    return Streams.collect(
        records, MAX_BYTES, MAX_ROWS, document -> document.getByteBuffer().remaining());
  }

  private ImportBatch batch(Stage stage, List<RawBsonDocument> found) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    List<Imported> rows =
        found.stream().map(document -> LegacyRecord.read(stage, document, now)).toList();
    return new ImportBatch(rows, last(found));
  }

  private static @Nullable String last(List<RawBsonDocument> found) {
    return found.isEmpty() ? null : LegacyOrigin.position(found.get(found.size() - 1));
  }
}
