package org.benchmarkresults.storage.search;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.search.ValueQuery;
import org.benchmarkresults.storage.embedded.ValuesCommand;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.search.ValueWalk.Found;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * The values that a member has within one collection of the embedded database, which has no index
 * of them and counts them in one walk over all rows. Stateless.
 */
final class EmbeddedValues {
  private final MongoDatabase database;
  private final String collection;

  EmbeddedValues(MongoDatabase database, String collection) {
    this.database = database;
    this.collection = collection;
  }

  /**
   * Succeeds with one value more than asked for, in order, or all there are; fails with {@link
   * Unavailable}.
   */
  Future<List<Found>> values(ValueQuery query) {
    return Streams.one(database.runCommand(command(query), BsonDocument.class))
        .recover(MongoFailures::translate)
        .map(
            answer ->
                answer.getArray(ValuesCommand.VALUES).stream().map(EmbeddedValues::found).toList());
  }

  private BsonDocument command(ValueQuery query) {
    BsonDocument command =
        new BsonDocument(ValuesCommand.COMMAND, new BsonString(collection))
            .append(ValuesCommand.MEMBER, new BsonString(ValueWalk.field(query.member())))
            .append(ValuesCommand.PREFIX, new BsonString(query.prefix()))
            .append(ValuesCommand.LIMIT, new BsonInt32(query.limit() + 1));
    if (!query.only().isEmpty()) {
      command.append(
          ValuesCommand.ONLY, new BsonArray(query.only().stream().map(BsonString::new).toList()));
    }
    return query.after() == null
        ? command
        : command.append(ValuesCommand.AFTER, new BsonString(query.after()));
  }

  private static Found found(BsonValue value) {
    BsonDocument rows = value.asDocument();
    return new Found(
        rows.getString(ValuesCommand.VALUE).getValue(),
        rows.getNumber(ValuesCommand.COUNT).longValue(),
        true,
        Instant.ofEpochMilli(rows.getDateTime(ValuesCommand.LAST_SEEN).getValue()));
  }
}
