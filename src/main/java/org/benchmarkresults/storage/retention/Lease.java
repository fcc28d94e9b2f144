package org.benchmarkresults.storage.retention;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.jspecify.annotations.Nullable;

/**
 * The right to do what one node alone should do, taken by compare-and-set on one document. It ends
 * by itself when its holder dies. Another node takes it only some time after it ended, so clocks
 * may differ by that much; what is done under it must be right even if they differ by more.
 */
public final class Lease {
  static final String STARTED_AT = "started_at";
  static final String ENDED_AT = "ended_at";

  private static final String HOLDER = "holder";
  private static final String UNTIL = "until";
  private static final Duration LENGTH = Duration.ofMinutes(5);
  static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  private final MongoClient client;
  private final String collection;
  private final String name;
  private final Clock clock;
  private final String node;
  private final Duration length;
  private final Duration clocksDiffer;
  private Instant until = Instant.EPOCH;

  Lease(MongoClient client, String collection, String name, Clock clock) {
    this(client, collection, name, clock, UUID.randomUUID().toString(), LENGTH, CLOCKS_DIFFER);
  }

  /**
   * A lease that is held for another node.
   *
   * @param node identifies the holder
   * @param length how long it is held unless it is extended
   * @param clocksDiffer how long after its end another node takes it
   */
  public Lease(
      MongoClient client,
      String collection,
      String name,
      Clock clock,
      String node,
      Duration length,
      Duration clocksDiffer) {
    this.client = client;
    this.collection = collection;
    this.name = name;
    this.clock = clock;
    this.node = node;
    this.length = length;
    this.clocksDiffer = clocksDiffer;
  }

  /** Succeeds with whether the lease is held; takes it when nobody else does. */
  public Future<Boolean> hold() {
    return extend().compose(held -> held ? Future.succeededFuture(true) : take(Duration.ZERO));
  }

  /** Succeeds with the document of the lease, null when nobody ever held it. */
  Future<@Nullable JsonObject> read() {
    return client
        .findOne(collection, new JsonObject().put(ResultDocument.ID, name), null)
        .recover(MongoFailures::translate);
  }

  /**
   * Takes the lease when nobody holds it and the last holder began at least so long ago.
   *
   * <p>Succeeds with whether it was taken; fails with {@code Unavailable}.
   */
  Future<Boolean> take(Duration interval) {
    Instant now = clock.instant();
    Instant taken = now.plus(length);
    JsonObject free =
        new JsonObject()
            .put(ResultDocument.ID, name)
            .put(
                "$and",
                new JsonArray()
                    .add(mineOr(either(UNTIL, now.minus(clocksDiffer), taken.plus(clocksDiffer))))
                    .add(either(STARTED_AT, now.minus(interval), now.plus(clocksDiffer))));
    JsonObject mine =
        new JsonObject()
            .put(HOLDER, node)
            .put(UNTIL, ResultDocument.date(taken))
            .put(STARTED_AT, ResultDocument.date(now));
    return thereIsOne()
        .compose(there -> update(free, mine))
        .onSuccess(
            held -> {
              if (held) {
                until = taken;
              }
            });
  }

  /** After an outage a run could not release the lease, so its own node may take it at once. */
  private JsonObject mineOr(JsonObject free) {
    return new JsonObject()
        .put("$or", new JsonArray().add(free).add(new JsonObject().put(HOLDER, node)));
  }

  /** Later than can be is of a node whose clock was ahead: that must not stop the others. */
  private static JsonObject either(String field, Instant before, Instant later) {
    JsonObject after = new JsonObject().put("$gt", ResultDocument.date(later));
    return new JsonObject()
        .put(
            "$or",
            new JsonArray()
                .add(new JsonObject().put(field, atMost(before)))
                .add(new JsonObject().put(field, after)));
  }

  private static JsonObject atMost(Instant moment) {
    return new JsonObject().put("$lte", ResultDocument.date(moment));
  }

  private Future<Void> thereIsOne() {
    JsonObject never =
        new JsonObject()
            .put(ResultDocument.ID, name)
            .put(UNTIL, ResultDocument.date(Instant.EPOCH))
            .put(STARTED_AT, ResultDocument.date(Instant.EPOCH));
    return read()
        .compose(
            found ->
                found != null
                    ? Future.succeededFuture()
                    : client
                        .insert(collection, never)
                        .<Void>mapEmpty()
                        .recover(
                            failure ->
                                MongoFailures.isDuplicateKey(failure)
                                    ? Future.succeededFuture()
                                    : MongoFailures.translate(failure)));
  }

  /** Succeeds with whether the lease is still held, and then for long enough for some more work. */
  public Future<Boolean> extend() {
    Instant now = clock.instant();
    if (now.plus(length.dividedBy(2)).isBefore(until)) {
      return Future.succeededFuture(true);
    }
    Instant later = now.plus(length);
    return update(mine(), new JsonObject().put(UNTIL, ResultDocument.date(later)))
        .onSuccess(
            held -> {
              if (held) {
                until = later;
              }
            });
  }

  /**
   * Gives the lease back with what is to be remembered of the work; succeeds also when it was lost.
   */
  public Future<Boolean> giveBack(JsonObject remembered) {
    JsonObject free =
        remembered
            .copy()
            .put(UNTIL, ResultDocument.date(Instant.EPOCH))
            .put(ENDED_AT, ResultDocument.date(clock.instant()));
    return update(mine(), free);
  }

  private JsonObject mine() {
    return new JsonObject().put(ResultDocument.ID, name).put(HOLDER, node);
  }

  private Future<Boolean> update(JsonObject query, JsonObject fields) {
    return client
        .updateCollectionWithOptions(
            collection, query, new JsonObject().put("$set", fields), new UpdateOptions())
        .recover(MongoFailures::translate)
        .map(updated -> updated.getDocMatched() == 1);
  }
}
