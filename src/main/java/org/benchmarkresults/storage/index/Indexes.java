package org.benchmarkresults.storage.index;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.security.AuditTrail;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/**
 * The declared indexes.
 *
 * <p>Each order of lists has an index, overall, within a benchmark and within a model. Each other
 * field that results are found by has one, newest first; docs/decisions.md has the cost of more. A
 * changed definition gets the next number in its name, as {@code received_2}, so that nodes of the
 * previous release keep theirs during an upgrade.
 */
public final class Indexes {
  public static final String RECEIVED = "received";
  public static final String TIMESTAMP = "timestamp";
  public static final String BENCHMARK_RECEIVED = "benchmark_received";
  public static final String BENCHMARK_TIMESTAMP = "benchmark_timestamp";
  public static final String BENCHMARK_MODEL = "benchmark_model";
  public static final String MODEL_RECEIVED = "model_received";
  public static final String MODEL_TIMESTAMP = "model_timestamp";
  public static final String MODEL_BENCHMARK = "model_benchmark";
  public static final String TOKENIZER = "tokenizer";
  public static final String SOURCE = "source";
  public static final String RUN = "run";
  public static final String VERSION_RECEIVED = "version_received";
  public static final String EXTRA_FIELD = "further_member";

  /** Annotated results in the order of lists; it holds no others. */
  public static final String ANNOTATED = "annotated";

  /** Excluded results in the order of lists. */
  public static final String EXCLUDED = "excluded";

  /** Results by label, newest first. */
  public static final String LABEL = "label";

  /** In the collection of deleted results. */
  public static final String DELETED_NAME = "of_result";

  /** Created by MongoDB. */
  public static final String ID = "_id_";

  private Indexes() {}

