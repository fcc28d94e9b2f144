package org.benchmarkresults.http.files;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.model.observed.ObservationField;
import org.benchmarkresults.model.observed.ObservationOutcome;
import org.benchmarkresults.model.observed.ObservationSearch;
import org.benchmarkresults.model.observed.ObservationSort;
import org.benchmarkresults.model.outline.OutlineOutcome;
import org.benchmarkresults.model.outline.OutlineQuery;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Field.Own;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.model.search.Value;
import org.benchmarkresults.model.text.Timestamps;
import org.jspecify.annotations.Nullable;

/** Finds the stored run that a file belongs to. */
final class RunSearch {
  /** More candidates are not narrowed down. */
  private static final int MOST = 20;

  private static final int MOST_OBSERVATIONS = 500;
  private static final int MOST_MEMBERS = 200;

  /** Between the end of a run and the writing of its samples. */
  private static final Duration WRITING = Duration.ofMinutes(2);

  /** All offsets of time zones are multiples of it. */
  private static final long ZONE_SECONDS = 15 * 60;

  private static final long MOST_EAST_SECONDS = 14 * 3_600;
  private static final long MOST_WEST_SECONDS = -12 * 3_600;

  private final Vertx vertx;
  private final Bus bus;
  private final String benchmarkPrefix;
  private final RunFacts facts;
  private final SentIdentity identity;

  RunSearch(Vertx vertx, Bus bus, String benchmarkPrefix, RunFacts facts, SentIdentity identity) {
    this.vertx = vertx;
    this.bus = bus;
    this.benchmarkPrefix = benchmarkPrefix;
    this.facts = facts;
    this.identity = identity;
  }

  /** Succeeds with the name of the one raw input; fails with a problem when there is not one. */
  Future<String> find() {
    boolean isNamed =
        identity.runId() != null
            || identity.timestamp() != null
            || identity.benchmarkName() != null;
    if (!isNamed && !facts.tellRun()) {
      return Future.failedFuture(FileProblems.tellsNoRun(facts.what()));
    }
    return candidates(isNamed)
        .compose(this::narrowed)
        .map(
            names -> {
              if (names.isEmpty()) {
                throw FileProblems.noRun(facts, identity);
              }
              if (names.size() > 1) {
                throw FileProblems.severalRuns(facts, identity, names);
              }
              return names.iterator().next();
            });
  }

  private Future<Set<String>> candidates(boolean isNamed) {
    if (facts.taskHash() != null) {
      return new RecentResults(vertx, bus)
          .derived()
          .compose(done -> observed())
          // The hash of runs whose results do not have it cannot be compared.
          .compose(names -> names.isEmpty() && isNamed ? named() : Future.succeededFuture(names));
    }
    return isNamed ? named() : atTime();
  }

  /** The runs that the parameters of the request name. */
  private Future<Set<String>> named() {
    List<Filter> parts = new ArrayList<>();
    add(Own.RUN_ID, identity.runId(), parts);
    add(Own.BENCHMARK_NAME, identity.benchmarkName(), parts);
    add(Own.MODEL_ID, identity.modelId(), parts);
    if (identity.timestamp() != null) {
      Instant instant = Timestamps.instantOf(identity.timestamp());
      if (instant == null) {
        return Future.succeededFuture(Set.of());
      }
      parts.add(at(Field.of(Own.INSTANT), instant));
    }
    return results(parts);
  }

  private static Filter at(Field field, Instant instant) {
    return new Filter.OneOf(field, List.of(new Value.Moment(instant)));
  }

  private static void addEqual(ObservationField field, @Nullable String text, List<Filter> parts) {
    if (text != null) {
      parts.add(equal(field.field(), text));
    }
  }

  private static void add(Own field, @Nullable String text, List<Filter> parts) {
    if (text != null) {
      parts.add(new Filter.OneOf(Field.of(field), List.of(new Value.Text(text))));
    }
  }

  /** The runs of the time and the model that the file tells. */
  private Future<Set<String>> atTime() {
    List<Filter> parts = new ArrayList<>();
    parts.add(at(Field.of(Own.INSTANT), Objects.requireNonNull(facts.instant())));
    add(Own.MODEL_ID, identity.modelId() == null ? facts.model() : identity.modelId(), parts);
    return results(parts);
  }

  private Future<Set<String>> results(List<Filter> parts) {
    List<Filter> all = new ArrayList<>(parts);
    if (!benchmarkPrefix.isEmpty()) {
      all.add(new Filter.Prefix(Field.of(Own.BENCHMARK_NAME), benchmarkPrefix));
    }
    Search search =
        new Search(Stage.RAW, false, new Filter.All(all), Sort.NEWEST_FIRST, null, MOST + 1, false);
    return bus.request(Addresses.SEARCH, search)
        .map(
            outcome -> {
              Set<String> names = new LinkedHashSet<>();
              if (outcome instanceof SearchOutcome.Page page) {
                page.rows().forEach(row -> names.add(row.summary().resultName()));
              }
              return names;
            });
  }

