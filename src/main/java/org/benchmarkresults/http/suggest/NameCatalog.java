package org.benchmarkresults.http.suggest;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.AnnotationAddresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.bus.Topics;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.annotation.request.LabelList;
import org.benchmarkresults.model.annotation.request.LabelQuery;
import org.benchmarkresults.model.event.ObservedEvent;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.observation.ObservedValueQuery;
import org.benchmarkresults.model.observation.ObservedValueQuery.Member;
import org.benchmarkresults.model.search.DistinctValue;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.ValueList;
import org.benchmarkresults.model.search.ValueQuery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the names of this node current: it reads them when they are first needed, adds those of
 * events from then on, and reads them again in the background when they are old, so that deleted
 * names disappear. Thread-safe.
 */
public final class NameCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(NameCatalog.class);
  private static final Duration AGE = Duration.ofMinutes(1);

  /** Age of names whose counts have changed since. */
  private static final Duration OUTDATED_AGE = Duration.ofSeconds(10);

  /** Some 300 bytes each. */
  private static final int MOST_NAMES = 200_000;

  private static final int PAGE = 1_000;

  private final Bus bus;
  private final Clock clock;
  private volatile @Nullable Names current;
  private volatile @Nullable Names filling;
  private @Nullable Future<Names> fill;
  private @Nullable Instant filledAt;
  private volatile boolean isOutdated;
  private boolean isSubscribed;

  public NameCatalog(Bus bus, Clock clock) {
    this.bus = bus;
    this.clock = clock;
  }

  /** Succeeds with the names; fails with {@link Unavailable} while none could be read yet. */
  synchronized Future<Names> names() {
    Names known = current;
    if (known == null) {
      return fill();
    }
    Duration age = isOutdated ? OUTDATED_AGE : AGE;
    if (filledAt == null || filledAt.plus(age).isBefore(clock.instant())) {
      Future<Names> unused = fill();
    }
    return Future.succeededFuture(known);
  }

  private synchronized Future<Names> fill() {
    if (fill != null) {
      return fill;
    }
    Names names = new Names(MOST_NAMES);
    isOutdated = false;
    filling = names;
    Future<Names> filled = subscribed().compose(listening -> read(names)).map(names);
    fill = filled;
    return filled.onComplete(
        done -> {
          if (done.failed()) {
            LOG.atDebug().setCause(done.cause()).log("names could not be read");
          }
          ended(names, done.succeeded());
        });
  }

  private synchronized void ended(Names names, boolean isComplete) {
    fill = null;
    filling = null;
    if (isComplete) {
      current = names;
      filledAt = clock.instant();
    }
  }

  private Future<?> subscribed() {
    if (isSubscribed) {
      return Future.succeededFuture();
    }
    isSubscribed = true;
    return Future.all(
        bus.subscribe(Topics.STORED, this::stored), bus.subscribe(Topics.OBSERVED, this::observed));
  }

  private Future<?> read(Names names) {
    return values(Field.Own.BENCHMARK_NAME, NameKind.BENCHMARK_NAME, names)
        .compose(read -> values(Field.Own.MODEL_ID, NameKind.MODEL_ID, names))
        .compose(read -> values(Field.Own.SOURCE, NameKind.SOURCE, names))
        .compose(read -> observed(Member.METRIC, NameKind.METRIC, names))
        .compose(read -> observed(Member.TASK, NameKind.TASK, names))
        .compose(read -> labels(null, names));
  }

  private Future<Void> labels(@Nullable Label after, Names names) {
    return bus.request(AnnotationAddresses.LABELS, new LabelQuery(null, "", after, PAGE, ""))
        .compose(
            page -> {
              for (LabelList.Used used : page.labels()) {
                names.put(
                    NameKind.LABEL,
                    LabelNames.of(used.label()),
                    used.results().count(),
                    Instant.EPOCH);
              }
              return page.more() && !names.isFull()
                  ? labels(page.labels().getLast().label(), names)
                  : Future.succeededFuture();
            });
  }

  private Future<Void> values(Field.Own member, NameKind kind, Names names) {
    return pages(
        after -> bus.request(Addresses.VALUES, new ValueQuery(member, "", after, PAGE)),
        null,
        kind,
        names);
  }

  private Future<Void> observed(Member member, NameKind kind, Names names) {
    return pages(
        after ->
            bus.request(
                ObservationAddresses.OBSERVED_VALUES,
                new ObservedValueQuery(member, "", after, PAGE)),
        null,
        kind,
        names);
  }

  private static Future<Void> pages(
      Function<@Nullable String, Future<ValueList>> pages,
      @Nullable String after,
      NameKind kind,
      Names names) {
    return pages
        .apply(after)
        .compose(
            page -> {
              List<DistinctValue> values = page.values();
              for (DistinctValue value : values) {
                long results = value.rawInput().count() + value.standardizedOutput().count();
                names.put(kind, value.name(), results, value.lastSeen());
              }
              return page.more() && !names.isFull()
                  ? pages(pages, values.getLast().name(), kind, names)
                  : Future.succeededFuture();
            });
  }

  private void stored(StoredEvent event) {
    int results = event.version() == 1 ? 1 : 0;
    each(
        names -> {
          names.add(
              NameKind.BENCHMARK_NAME, event.key().benchmarkName(), results, event.receivedAt());
          names.add(NameKind.MODEL_ID, event.modelId(), results, event.receivedAt());
          names.add(NameKind.SOURCE, event.source(), results, event.receivedAt());
        });
  }

  /**
   * Whether the result is counted already is not known: it may have been restored or read again.
   */
  private void observed(ObservedEvent event) {
    isOutdated = true;
    Instant seen = event.result().firstReceivedAt();
    each(
        names -> {
          event.tasks().forEach(task -> names.add(NameKind.TASK, task, 0, seen));
          event.metrics().forEach(metric -> names.add(NameKind.METRIC, metric, 0, seen));
        });
  }

  /** The names in use, and those that are being read: an event may be newer than their pages. */
  private void each(Consumer<Names> deed) {
    Names known = current;
    Names next = filling;
    if (known != null) {
      deed.accept(known);
    }
    if (next != null) {
      deed.accept(next);
    }
  }
}
