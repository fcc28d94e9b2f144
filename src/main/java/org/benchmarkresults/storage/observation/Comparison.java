package org.benchmarkresults.storage.observation;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.BsonDocument;

/** Compares the readings of a batch for which an adapter was upgraded with those before. */
final class Comparison {
  private final DerivedCollections collections;
  private final Map<Writing, List<BsonDocument>> before = new HashMap<>();

  Comparison(DerivedCollections collections) {
    this.collections = collections;
  }

  /** Reads the observations that are about to be replaced. */
  Future<Void> read(List<Writing> writings) {
    return Future.all(
            writings.stream().filter(one -> one.upgrade() != null).map(this::read).toList())
        .mapEmpty();
  }

  private Future<?> read(Writing writing) {
    return Streams.collect(
            collections.observations().find(writing.all()), collections.observations())
        .recover(MongoFailures::translate)
        .onSuccess(found -> before.put(writing, found));
  }

  /** The changes that the writings made, by the upgrade that they were for. */
  Map<String, ReadingChanges> changes(List<Writing> written) {
    Map<String, ReadingChanges> changes = new HashMap<>();
    for (Writing one : written) {
      String upgrade = one.upgrade();
      List<BsonDocument> earlier = before.get(one);
      if (upgrade != null && earlier != null) {
        changes.merge(
            upgrade, ReadingChanges.between(earlier, one.observations()), ReadingChanges::and);
      }
    }
    return changes;
  }
}
