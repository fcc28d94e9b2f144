package org.benchmarkresults.storage.observation;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Tells the writings whose results are still there in the version that was read from others. */
final class CurrentWritings {
  private final OpenDatabase database;
  private final DerivedCollections collections;
  private final BatchAnnotations annotations;

  CurrentWritings(
      OpenDatabase database, DerivedCollections collections, BatchAnnotations annotations) {
    this.database = database;
    this.collections = collections;
    this.annotations = annotations;
  }

  /**
   * Succeeds with the current ones once the claims of others are given up.
   *
   * @param claimed whose annotations are read
   */
  Future<List<Writing>> keep(List<Writing> claimed) {
    List<Writing> outdated = new ArrayList<>();
    List<Writing> current = new ArrayList<>();
    Future<Void> looked = Future.succeededFuture();
    for (Stage stage : Stage.values()) {
      List<Writing> ofStage =
          claimed.stream().filter(one -> one.result().stage() == stage).toList();
      if (!ofStage.isEmpty()) {
        looked =
            looked
                .compose(before -> rows(stage, ofStage))
                .compose(
                    rows -> {
                      ofStage.forEach(
                          one ->
                              (isCurrent(one, rows.get(one.result().resultName()))
                                      ? current
                                      : outdated)
                                  .add(one));
                      return annotations.repair(stage, ofStage, rows);
                    });
      }
    }
    return looked.compose(all -> giveUp(outdated)).map(given -> current);
  }

  private Future<Map<String, RowRef>> rows(Stage stage, List<Writing> of) {
    return CurrentVersions.read(
        database, stage, of.stream().map(one -> one.result().resultName()).toList());
  }

  private static boolean isCurrent(Writing one, @Nullable RowRef row) {
    return row != null
        && row.version() == one.result().version()
        && row.firstReceivedAt().equals(one.result().firstReceivedAt());
  }

  private Future<Void> giveUp(List<Writing> outdated) {
    Instant now = database.clock().instant();
    List<UpdateOneModel<BsonDocument>> updates =
        outdated.stream()
            .map(
                one ->
                    new UpdateOneModel<BsonDocument>(
                        one.mine(),
                        Updates.combine(
                            Updates.unset(DerivationDocument.TOKEN),
                            Updates.set(DerivationDocument.AT, now))))
            .toList();
    return DerivedCollections.write(collections.derivations(), updates).mapEmpty();
  }
}
