package org.benchmarkresults.storage.observation.search;

import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.benchmarkresults.model.observed.ObservedSearch;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.storage.mongo.KeysetOrder;
import org.benchmarkresults.storage.mongo.KeysetOrder.Column;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.observation.DerivationDocument;
import org.benchmarkresults.storage.observation.ObservationId;
import org.benchmarkresults.storage.observation.ObservationIndexes;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The derivations of one stage. Stateless. */
final class Derivations {
  private static final Bson ROW =
      Projections.include(
          DerivationDocument.VERSION,
          DerivationDocument.STATE,
          DerivationDocument.FIRST_RECEIVED_AT,
          DerivationDocument.HEADLINE);

  private final MongoCollection<RawBsonDocument> raw;
  private final Stage stage;
  private final boolean isIndexed;

  Derivations(MongoCollection<RawBsonDocument> raw, Stage stage, boolean isIndexed) {
    this.raw = raw;
    this.stage = stage;
    this.isIndexed = isIndexed;
  }

  static String resultName(BsonDocument derivation) {
    return ObservationId.resultName(derivation.getString(DerivationDocument.ID).getValue());
  }

  /** The key of a page of results that ends with this one. */
  static PageKey key(BsonDocument derivation) {
    long millis = derivation.getDateTime(DerivationDocument.FIRST_RECEIVED_AT).getValue();
    return new PageKey(Instant.ofEpochMilli(millis), resultName(derivation));
  }

  /** Succeeds with the next derivations with the tasks and metrics, in the order of receipt. */
  Future<List<BsonDocument>> page(
      ObservedSearch observed, @Nullable PageKey after, int limit, Duration time) {
    return collect(find(observed, after, limit, time)).map(ArrayList::new);
  }

  FindPublisher<RawBsonDocument> find(
      ObservedSearch observed, @Nullable PageKey after, int limit, Duration time) {
    boolean descending = observed.search().sort().descending();
    KeysetOrder order =
        new KeysetOrder(
            List.of(
                new Column(DerivationDocument.FIRST_RECEIVED_AT, descending),
                new Column(DerivationDocument.ID, descending)));
    boolean byTask = !observed.tasks().isEmpty();
    String field = byTask ? DerivationDocument.TASKS : DerivationDocument.METRICS;
    List<String> names = byTask ? observed.tasks() : observed.metrics();
    BsonDocument others = byTask ? oneOf(DerivationDocument.METRICS, observed.metrics()) : none();
    BsonDocument behind =
        after == null
            ? none()
            : order.after(
                new BsonDateTime(after.receivedAt().toEpochMilli()),
                new BsonString(ObservationId.ofResult(stage, after.id())));
    List<BsonDocument> branches =
        names.stream()
            .distinct()
            .map(name -> new BsonDocument(field, new BsonDocument("$eq", new BsonString(name))))
            .map(one -> ofStage().append(field, one.get(field)))
            .map(one -> ObservationQuery.both(ObservationQuery.both(one, others), behind))
            .toList();
    FindPublisher<RawBsonDocument> find =
        raw.withTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
            .find(ObservationQuery.any(branches))
            .sort(order.sort())
            .projection(ROW)
            .limit(limit);
    String index = byTask ? ObservationIndexes.TASK_RECEIVED : ObservationIndexes.METRIC_RECEIVED;
    return isIndexed ? find.hintString(index) : find;
  }

  private BsonDocument ofStage() {
    String letter = ObservationId.ofResult(stage, "");
    return new BsonDocument(DerivationDocument.STAGE, new BsonString(letter));
  }

  private static BsonDocument none() {
    return new BsonDocument();
  }

  private static BsonDocument oneOf(String field, List<String> names) {
    return names.isEmpty()
        ? none()
        : new BsonDocument(
            field,
            new BsonDocument("$in", new BsonArray(names.stream().map(BsonString::new).toList())));
  }

  /** Succeeds with the derivations of results by their names. */
  Future<Map<String, BsonDocument>> of(List<String> names) {
    return named(names, none());
  }

  /** Succeeds with those of them that have the tasks and metrics. */
  Future<Map<String, BsonDocument>> matching(ObservedSearch observed, List<String> names) {
    return named(
        names,
        ObservationQuery.both(
            oneOf(DerivationDocument.TASKS, observed.tasks()),
            oneOf(DerivationDocument.METRICS, observed.metrics())));
  }

  private Future<Map<String, BsonDocument>> named(List<String> names, BsonDocument condition) {
    if (names.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    BsonDocument ids =
        oneOf(
            DerivationDocument.ID,
            names.stream().map(name -> ObservationId.ofResult(stage, name)).toList());
    return collect(raw.find(ObservationQuery.both(ids, condition)).projection(ROW))
        .map(
            found -> {
              Map<String, BsonDocument> byName = new HashMap<>();
              found.forEach(one -> byName.put(resultName(one), one));
              return byName;
            });
  }

  private static Future<List<RawBsonDocument>> collect(FindPublisher<RawBsonDocument> find) {
    return Streams.collect(find);
  }
}
