package org.benchmarkresults.storage.mongo;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.benchmarkresults.model.result.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock of the database, which all nodes share: the clock of this node, corrected by the
 * difference measured last. Thread-safe.
 */
public final class DatabaseClock extends Clock {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

  /** Smaller differences are not corrected: they may be network latency. */
  private static final Duration MEASURABLE = Duration.ofSeconds(2);

  /** Larger differences are logged. */
  private static final Duration TOLERATED = Duration.ofSeconds(10);

  /** Retention does not run with a larger difference. */
  private static final Duration MAX_FOR_RETENTION = Duration.ofMinutes(1);

  /** Results received longer ago are imported ones. */
  private static final Duration NEW = Duration.ofMinutes(10);

  private static final Duration MAX_TRANSFER = Duration.ofSeconds(5);

  private final Clock node;
  private volatile Duration difference = Duration.ZERO;
  private volatile boolean isWarned;

  public DatabaseClock(Clock node, MeterRegistry meters) {
    this.node = node;
    Gauge.builder("database.clock.difference", this, clock -> clock.difference.toMillis() / 1e3)
        .description("How far the database's clock is ahead of this node's.")
        .baseUnit("seconds")
        .register(meters);
  }

  /** Measures the difference. Succeeds with the database's reply to {@code isMaster}. */
  public Future<JsonObject> measure(MongoClient client) {
    long sentAt = node.millis();
    // The embedded database and MongoDB before 4.4.2 do not support hello.
    return client
        .runCommand("isMaster", new JsonObject().put("isMaster", 1))
        .onSuccess(reply -> update(reply, sentAt + (node.millis() - sentAt) / 2));
  }

  private void update(JsonObject reply, long nodeMillis) {
    if (reply.getValue("localTime") instanceof JsonObject date) {
      Instant time = Instant.parse(date.getString("$date"));
      difference = Duration.between(Instant.ofEpochMilli(nodeMillis), time);
      logChange();
    }
  }

  private void logChange() {
    boolean differs = difference.abs().compareTo(TOLERATED) > 0;
    if (differs && !isWarned) {
      LOG.atWarn()
          .addKeyValue("difference_ms", difference.toMillis())
          .log("the clock of this node differs from the database's; synchronize it by NTP");
    } else if (isWarned && !differs) {
      LOG.atInfo()
          .addKeyValue("difference_ms", difference.toMillis())
          .log("the clock of this node agrees with the database's again");
    }
    isWarned = differs;
  }

  /** How far the database's clock is ahead of this node's. */
  public Duration difference() {
    return difference;
  }

  /** Whether retention may run with the clock of this node. */
  public boolean isGoodForRetention() {
    return difference.abs().compareTo(MAX_FOR_RETENTION) <= 0;
  }

  /** Corrects the time of receipt of a new result, because event listeners poll by this clock. */
  public Result corrected(Result result) {
    Instant received = result.receivedAt();
    Duration late = Duration.between(received, instant());
    boolean isNew = Duration.between(received, node.instant()).abs().compareTo(NEW) < 0;
    return isNew && late.abs().compareTo(MAX_TRANSFER) > 0
        ? result.delayedBy(late.toMillis())
        : result;
  }

  @Override
  public Instant instant() {
    Duration now = difference;
    return now.abs().compareTo(MEASURABLE) > 0 ? node.instant().plus(now) : node.instant();
  }

  @Override
  public ZoneId getZone() {
    return node.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
