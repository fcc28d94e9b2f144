package org.benchmarkresults.storage.group;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.Received;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
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

  /**
   * A document and what is inserted with it.
   *
   * @param entry goes into the collection of entries once the document is inserted; null for none
   */
  public record Insert(RawBsonDocument document, @Nullable RawBsonDocument entry) {
    private long bytes() {
      long own = document.getByteBuffer().remaining();
      return entry == null ? own : own + entry.getByteBuffer().remaining();
    }
  }

  /** The outcome of inserting one document. */
  public enum Verdict {
    /** The document and its entry are safe. */
    INSERTED,
    /** Its {@code _id} was taken. */
    TAKEN,
    /** The database refuses it. */
    REFUSED
  }

  private record Waiting(
      List<Insert> inserts, long bytes, long since, Trace trace, Promise<List<Verdict>> inserted) {
    boolean isOverdue() {
      return System.nanoTime() - since > Received.LONGEST_WAIT.toNanos();
    }
  }

  private final LinkedInsert linked;
  private final int lanes;
  private final Supplier<Future<Void>> durable;
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private final DistributionSummary groups;

  /** Changed on the event loop alone; read by the meter. */
  private final AtomicLong waitingBytes = new AtomicLong();

  private int busyLanes;

  /**
   * @param entries the collection of the entries
   * @param lanes bulk inserts under way at once; more make smaller groups
   * @param durable succeeds when all that the database acknowledged before is on its disk
   * @param kind of what is inserted here, for the metrics
   */
  public GroupCommit(
      MongoClients clients,
      String collection,
      String entries,
      int lanes,
      Supplier<Future<Void>> durable,
      String kind) {
    linked = new LinkedInsert(clients, collection, entries);
    this.lanes = lanes;
    this.durable = durable;
    Tags tags = Tags.of("collection", collection, "kind", kind);
    groups =
        DistributionSummary.builder("storage.insert.documents")
            .description("Documents in one bulk insert.")
            .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
            .tags(tags)
            .register(clients.meters());
    Gauge.builder("storage.insert.queue", waitingBytes, AtomicLong::get)
        .description("Documents that wait for a bulk insert.")
        .baseUnit(BaseUnits.BYTES)
        .tags(tags)
        .register(clients.meters());
  }

  /**
   * Inserts documents with their entries, not more than a thousand.
   *
   * <p>Succeeds with a verdict on each, in their order; fails with {@link Unavailable} when it is
   * not known of any.
   */
  public Future<List<Verdict>> insert(List<Insert> inserts) {
    if (waitingBytes.get() > MOST_WAITING_BYTES) {
      return Future.failedFuture(
          new Unavailable("More results are waiting to be written than fit in memory."));
    }
    long bytes = 0;
    for (Insert insert : inserts) {
      bytes += insert.bytes();
    }
    Promise<List<Verdict>> inserted = Promise.promise();
    queue.add(new Waiting(inserts, bytes, System.nanoTime(), Trace.current(), inserted));
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
      documents += next.inserts.size();
      bytes += next.bytes;
      group.add(next);
    } while (!queue.isEmpty()
        && documents + queue.element().inserts.size() <= MOST_DOCUMENTS
        && bytes < MOST_BYTES);
    waitingBytes.addAndGet(-bytes);
    return group;
  }

  private Future<Void> write(List<Waiting> group) {
    List<RawBsonDocument> documents = new ArrayList<>();
    List<@Nullable RawBsonDocument> entries = new ArrayList<>();
    for (Waiting waiting : group) {
      for (Insert insert : waiting.inserts) {
        documents.add(insert.document);
        entries.add(insert.entry);
      }
    }
    groups.record(documents.size());
    return group
        .get(0)
        .trace
        .with(() -> linked.insert(documents, entries))
        .compose(errors -> durable.get().map(errors))
        .onSuccess(errors -> settle(group, errors))
        .onFailure(failure -> group.forEach(waiting -> waiting.inserted.fail(failure)))
        .mapEmpty();
  }

  private static void settle(List<Waiting> group, Map<Integer, Integer> errors) {
    int index = 0;
    for (Waiting waiting : group) {
      List<Verdict> verdicts = new ArrayList<>(waiting.inserts.size());
      for (int i = 0; i < waiting.inserts.size(); i++) {
        verdicts.add(verdict(errors.get(index++)));
      }
      waiting.inserted.complete(verdicts);
    }
  }

  private static Verdict verdict(@Nullable Integer code) {
    if (code == null) {
      return Verdict.INSERTED;
    }
    if (code == MongoFailures.DUPLICATE_KEY) {
      return Verdict.TAKEN;
    }
    LOG.atError().addKeyValue("code", code).log("the database refused a document");
    return Verdict.REFUSED;
  }
}
