package org.benchmarkresults.storage.save;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.Received;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.mongo.Trace;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inserts documents in groups: while a bulk insert is under way, arrivals queue, and when it
 * returns the whole queue goes as the next one. No wait is ever added; under load the cost of a
 * round trip and of a journal write is shared. Confined to one event loop.
 */
public final class GroupCommit {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int MOST_DOCUMENTS = 1_000;
  private static final int MOST_BYTES = 16 << 20;
  private static final long MOST_WAITING_BYTES = 64L << 20;
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  /** How the insert of one document ended, when it did. */
  public enum Verdict {
    /** It is safe. */
    INSERTED,
    /** Its {@code _id} was taken. */
    TAKEN,
    /** The database refuses it. */
    REFUSED
  }

  private record Waiting(
      List<RawBsonDocument> documents,
      long bytes,
      long since,
      Trace trace,
      Promise<List<Verdict>> inserted) {
    boolean isOverdue() {
      return System.nanoTime() - since > Received.LONGEST_WAIT.toNanos();
    }
  }

  private final MongoCollection<RawBsonDocument> collection;
  private final int lanes;
  private final Supplier<Future<Void>> durable;
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private final DistributionSummary groups;

  /** Changed on the event loop alone; read by the meter. */
  private final AtomicLong waitingBytes = new AtomicLong();

  private int busyLanes;

  /**
   * @param lanes bulk inserts under way at once; more make smaller groups
   * @param durable succeeds when all that the database acknowledged before is on its disk
   * @param meters where the sizes of groups and what waits are counted
   * @param kind of what is inserted here, for the meters
   */
  public GroupCommit(
      MongoCollection<RawBsonDocument> collection,
      int lanes,
      Supplier<Future<Void>> durable,
      MeterRegistry meters,
      String kind) {
    this.collection = collection;
    this.lanes = lanes;
    this.durable = durable;
    Tags tags = Tags.of("collection", collection.getNamespace().getCollectionName(), "kind", kind);
    groups =
        DistributionSummary.builder("storage.insert.documents")
            .description("Documents in one bulk insert.")
            .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
            .tags(tags)
            .register(meters);
    Gauge.builder("storage.insert.queue", waitingBytes, AtomicLong::get)
        .description("Documents that wait for a bulk insert.")
        .baseUnit(BaseUnits.BYTES)
        .tags(tags)
        .register(meters);
  }

  /**
   * Inserts documents, not more than a thousand.
   *
   * <p>Succeeds with a verdict on each, in their order; fails with {@link Unavailable} when it is
   * not known of any.
   */
  public Future<List<Verdict>> insert(List<RawBsonDocument> documents) {
    if (waitingBytes.get() > MOST_WAITING_BYTES) {
      return Future.failedFuture(
          new Unavailable("More results are waiting to be written than fit in memory."));
    }
    long bytes = 0;
    for (RawBsonDocument document : documents) {
      bytes += document.getByteBuffer().remaining();
    }
    Promise<List<Verdict>> inserted = Promise.promise();
    queue.add(new Waiting(documents, bytes, System.nanoTime(), Trace.current(), inserted));
    waitingBytes.addAndGet(bytes);
    begin();
    return inserted.future();
  }

  private void begin() {
    while (!queue.isEmpty() && queue.element().isOverdue()) {
      Waiting late = queue.remove();
      waitingBytes.addAndGet(-late.bytes);
      late.inserted.fail(new Unavailable("It waited too long for the database; please try again."));
    }
    while (busyLanes < lanes && !queue.isEmpty()) {
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

  /** At least one arrival, whatever its size. */
  private List<Waiting> nextGroup() {
    List<Waiting> group = new ArrayList<>();
    int documents = 0;
    long bytes = 0;
    do {
      Waiting next = queue.remove();
      documents += next.documents.size();
      bytes += next.bytes;
      group.add(next);
    } while (!queue.isEmpty()
        && documents + queue.element().documents.size() <= MOST_DOCUMENTS
        && bytes < MOST_BYTES);
    waitingBytes.addAndGet(-bytes);
    return group;
  }

  private Future<Void> write(List<Waiting> group) {
    List<InsertOneModel<RawBsonDocument>> inserts = new ArrayList<>();
    for (Waiting waiting : group) {
      waiting.documents.forEach(document -> inserts.add(new InsertOneModel<>(document)));
    }
    groups.record(inserts.size());
    return group
        .get(0)
        .trace
        .with(() -> Streams.collect(collection.bulkWrite(inserts, UNORDERED), collection))
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
      return MongoFailures.translate(failure);
    }
    Map<Integer, BulkWriteError> errors = new HashMap<>();
    bulk.getWriteErrors().forEach(error -> errors.put(error.getIndex(), error));
    return Future.succeededFuture(errors);
  }

  private static void settle(List<Waiting> group, Map<Integer, BulkWriteError> errors) {
    int index = 0;
    for (Waiting waiting : group) {
      List<Verdict> verdicts = new ArrayList<>(waiting.documents.size());
      for (int i = 0; i < waiting.documents.size(); i++) {
        verdicts.add(verdict(errors.get(index++)));
      }
      waiting.inserted.complete(verdicts);
    }
  }

  private static Verdict verdict(@Nullable BulkWriteError error) {
    if (error == null) {
      return Verdict.INSERTED;
    }
    if (error.getCode() == MongoFailures.DUPLICATE_KEY) {
      return Verdict.TAKEN;
    }
    LOG.atError().addKeyValue("code", error.getCode()).log("the database refused a document");
    return Verdict.REFUSED;
  }
}
