package org.benchmarkresults.storage.observation;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.BsonDocument;

/**
 * The two collections of derived data. Their writes are acknowledged by the primary alone and read
 * from there: what a failover takes back is still pending and is written again.
 */
public final class DerivedCollections {
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  private final MongoCollection<BsonDocument> observations;
  private final MongoCollection<BsonDocument> derivations;

  public DerivedCollections(OpenDatabase database) {
    observations = collection(database, database.collections().observations());
    derivations = collection(database, database.collections().derivations());
  }

  private static MongoCollection<BsonDocument> collection(OpenDatabase database, String name) {
    MongoCollection<BsonDocument> collection =
        database.clients().database().getCollection(name, BsonDocument.class);
    return database.isIndexed()
        ? collection.withWriteConcern(WriteConcern.W1).withReadConcern(ReadConcern.LOCAL)
        : collection;
  }

  public MongoCollection<BsonDocument> observations() {
    return observations;
  }

  public MongoCollection<BsonDocument> derivations() {
    return derivations;
  }

  /** The same, acknowledged by a majority, which then has all earlier writes too. */
  MongoCollection<BsonDocument> safeDerivations() {
    return derivations.withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
  }

  /**
   * Runs writes in any order. Succeeds with the indexes of those that were refused because their id
   * is taken; fails with {@code Unavailable}.
   */
  public static Future<Set<Integer>> write(
      MongoCollection<BsonDocument> collection, List<? extends WriteModel<BsonDocument>> writes) {
    return writes.isEmpty()
        ? Future.succeededFuture(Set.of())
        : Streams.collect(collection.bulkWrite(writes, UNORDERED), collection)
            .map(done -> Set.<Integer>of())
            .recover(DerivedCollections::taken);
  }

  private static Future<Set<Integer>> taken(Throwable failure) {
    if (!(failure instanceof MongoBulkWriteException bulk) || bulk.getWriteConcernError() != null) {
      return MongoFailures.translate(failure);
    }
    Set<Integer> taken = new HashSet<>();
    for (BulkWriteError error : bulk.getWriteErrors()) {
      if (error.getCode() != MongoFailures.DUPLICATE_KEY) {
        return Future.failedFuture(failure);
      }
      taken.add(error.getIndex());
    }
    return Future.succeededFuture(taken);
  }
}