  /** The runs whose observations have the hash of the task. */
  private Future<Set<String>> observed() {
    List<Filter> parts = new ArrayList<>();
    parts.add(equal(ObservationField.TOOL.field(), String.valueOf(facts.tool())));
    parts.add(equal(ObservationField.dimension("prompt"), String.valueOf(facts.taskHash())));
    parts.add(equal(ObservationField.RESULT_STAGE.field(), Stage.RAW.path()));
    addEqual(ObservationField.TASK, facts.task(), parts);
    addEqual(ObservationField.RUN_ID, identity.runId(), parts);
    addEqual(ObservationField.BENCHMARK_NAME, identity.benchmarkName(), parts);
    addEqual(ObservationField.MODEL_ID, identity.modelId(), parts);
    Instant instant =
        identity.timestamp() == null ? null : Timestamps.instantOf(identity.timestamp());
    if (instant != null) {
      parts.add(at(ObservationField.INSTANT.field(), instant));
    }
    if (!benchmarkPrefix.isEmpty()) {
      parts.add(new Filter.Prefix(ObservationField.BENCHMARK_NAME.field(), benchmarkPrefix));
    }
    ObservationSearch search =
        new ObservationSearch(
            new Filter.All(parts),
            ObservationSort.NEWEST_FIRST,
            true,
            ObservationSearch.Excluded.ALSO,
            null,
            null,
            MOST_OBSERVATIONS);
    return bus.request(ObservationAddresses.SEARCH_OBSERVATIONS, search)
        .map(
            outcome -> {
              Set<String> names = new LinkedHashSet<>();
              if (outcome instanceof ObservationOutcome.Page page) {
                page.rows().forEach(row -> names.add(row.result().resultName()));
              }
              return names;
            });
  }

  private static Filter equal(Field field, String text) {
    return new Filter.OneOf(field, List.of(new Value.Text(text)));
  }

  /** Leaves those whose data agree with the file. */
  private Future<Set<String>> narrowed(Set<String> names) {
    boolean isByRun = facts.toolRunId() != null;
    boolean isByTime = facts.writtenAt() != null && names.size() > 1;
    if (names.isEmpty() || names.size() > MOST || (!isByRun && !isByTime)) {
      return Future.succeededFuture(names);
    }
    Set<String> left = new LinkedHashSet<>();
    Future<Void> done = Future.succeededFuture();
    for (String name : names) {
      done =
          done.compose(before -> members(name, isByRun ? "/eval" : ""))
              .map(
                  members -> {
                    if (isByRun ? isOfRun(members) : isOfTime(members)) {
                      left.add(name);
                    }
                    return null;
                  });
    }
    return done.map(left);
  }

  private boolean isOfRun(Map<String, String> eval) {
    return ("\"" + facts.toolRunId() + "\"").equals(eval.get("run_id"));
  }

  /**
   * Whether the file may have been written at the end of the run. Its time has no zone, so that any
   * zone that makes it fit will do; results that do not tell how long they took fit too.
   */
  private boolean isOfTime(Map<String, String> members) {
    Double began = number(members.get("date"));
    Double took = number(members.get("total_evaluation_time_seconds"));
    Instant written = facts.writtenAt();
    if (began == null || took == null || written == null) {
      return true;
    }
    double behind = written.toEpochMilli() / 1e3 - began;
    for (long zone = MOST_WEST_SECONDS; zone <= MOST_EAST_SECONDS; zone += ZONE_SECONDS) {
      if (behind - zone >= 0 && behind - zone <= took + WRITING.toSeconds()) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Double number(@Nullable String text) {
    try {
      return text == null ? null : Double.valueOf(text.replace("\"", ""));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The texts of the members of an object in a result's data. */
  private Future<Map<String, String>> members(String name, String pointer) {
    ResultRef ref = new ResultRef(Stage.RAW, name, null, benchmarkPrefix, null);
    return bus.request(
            ObservationAddresses.OUTLINE, new OutlineQuery(ref, pointer, 0, MOST_MEMBERS))
        .map(
            outcome -> {
              Map<String, String> members = new TreeMap<>();
              if (outcome instanceof OutlineOutcome.Found found) {
                for (OutlineOutcome.Value child : found.children()) {
                  if (child.name() != null && !child.isCut()) {
                    members.put(child.name(), child.preview());
                  }
                }
              }
              return members;
            });
  }
}
