package org.benchmarkresults.storage.group;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Inserts documents into one collection, and for each that was inserted its entry into another. An
 * entry is never there without its document; both are safe when the insert succeeds.
 *
 * <p>On a replica set the wait for the majority's journals is paid once: the documents are
 * acknowledged by the primary alone, the entries by a majority. A majority that has the entries has
 * all that the same primary wrote before them, and the term of both replies (<a
 * href="https://github.com/mongodb/mongo/blob/master/src/mongo/db/repl/README.md">{@code
 * opTime.t}</a>) tells that it was the same. Other deployments tell no term and wait twice.
 */
final class LinkedInsert {
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  /** A command is one BSON document of 16 MiB at most; the driver splits bulk writes itself. */
  private static final long MOST_COMMAND_BYTES = 15 << 20;

  private final MongoClients clients;
  private final MongoCollection<RawBsonDocument> documents;
  private final MongoCollection<RawBsonDocument> entries;

  LinkedInsert(MongoClients clients, String documents, String entries) {
    this.clients = clients;
    this.documents = clients.raw(documents);
    this.entries = clients.raw(entries);
  }

  /**
   * Succeeds with the error codes of the documents that were not inserted, by their index; fails
   * with {@link Unavailable} when it is not known of any.
   *
   * @param linked the entry of each document; null for none
   */
  Future<Map<Integer, Integer>> insert(
      List<RawBsonDocument> all, List<@Nullable RawBsonDocument> linked) {
    if (linked.stream().allMatch(Objects::isNull)) {
      return bulk(documents, all);
    }
    if (!clients.isReplicaSet() || bytes(all) > MOST_COMMAND_BYTES) {
      return bulk(documents, all)
          .compose(
              errors -> {
                List<RawBsonDocument> of = ofInserted(linked, errors);
                return of.isEmpty()
                    ? Future.succeededFuture(errors)
                    : bulk(entries, of).map(LinkedInsert::requireInserted).map(errors);
              });
    }
    return command(documents, all, WriteConcern.W1)
        .compose(
            reply -> {
              Map<Integer, Integer> errors = errors(reply);
              List<RawBsonDocument> of = ofInserted(linked, errors);
              return of.isEmpty()
                  ? Future.succeededFuture(errors)
                  : command(entries, of, entries.getWriteConcern())
                      .map(after -> requireSafe(reply, after))
                      .map(errors);
            });
  }

  private static long bytes(List<RawBsonDocument> all) {
    return all.stream().mapToLong(document -> document.getByteBuffer().remaining()).sum();
  }

  private static List<RawBsonDocument> ofInserted(
      List<@Nullable RawBsonDocument> linked, Map<Integer, Integer> errors) {
    List<RawBsonDocument> all = new ArrayList<>(linked.size());
    for (int i = 0; i < linked.size(); i++) {
      RawBsonDocument entry = linked.get(i);
      if (entry != null && !errors.containsKey(i)) {
        all.add(entry);
      }
    }
    return all;
  }

  private static Future<Map<Integer, Integer>> bulk(
      MongoCollection<RawBsonDocument> collection, List<RawBsonDocument> all) {
    List<InsertOneModel<RawBsonDocument>> inserts =
        all.stream().<InsertOneModel<RawBsonDocument>>map(InsertOneModel::new).toList();
    return Streams.collect(collection.bulkWrite(inserts, UNORDERED), collection)
        .map(result -> Map.<Integer, Integer>of())
        .recover(LinkedInsert::errors);
  }

  /** An unordered bulk write has written everything that it does not report as failed. */
  private static Future<Map<Integer, Integer>> errors(Throwable failure) {
    if (!(failure instanceof MongoBulkWriteException bulk) || bulk.getWriteConcernError() != null) {
      return MongoFailures.translate(failure);
    }
    Map<Integer, Integer> errors = new HashMap<>();
    for (BulkWriteError error : bulk.getWriteErrors()) {
      errors.put(error.getIndex(), error.getCode());
    }
    return Future.succeededFuture(errors);
  }

  /** The driver's own insert does not tell the term. */
  private Future<BsonDocument> command(
      MongoCollection<?> collection, List<RawBsonDocument> all, WriteConcern concern) {
    BsonDocument command =
        new BsonDocument("insert", new BsonString(collection.getNamespace().getCollectionName()))
            .append("ordered", BsonBoolean.FALSE)
            .append("writeConcern", concern.asDocument())
            .append("documents", new BsonArray(all));
    return Streams.collect(clients.database().runCommand(command, BsonDocument.class), collection)
        .map(replies -> replies.get(0))
        .recover(MongoFailures::translate);
  }

  private static Map<Integer, Integer> errors(BsonDocument reply) {
    Map<Integer, Integer> errors = new HashMap<>();
    for (BsonValue error : reply.getArray("writeErrors", new BsonArray())) {
      errors.put(number(error, "index"), number(error, "code"));
    }
    return errors;
  }

  private static int number(BsonValue document, String field) {
    return document.asDocument().getNumber(field).intValue();
  }

  private static BsonDocument requireSafe(BsonDocument first, BsonDocument second) {
    Map<Integer, Integer> unused = requireInserted(errors(second));
    BsonNumber term = term(first);
    if (term == null || !term.equals(term(second)) || second.containsKey("writeConcernError")) {
      throw new Unavailable("The database changed its primary meanwhile; please try again.");
    }
    return second;
  }

  private static @Nullable BsonNumber term(BsonDocument reply) {
    BsonValue time = reply.get("opTime");
    return time == null || !time.isDocument() ? null : time.asDocument().getNumber("t");
  }

  /** An id that is taken is of an attempt before, whose reply was lost. */
  private static Map<Integer, Integer> requireInserted(Map<Integer, Integer> errors) {
    if (errors.values().stream().anyMatch(code -> code != MongoFailures.DUPLICATE_KEY)) {
      throw new IllegalStateException("the database refused an entry: " + errors.values());
    }
    return errors;
  }
}
