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
 * The time of the database, which all nodes share: the clock of this node and how far it is from
 * the database's when it was last asked. Thread-safe.
 */
public final class DatabaseClock extends Clock {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

  /** An answer takes its time, so a smaller difference is none. */
  private static final Duration UNNOTICED = Duration.ofSeconds(2);

  /** Of what is told to the operator. */
  private static final Duration TOLERATED = Duration.ofSeconds(10);

  /** Nothing is deleted by a clock that differs more. */
  private static final Duration MOST_OF_RETENTION = Duration.ofMinutes(1);

  /** A result that says it was received longer ago was not received just now, but imported. */
  private static final Duration JUST_NOW = Duration.ofMinutes(10);

  private static final Duration MOST_ON_THE_WAY = Duration.ofSeconds(5);

  private final Clock node;
  private volatile Duration difference = Duration.ZERO;
  private volatile boolean isTold;

  public DatabaseClock(Clock node, MeterRegistry meters) {
    this.node = node;
    Gauge.builder("database.clock.difference", this, clock -> clock.difference.toMillis() / 1e3)
        .description("How far the database's clock is ahead of this node's.")
        .baseUnit("seconds")
        .register(meters);
  }

  /** Asks the database who it is, which tells its time. Succeeds with the answer. */
  public Future<JsonObject> ask(MongoClient client) {
    long asked = node.millis();
    // Not hello: the embedded database and releases before 4.4.2 do not know it.
    return client
        .runCommand("isMaster", new JsonObject().put("isMaster", 1))
        .onSuccess(answer -> learn(answer, asked + (node.millis() - asked) / 2));
  }

  private void learn(JsonObject answer, long nodeMillis) {
    if (answer.getValue("localTime") instanceof JsonObject date) {
      Instant time = Instant.parse(date.getString("$date"));
      difference = Duration.between(Instant.ofEpochMilli(nodeMillis), time);
      tell();
    }
  }

  private void tell() {
    boolean differs = difference.abs().compareTo(TOLERATED) > 0;
    if (differs && !isTold) {
      LOG.atWarn()
          .addKeyValue("difference_ms", difference.toMillis())
          .log("the clock of this node differs from the database's; set it by NTP");
    } else if (isTold && !differs) {
      LOG.atInfo()
          .addKeyValue("difference_ms", difference.toMillis())
          .log("the clock of this node agrees with the database's again");
    }
    isTold = differs;
  }

  /** How far the database's clock is ahead of this node's. */
  public Duration difference() {
    return difference;
  }

  /** Whether what is old may be deleted by the clock of this node. */
  public boolean isGoodForRetention() {
    return difference.abs().compareTo(MOST_OF_RETENTION) <= 0;
  }

  /**
   * A result that was received just now, by a node whose clock may be wrong, as received by the
   * database's clock: listeners look for it there.
   */
  public Result corrected(Result result) {
    Instant received = result.receivedAt();
    Duration late = Duration.between(received, instant());
    boolean isNew = Duration.between(received, node.instant()).abs().compareTo(JUST_NOW) < 0;
    return isNew && late.abs().compareTo(MOST_ON_THE_WAY) > 0
        ? result.heldUp(late.toMillis())
        : result;
  }

  @Override
  public Instant instant() {
    Duration now = difference;
    return now.abs().compareTo(UNNOTICED) > 0 ? node.instant().plus(now) : node.instant();
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
