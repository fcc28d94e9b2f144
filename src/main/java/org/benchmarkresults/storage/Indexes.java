package org.benchmarkresults.storage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.IndexModel;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.model.Stage;

/** The declared indexes. Keys are unique by {@code _id}, which needs none. */
final class Indexes {
  private Indexes() {}

  /** Makes the indexes that are missing; succeeds also when none was. */
  static Future<Void> ensure(MongoClient client, Collections collections) {
    List<Future<Void>> all = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      all.add(client.createIndexes(collections.results(stage), ofResults()));
      all.add(client.createIndexes(collections.versions(stage), ofVersions()));
    }
    return Future.all(all).<Void>mapEmpty().recover(MongoFailures::understood);
  }

  private static List<IndexModel> ofResults() {
    return List.of(
        // With the version it holds all that an outline asks for, so no document is read.
        index(
            "outline",
            new JsonObject()
                .put(ResultDocument.FIRST_RECEIVED_AT, -1)
                .put(ResultDocument.ID, -1)
                .put(ResultDocument.VERSION, 1)));
  }

  private static List<IndexModel> ofVersions() {
    return List.of(
        index(
            "of_result",
            new JsonObject().put(ResultDocument.RESULT_NAME, 1).put(ResultDocument.VERSION, -1)));
  }

  private static IndexModel index(String name, JsonObject key) {
    return new IndexModel(key, new IndexOptions().name(name));
  }
}
