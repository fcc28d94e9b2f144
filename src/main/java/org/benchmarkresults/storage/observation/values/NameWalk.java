package org.benchmarkresults.storage.observation.values;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.observation.ObservedValueQuery;
import org.benchmarkresults.model.observation.ObservedValueQuery.Member;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.observation.DerivationDocument;
import org.benchmarkresults.storage.observation.ObservationIndexes;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The names of one stage in an indexed database. Each step reads the first key of the index behind
 * the last name, however many results have that name. The keys of an array's index cannot be
 * grouped: the database gives each document once, with one of its keys.
 */
final class NameWalk {
  private final MongoCollection<RawBsonDocument> derivations;
  private final String stageLetter;

  NameWalk(MongoCollection<RawBsonDocument> derivations, String stageLetter) {
    this.derivations = derivations;
    this.stageLetter = stageLetter;
  }

  /**
   * Succeeds with one name more than the limit, in order, or with all there are; fails with {@link
   * Unavailable}.
   */
  Future<List<ObservedName>> names(ObservedValueQuery query) {
    return walk(query, new ArrayList<>());
  }

  private Future<List<ObservedName>> walk(ObservedValueQuery query, List<ObservedName> found) {
    String after = found.isEmpty() ? query.after() : found.getLast().name();
    return Streams.collect(step(query, after))
        .recover(MongoFailures::translate)
        .compose(
            keys -> {
              ObservedName next = keys.isEmpty() ? null : name(keys.getFirst(), query.member());
              if (next == null || !next.name().startsWith(query.prefix())) {
                return Future.succeededFuture(found);
              }
              found.add(next);
              return found.size() > query.limit()
                  ? Future.succeededFuture(found)
                  : walk(query, found);
            });
  }

  /** The first key of the index behind a name, or the first of the prefix. */
  FindPublisher<RawBsonDocument> step(ObservedValueQuery query, @Nullable String after) {
    String field = field(query.member());
    Bson range =
        after == null
            ? Filters.gte(field, new BsonString(query.prefix()))
            : Filters.gt(field, new BsonString(after));
    return derivations
        .find(Filters.and(stage(), range))
        .hintString(index(query.member()))
        .returnKey(true)
        .limit(1);
  }

  private Bson stage() {
    return Filters.eq(DerivationDocument.STAGE, new BsonString(stageLetter));
  }

  /** The results of the stage that have the name. */
  BsonDocument results(Member member, String name) {
    return new BsonDocument(DerivationDocument.STAGE, new BsonString(stageLetter))
        .append(field(member), new BsonString(name));
  }

  private static ObservedName name(RawBsonDocument key, Member member) {
    return new ObservedName(
        key.getString(field(member)).getValue(),
        Instant.ofEpochMilli(key.getDateTime(DerivationDocument.FIRST_RECEIVED_AT).getValue()),
        null);
  }

  static String field(Member member) {
    return switch (member) {
      case TASK -> DerivationDocument.TASKS;
      case METRIC -> DerivationDocument.METRICS;
    };
  }

  static String index(Member member) {
    return switch (member) {
      case TASK -> ObservationIndexes.TASK_RECEIVED;
      case METRIC -> ObservationIndexes.METRIC_RECEIVED;
    };
  }
}
