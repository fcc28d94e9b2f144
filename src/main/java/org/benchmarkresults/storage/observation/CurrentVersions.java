package org.benchmarkresults.storage.observation;

import com.mongodb.client.model.Filters;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.RawBsonDocument;

/** Finds the versions that results have now. */
public final class CurrentVersions {
  private CurrentVersions() {}

  /**
   * Succeeds with the newest version of each result that is there, and the revision of its copy of
   * annotations, by name.
   */
  public static Future<Map<String, RowRef>> read(
      OpenDatabase database, Stage stage, Collection<String> names) {
    var results = database.clients().raw(database.collections().results(stage));
    return names.isEmpty()
        ? Future.succeededFuture(Map.of())
        : Streams.collect(
                results
                    .find(Filters.in(ResultDocument.ID, names))
                    .projection(ResultDocument.ANNOTATED_OUTLINE),
                results)
            .recover(MongoFailures::translate)
            .map(
                found -> {
                  Map<String, RowRef> byName = new HashMap<>();
                  for (RawBsonDocument document : found) {
                    RowRef row = ResultDocument.readRef(document);
                    byName.put(row.resultName(), row);
                  }
                  return byName;
                });
  }
}