  /** Creates the missing indexes. */
  public static Future<Void> ensure(MongoClients clients, CollectionNames collections) {
    List<Future<?>> all = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      all.add(create(clients, collections.results(stage), ofResults()));
      all.add(create(clients, collections.results(stage), List.of(ofUploads(), ofLaterVersions())));
      all.add(create(clients, collections.results(stage), ofAnnotated()));
      all.add(create(clients, collections.deleted(stage), ofAnnotated()));
      all.add(create(clients, collections.deleted(stage), ofResults()));
      all.add(create(clients, collections.deleted(stage), ofDeleted()));
      all.add(create(clients, collections.versions(stage), ofVersions()));
      all.add(
          create(
              clients,
              collections.versions(stage),
              Stream.concat(ofResults().stream(), ofAnnotated().stream())
                  .map(Indexes::amongVersions)
                  .toList()));
    }
    all.add(create(clients, AuditTrail.COLLECTION, ofAuditEntries()));
    return Future.all(all).<Void>mapEmpty().recover(MongoFailures::translate);
  }

  /** Creates the missing ones of indexes that are declared elsewhere. */
  public static Future<Void> ensure(MongoClients clients, List<IndexSet> sets) {
    List<Future<?>> all = new ArrayList<>();
    sets.forEach(set -> all.add(create(clients, set.collection(), set.indexes())));
    return Future.all(all).<Void>mapEmpty().recover(MongoFailures::translate);
  }

  /** Without a timeout: over a million results it takes a minute, and a timeout would undo it. */
  private static Future<?> create(
      MongoClients clients, String collection, List<IndexModel> indexes) {
    MongoCollection<RawBsonDocument> untimed =
        clients.raw(collection).withTimeout(0, TimeUnit.MILLISECONDS);
    return Streams.collect(untimed.createIndexes(indexes))
        .recover(
            failure ->
                IndexConflict.is(failure)
                    ? IndexConflict.resolve(untimed, indexes)
                        .compose(dropped -> Streams.collect(untimed.createIndexes(indexes)))
                    : Future.failedFuture(failure));
  }

  private static List<IndexModel> ofResults() {
    return List.of(
        // Version and instant make it a covering index of outlines and time filters.
        index(
            RECEIVED, newestFirst().put(ResultDocument.VERSION, 1).put(ResultDocument.INSTANT, 1)),
        index(TIMESTAMP, byTimestamp()),
        index(BENCHMARK_RECEIVED, newestFirst(ResultDocument.BENCHMARK_NAME)),
        index(BENCHMARK_TIMESTAMP, byTimestamp(ResultDocument.BENCHMARK_NAME)),
        index(BENCHMARK_MODEL, newestFirst(ResultDocument.BENCHMARK_NAME, ResultDocument.MODEL_ID)),
        index(MODEL_RECEIVED, newestFirst(ResultDocument.MODEL_ID)),
        index(MODEL_TIMESTAMP, byTimestamp(ResultDocument.MODEL_ID)),
        index(MODEL_BENCHMARK, newestFirst(ResultDocument.MODEL_ID, ResultDocument.BENCHMARK_NAME)),
        index(TOKENIZER, newestFirst(ResultDocument.TOKENIZER_ID)),
        index(SOURCE, newestFirst(ResultDocument.SOURCE)),
        index(RUN, newestFirst(ResultDocument.RUN_ID)),
        index(
            EXTRA_FIELD,
            newestFirst(
                ResultDocument.EXTRA + "." + ResultDocument.EXTRA_NAME,
                ResultDocument.EXTRA + "." + ResultDocument.EXTRA_VALUE)));
  }

  /** Results without annotations are in none of these. */
  private static List<IndexModel> ofAnnotated() {
    return List.of(
        partial(
            ANNOTATED,
            newestFirst().put(ResultDocument.VERSION, 1).put(AnnotationFields.REVISION, 1),
            AnnotationFields.REVISION),
        partial(EXCLUDED, newestFirst(), AnnotationFields.EXCLUDED),
        partial(LABEL, newestFirst(AnnotationFields.LABELS), AnnotationFields.LABELS));
  }

  private static IndexModel partial(String name, JsonObject key, String existing) {
    return new IndexModel(
        BsonDocument.parse(key.encode()),
        new IndexOptions().name(name).partialFilterExpression(Filters.exists(existing)));
  }

  /** The same order over earlier versions, which have a name and a version in place of the id. */
  private static IndexModel amongVersions(IndexModel ofResults) {
    BsonDocument key = new BsonDocument();
    for (var column : ofResults.getKeys().toBsonDocument().entrySet()) {
      if (column.getKey().equals(ResultDocument.ID)) {
        key.append(ResultDocument.RESULT_NAME, column.getValue())
            .append(ResultDocument.VERSION, column.getValue());
        break;
      }
      key.append(column.getKey(), column.getValue());
    }
    return new IndexModel(key, ofResults.getOptions());
  }

  private static JsonObject newestFirst(String... within) {
    return ascending(within).put(ResultDocument.FIRST_RECEIVED_AT, -1).put(ResultDocument.ID, -1);
  }

  private static JsonObject byTimestamp(String... within) {
    return ascending(within).put(ResultDocument.INSTANT, 1).put(ResultDocument.ID, 1);
  }

  private static JsonObject ascending(String... fields) {
    JsonObject key = new JsonObject();
    Stream.of(fields).forEach(field -> key.put(field, 1));
    return key;
  }

  private static List<IndexModel> ofVersions() {
    return List.of(
        index(
            "of_result",
            new JsonObject().put(ResultDocument.RESULT_NAME, 1).put(ResultDocument.VERSION, -1)),
        ofUploads(),
        index(VERSION_RECEIVED, ascending(ResultDocument.RECEIVED_AT, ResultDocument.ID)));
  }

  /** First versions are left out: they are found by the time of their first receipt. */
  private static IndexModel ofLaterVersions() {
    return new IndexModel(
        BsonDocument.parse(ascending(ResultDocument.RECEIVED_AT, ResultDocument.ID).encode()),
        new IndexOptions()
            .name(VERSION_RECEIVED)
            .partialFilterExpression(Filters.gt(ResultDocument.VERSION, 1)));
  }

  /** Finds the results of an upload for the sweep of orphans; it holds large results only. */
  private static IndexModel ofUploads() {
    return new IndexModel(
        BsonDocument.parse(ascending(ResultDocument.UPLOAD).encode()),
        new IndexOptions()
            .name("upload")
            .partialFilterExpression(Filters.exists(ResultDocument.UPLOAD)));
  }

  private static List<IndexModel> ofDeleted() {
    return List.of(
        index(
            DELETED_NAME,
            new JsonObject().put(ResultDocument.RESULT_NAME, 1).put(ResultDocument.DELETED_AT, -1)),
        index(
            "oldest", new JsonObject().put(ResultDocument.DELETED_AT, 1).put(ResultDocument.ID, 1)),
        new IndexModel(
            BsonDocument.parse(ascending(ResultDocument.PENDING_AUDIT + ".at").encode()),
            new IndexOptions()
                .name("audit_pending")
                .partialFilterExpression(Filters.exists(ResultDocument.PENDING_AUDIT))),
        ofUploads());
  }

  private static List<IndexModel> ofAuditEntries() {
    return Stream.concat(
            ofAllAuditEntries(),
            Stream.of(
                new IndexModel(
                    BsonDocument.parse(
                        ascending(AuditTrail.KEY_ID)
                            .put(AuditTrail.AT, -1)
                            .put(ResultDocument.ID, -1)
                            .encode()),
                    new IndexOptions()
                        .name(AuditTrail.KEY_ID)
                        .partialFilterExpression(Filters.exists(AuditTrail.KEY_ID)))))
        .toList();
  }

  private static Stream<IndexModel> ofAllAuditEntries() {
    return Stream.of("", AuditTrail.RESULT_NAME, AuditTrail.CALLER)
        .map(
            within ->
                index(
                    within.isEmpty() ? "newest" : within,
                    ascending(within.isEmpty() ? new String[0] : new String[] {within})
                        .put(AuditTrail.AT, -1)
                        .put(ResultDocument.ID, -1)));
  }

  private static IndexModel index(String name, JsonObject key) {
    return new IndexModel(BsonDocument.parse(key.encode()), new IndexOptions().name(name));
  }
}
