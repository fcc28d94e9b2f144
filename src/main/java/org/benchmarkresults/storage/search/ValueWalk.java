package org.benchmarkresults.storage.search;

import com.mongodb.reactivestreams.client.AggregatePublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.ValueQuery;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.index.Indexes;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.mongo.TextOrder;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The values that a member has within one collection, found by walking along the index that begins
 * with the member. Stateless.
 *
 * <p>A step takes a number of keys, in the order of the index, and groups them: of every value but
 * the last all keys were seen. The next step begins behind the last, however many keys of it are
 * left. Steps that give many values are followed by longer ones and steps that give none by shorter
 * ones, so that few values with many results each cost little, and many values with few too.
 */
final class ValueWalk {
  /**
   * A value that was walked past.
   *
   * @param count of its keys that were seen
   * @param whole whether these are all
   */
  record Found(String value, long count, boolean whole, Instant lastSeen) {}

  /** Keys of a step: a thousand take a millisecond, a step without any a third of that. */
  private static final int FIRST_STEP = 1_000;

  private static final int SHORTEST_STEP = 128;
  private static final int LONGEST_STEP = 20_000;
  private static final int FACTOR = 8;

  private static final String COUNT = "count";
  private static final String LAST_SEEN = "last_seen";
  private static final Comparator<Found> IN_ORDER =
      Comparator.comparing(Found::value, TextOrder.BY_CODE_POINTS);

  private final MongoCollection<RawBsonDocument> raw;

  ValueWalk(MongoCollection<RawBsonDocument> raw) {
    this.raw = raw;
  }

  /**
   * Succeeds with at least one value more than asked for, in order, or all there are; fails with
   * {@link Unavailable}.
   */
  Future<List<Found>> values(ValueQuery query) {
    return walk(query, List.of(), FIRST_STEP);
  }

  private Future<List<Found>> walk(ValueQuery query, List<Found> before, int keys) {
    String after = before.isEmpty() ? query.after() : before.get(before.size() - 1).value();
    return read(step(query, after, keys))
        .map(found -> lastIsOpen(found, keys))
        .compose(found -> goOn(query, before, found, keys));
  }

  private Future<List<Found>> goOn(
      ValueQuery query, List<Found> before, List<Found> found, int keys) {
    List<Found> all = new ArrayList<>(before);
    all.addAll(found);
    boolean end = found.isEmpty() || found.get(found.size() - 1).whole();
    return end || all.size() > query.limit()
        ? Future.succeededFuture(all)
        : walk(query, all, nextStep(keys, found.size() - 1));
  }

  private static int nextStep(int keys, int wholeValues) {
    if (wholeValues == 0) {
      return Math.max(SHORTEST_STEP, keys / FACTOR);
    }
    return wholeValues < FACTOR ? keys : Math.min(LONGEST_STEP, keys * FACTOR);
  }

  /** Behind a step that found all the keys it wanted, more of its last value may follow. */
  private static List<Found> lastIsOpen(List<Found> found, int keys) {
    if (found.stream().mapToLong(Found::count).sum() < keys) {
      return found;
    }
    List<Found> opened = new ArrayList<>(found);
    Found last = opened.remove(opened.size() - 1);
    opened.add(new Found(last.value(), last.count(), false, last.lastSeen()));
    return opened;
  }

  /** One step; the index alone answers it, in its order. */
  AggregatePublisher<RawBsonDocument> step(ValueQuery query, @Nullable String after, int keys) {
    String member = field(query.member());
    BsonDocument order =
        new BsonDocument(member, new BsonInt32(1))
            .append(ResultDocument.FIRST_RECEIVED_AT, new BsonInt32(-1))
            .append(ResultDocument.ID, new BsonInt32(-1));
    List<Bson> pipeline =
        List.of(
            new BsonDocument("$match", new BsonDocument(member, range(query, after))),
            new BsonDocument("$sort", order),
            new BsonDocument("$limit", new BsonInt32(keys)),
            group(member));
    return raw.aggregate(pipeline).hintString(index(query.member()));
  }

  /** Strings only; null is not a value. */
  private static BsonDocument range(ValueQuery query, @Nullable String after) {
    if (!query.only().isEmpty()) {
      List<BsonString> behind =
          query.only().stream()
              .filter(value -> after == null || TextOrder.BY_CODE_POINTS.compare(value, after) > 0)
              .map(BsonString::new)
              .toList();
      return new BsonDocument("$in", new BsonArray(behind));
    }
    BsonDocument range = FilterQuery.prefix(query.prefix());
    return after == null ? range : range.append("$gt", new BsonString(after));
  }

  private static BsonDocument group(String member) {
    BsonDocument newest =
        new BsonDocument("$max", new BsonString("$" + ResultDocument.FIRST_RECEIVED_AT));
    return new BsonDocument(
        "$group",
        new BsonDocument(ResultDocument.ID, new BsonString("$" + member))
            .append(COUNT, new BsonDocument("$sum", new BsonInt32(1)))
            .append(LAST_SEEN, newest));
  }

  private static Future<List<Found>> read(AggregatePublisher<RawBsonDocument> groups) {
    return Streams.collect(groups)
        .recover(MongoFailures::translate)
        .map(
            documents ->
                documents.stream()
                    .filter(document -> document.isString(ResultDocument.ID))
                    .map(ValueWalk::found)
                    .sorted(IN_ORDER)
                    .toList());
  }

  private static Found found(RawBsonDocument group) {
    return new Found(
        group.getString(ResultDocument.ID).getValue(),
        group.getNumber(COUNT).longValue(),
        true,
        Instant.ofEpochMilli(group.getDateTime(LAST_SEEN).getValue()));
  }

  static String field(Field.Own member) {
    return switch (member) {
      case BENCHMARK_NAME -> ResultDocument.BENCHMARK_NAME;
      case MODEL_ID -> ResultDocument.MODEL_ID;
      case SOURCE -> ResultDocument.SOURCE;
      default -> throw new IllegalArgumentException("the values of " + member + " are not listed");
    };
  }

  static String index(Field.Own member) {
    return switch (member) {
      case BENCHMARK_NAME -> Indexes.BENCHMARK_RECEIVED;
      case MODEL_ID -> Indexes.MODEL_RECEIVED;
      case SOURCE -> Indexes.SOURCE;
      default -> throw new IllegalArgumentException("the values of " + member + " are not listed");
    };
  }
}
