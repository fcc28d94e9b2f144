package org.benchmarkresults.storage.derivation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.FindPublisher;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.observation.CurrentVersions;
import org.benchmarkresults.storage.observation.ObservationRemoval;
import org.bson.RawBsonDocument;

/** Removes the observations of results whose deletion died before it removed them itself. */
final class DeletionSweep {
  private static final int BATCH = 500;

  /** Until then a deletion may be under way. */
  static final Duration UNDER_WAY = Duration.ofMinutes(2);

  private final OpenDatabase database;
  private final ObservationRemoval removal;

  DeletionSweep(OpenDatabase database, ObservationRemoval removal) {
    this.database = database;
    this.removal = removal;
  }

  /** Looks at the next deletions of both stages; succeeds with whether there may be more. */
  Future<Boolean> sweep(Watermark watermark) {
    Future<Boolean> mayBeMore = Future.succeededFuture(false);
    for (Stage stage : Stage.values()) {
      mayBeMore = mayBeMore.compose(before -> sweep(stage, watermark).map(more -> more || before));
    }
    return mayBeMore;
  }

  private Future<Boolean> sweep(Stage stage, Watermark watermark) {
    return Streams.collect(find(stage, watermark.deletions(stage)))
        .recover(MongoFailures::translate)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(false)
                    : removeGone(stage, found)
                        .compose(
                            removed ->
                                watermark.advance(
                                    database, stage, position(found.get(found.size() - 1))))
                        .map(advanced -> found.size() == BATCH));
  }

  FindPublisher<RawBsonDocument> find(Stage stage, Watermark.Deletion behind) {
    Instant until = database.clock().instant().minus(UNDER_WAY);
    return database
        .clients()
        .raw(database.collections().deleted(stage))
        .find(
            Filters.and(
                Filters.gte(ResultDocument.DELETED_AT, behind.at()),
                Filters.lte(ResultDocument.DELETED_AT, until),
                Filters.or(
                    Filters.gt(ResultDocument.DELETED_AT, behind.at()),
                    Filters.gt(ResultDocument.ID, behind.id()))))
        .projection(
            Projections.include(
                ResultDocument.DELETED_AT,
                ResultDocument.RESULT_NAME,
                ResultDocument.FIRST_RECEIVED_AT,
                ResultDocument.VERSION))
        .sort(Sorts.ascending(ResultDocument.DELETED_AT, ResultDocument.ID))
        .limit(BATCH)
        .batchSize(BATCH + 1);
  }

  private static Watermark.Deletion position(RawBsonDocument document) {
    return new Watermark.Deletion(
        Instant.ofEpochMilli(document.getDateTime(ResultDocument.DELETED_AT).getValue()),
        document.getString(ResultDocument.ID).getValue());
  }

  private Future<Void> removeGone(Stage stage, List<RawBsonDocument> found) {
    List<RowRef> deleted = found.stream().map(DeletionSweep::row).toList();
    return CurrentVersions.read(
            database, stage, deleted.stream().map(RowRef::resultName).distinct().toList())
        .compose(
            there ->
                removal.remove(stage, deleted.stream().filter(row -> isGone(row, there)).toList()));
  }

  private static boolean isGone(RowRef deleted, Map<String, RowRef> there) {
    RowRef row = there.get(deleted.resultName());
    return row == null || !row.firstReceivedAt().equals(deleted.firstReceivedAt());
  }

  private static RowRef row(RawBsonDocument document) {
    return new RowRef(
        Instant.ofEpochMilli(document.getDateTime(ResultDocument.FIRST_RECEIVED_AT).getValue()),
        document.getString(ResultDocument.RESULT_NAME).getValue(),
        document.getInt32(ResultDocument.VERSION).getValue());
  }
}
