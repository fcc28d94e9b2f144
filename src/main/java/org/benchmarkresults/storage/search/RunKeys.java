package org.benchmarkresults.storage.search;

import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.util.List;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.search.RunQuery;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.index.Indexes;
import org.benchmarkresults.storage.mongo.KeysetOrder;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.mongo.TextOrder;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;

/**
 * The names of a run's results within one collection. Stateless.
 *
 * <p>The index of runs is ordered by receipt within a run, so names in order are picked out of all
 * its keys, unless they are so many that walking along the names of all runs is cheaper.
 */
public final class RunKeys {
  /** Picking from so many takes some 10 ms. */
  public static final int FEW = Searches.FEW;

  private static final KeysetOrder BY_NAME = KeysetOrder.ascending(ResultDocument.ID);

  private final MongoCollection<RawBsonDocument> raw;
  private final BoundedCount count;
  private final boolean indexed;
  private final int few;

  /**
   * @param indexed whether the database has the declared indexes
   * @param few from how many names those of a page are picked out
   */
  RunKeys(MongoCollection<RawBsonDocument> raw, BoundedCount count, boolean indexed, int few) {
    this.raw = raw;
    this.count = count;
    this.indexed = indexed;
    this.few = few;
  }

  /**
   * Succeeds with one name more than asked for, in order, or all; fails with {@link Unavailable}.
   */
  Future<List<String>> after(RunQuery query) {
    int most = query.limit() + 1;
    if (!indexed) {
      return names(find(run(query)))
          .map(all -> all.stream().filter(name -> isBehind(name, query)).limit(most).toList());
    }
    return names(any(query))
        .compose(some -> some.size() < most ? Future.succeededFuture(some) : namesInOrder(query));
  }

  private Future<List<String>> namesInOrder(RunQuery query) {
    return count
        .of(range(query), Indexes.RUN, few + 1)
        .map(count -> count <= few ? Indexes.RUN : Indexes.ID)
        .compose(index -> names(inOrder(query, index)));
  }

  /** Some names, in no order that matters. */
  FindPublisher<RawBsonDocument> any(RunQuery query) {
    return find(range(query)).hintString(Indexes.RUN).limit(query.limit() + 1);
  }

  /** The first names. */
  FindPublisher<RawBsonDocument> inOrder(RunQuery query, String index) {
    return find(range(query)).sort(BY_NAME.sort()).hintString(index).limit(query.limit() + 1);
  }

  private FindPublisher<RawBsonDocument> find(BsonDocument range) {
    return raw.find(range).projection(Projections.include(ResultDocument.ID));
  }

  private static BsonDocument run(RunQuery query) {
    BsonDocument run = FilterQuery.ofBenchmarks(query.benchmarkPrefix());
    return run.append(ResultDocument.RUN_ID, new BsonString(query.runId()));
  }

  private static BsonDocument range(RunQuery query) {
    BsonDocument range = run(query);
    if (query.after() != null) {
      range.putAll(BY_NAME.after(new BsonString(query.after())));
    }
    return range;
  }

  /** The embedded database orders texts by UTF-16 units. */
  private static boolean isBehind(String name, RunQuery query) {
    return query.after() == null || TextOrder.BY_CODE_POINTS.compare(name, query.after()) > 0;
  }

  private static Future<List<String>> names(FindPublisher<RawBsonDocument> keys) {
    return Streams.collect(keys)
        .recover(MongoFailures::translate)
        .map(
            documents ->
                documents.stream()
                    .map(document -> document.getString(ResultDocument.ID).getValue())
                    .sorted(TextOrder.BY_CODE_POINTS)
                    .toList());
  }
}
