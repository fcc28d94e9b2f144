package org.benchmarkresults.storage;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.BulkWriteOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Unavailable;

/**
 * Inserts documents in groups: while a bulk insert is under way, arrivals queue, and when it returns
 * the whole queue goes as the next one. No wait is ever added; under load the cost of a round trip
 * and of a journal write is shared. Confined to one event loop.
 */
final class GroupCommit {
  /** More lanes make smaller groups; docs/decisions.md has the figures. */
  private static final int LANES = 2;

  private static final int MOST_DOCUMENTS = 1_000;
  private static final int MOST_BYTES = 16 << 20;
  private static final long MOST_WAITING_BYTES = 64L << 20;
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().setOrdered(false);

  private record Waiting(JsonObject document, int bytes, Promise<Boolean> inserted) {}

  private final MongoClient client;
  private final String collection;
  private final Supplier<Future<Void>> durable;
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private long waitingBytes;
  private int busyLanes;

  /**
   * @param durable succeeds when all that the database acknowledged before is on its disk
   */
  GroupCommit(MongoClient client, String collection, Supplier<Future<Void>> durable) {
    this.client = client;
    this.collection = collection;
    this.durable = durable;
  }

  /**
   * Inserts a document of about so many bytes.
   *
   * <p>Succeeds with true when it was inserted and is safe, with false when its {@code _id} was
   * taken; fails with {@link Unavailable} when it is not known.
   */
  Future<Boolean> insert(JsonObject document, int bytes) {
    if (waitingBytes > MOST_WAITING_BYTES) {
      return Future.failedFuture(
          new Unavailable("More results are waiting to be written than fit in memory."));
    }
    Promise<Boolean> inserted = Promise.promise();
    queue.add(new Waiting(document, bytes, inserted));
    waitingBytes += bytes;
    begin();
    return inserted.future();
  }

  private void begin() {
    while (busyLanes < LANES && !queue.isEmpty()) {
      List<Waiting> group = nextGroup();
      busyLanes++;
      write(group)
          .onComplete(
              done -> {
                busyLanes--;
                begin();
              });
    }
  }

  private List<Waiting> nextGroup() {
    List<Waiting> group = new ArrayList<>();
    int bytes = 0;
    while (!queue.isEmpty() && group.size() < MOST_DOCUMENTS && bytes < MOST_BYTES) {
      Waiting next = queue.remove();
      bytes += next.bytes;
      group.add(next);
    }
    waitingBytes -= bytes;
    return group;
  }

  private Future<Void> write(List<Waiting> group) {
    List<BulkOperation> inserts =
        group.stream().map(waiting -> BulkOperation.createInsert(waiting.document)).toList();
    return client
        .bulkWriteWithOptions(collection, inserts, UNORDERED)
        .map(result -> Map.<Integer, BulkWriteError>of())
        .recover(GroupCommit::errorsByIndex)
        .compose(errors -> durable.get().map(errors))
        .onSuccess(errors -> settle(group, errors))
        .onFailure(failure -> group.forEach(waiting -> waiting.inserted.fail(failure)))
        .mapEmpty();
  }

  /** Of an unordered bulk everything that is not named as failed was written. */
  private static Future<Map<Integer, BulkWriteError>> errorsByIndex(Throwable failure) {
    if (!(failure instanceof MongoBulkWriteException bulk) || bulk.getWriteConcernError() != null) {
      return MongoFailures.understood(failure);
    }
    Map<Integer, BulkWriteError> errors = new HashMap<>();
    bulk.getWriteErrors().forEach(error -> errors.put(error.getIndex(), error));
    return Future.succeededFuture(errors);
  }

  private static void settle(List<Waiting> group, Map<Integer, BulkWriteError> errors) {
    for (int i = 0; i < group.size(); i++) {
      BulkWriteError error = errors.get(i);
      Promise<Boolean> inserted = group.get(i).inserted;
      if (error == null) {
        inserted.complete(true);
      } else if (error.getCode() == MongoFailures.DUPLICATE_KEY) {
        inserted.complete(false);
      } else {
        inserted.fail(new IllegalArgumentException("insert failed with code " + error.getCode()));
      }
    }
  }
}
