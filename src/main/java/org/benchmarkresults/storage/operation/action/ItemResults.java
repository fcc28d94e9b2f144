package org.benchmarkresults.storage.operation.action;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** Reads the results of items as they are now. */
public record ItemResults(OpenDatabase database) {
  /** Succeeds with the live results, by their names. */
  Future<Map<String, ResultSummary>> live(Stage stage, List<Item> items) {
    return read(database.collections().results(stage), Filters.in(ResultDocument.ID, names(items)))
        .map(
            found -> {
              Map<String, ResultSummary> byName = new HashMap<>();
              found.forEach(one -> byName.put(one.summary().resultName(), one.summary()));
              return byName;
            });
  }

  /** Succeeds with the deleted results of the names, several of one name perhaps. */
  Future<List<StoredResult>> deleted(Stage stage, List<Item> items) {
    return read(
        database.collections().deleted(stage),
        Filters.in(ResultDocument.RESULT_NAME, names(items)));
  }

  /** Succeeds with the names that no result has, live or deleted, in either stage. */
  Future<List<String>> withoutAny(List<Item> items) {
    Set<String> names = new LinkedHashSet<>(names(items));
    Future<Set<String>> left = Future.succeededFuture(names);
    for (Stage stage : Stage.values()) {
      left =
          left.compose(
              unused ->
                  items.isEmpty()
                      ? Future.succeededFuture(names)
                      : live(stage, items)
                          .onSuccess(live -> names.removeAll(live.keySet()))
                          .compose(live -> deleted(stage, items))
                          .onSuccess(
                              deleted ->
                                  deleted.forEach(one -> names.remove(one.summary().resultName())))
                          .map(names));
    }
    return left.map(List::copyOf);
  }

  private Future<List<StoredResult>> read(String collection, Bson filter) {
    MongoCollection<RawBsonDocument> raw = database.clients().raw(collection);
    return Streams.collect(raw.find(filter).projection(ResultDocument.SUMMARY))
        .recover(MongoFailures::translate)
        .map(found -> found.stream().map(ResultDocument::read).toList());
  }

  private static List<String> names(List<Item> items) {
    return items.stream().map(Item::name).toList();
  }
}
