package org.benchmarkresults.storage.observation.search;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.benchmarkresults.model.observed.ObservationField;
import org.benchmarkresults.model.observed.ObservationSearch;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Value;
import org.benchmarkresults.storage.observation.ObservationIndexes;
import org.benchmarkresults.storage.search.LabelFilter;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Which index serves a search for observations.
 *
 * @param inOrder the index that is in the order of the search; null when there is none
 * @param before the values of what stands before that order in the index: each is a range
 * @param direct other indexes, each with the part of the filter that it finds; worthwhile only when
 *     that part alone means few observations
 */
record ObservationIndexChoice(
    @Nullable String inOrder, List<BsonDocument> before, List<Direct> direct) {
  /** A part of a filter and the index that finds it. */
  record Direct(String index, Filter part) {}

  static final String ID = "_id_";
  private static final int MOST_RANGES = 50;

  static ObservationIndexChoice of(ObservationSearch search) {
    Equalities equal = new Equalities(search.filter());
    if (search.excluded() == ObservationSearch.Excluded.ONLY) {
      equal.onlyExcluded = true;
    }
    boolean ofTask = equal.has(ObservationField.TASK, ObservationField.METRIC);
    return switch (search.sort().key()) {
      case RESULT -> new ObservationIndexChoice(ID, List.of(), equal.direct());
      case VALUE ->
          ofTask
              ? equal.choice(
                  ObservationIndexes.TASK_METRIC_VALUE,
                  ObservationField.TASK,
                  ObservationField.METRIC)
              : equal.has(ObservationField.METRIC)
                  ? equal.choice(ObservationIndexes.METRIC_VALUE, ObservationField.METRIC)
                  : equal.choice(null);
      case MODEL ->
          ofTask
              ? equal.choice(
                  ObservationIndexes.TASK_METRIC_MODEL,
                  ObservationField.TASK,
                  ObservationField.METRIC)
              : equal.choice(ObservationIndexes.MODEL_NEWEST);
      case INSTANT -> newest(equal, ofTask);
    };
  }

  private static ObservationIndexChoice newest(Equalities equal, boolean ofTask) {
    if (equal.has(ObservationField.SERIES)) {
      return equal.choice(ObservationIndexes.SERIES_NEWEST, ObservationField.SERIES);
    }
    if (ofTask && equal.has(ObservationField.MODEL)) {
      return equal.choice(
          ObservationIndexes.TASK_METRIC_MODEL,
          ObservationField.TASK,
          ObservationField.METRIC,
          ObservationField.MODEL);
    }
    if (ofTask) {
      return equal.choice(
          ObservationIndexes.TASK_METRIC_NEWEST, ObservationField.TASK, ObservationField.METRIC);
    }
    if (equal.has(ObservationField.MODEL)) {
      return equal.choice(ObservationIndexes.MODEL_NEWEST, ObservationField.MODEL);
    }
    if (equal.has(ObservationField.BENCHMARK_NAME)) {
      return equal.choice(ObservationIndexes.BENCHMARK_NEWEST, ObservationField.BENCHMARK_NAME);
    }
    if (equal.label != null) {
      return equal.ofLabel(equal.label);
    }
    return equal.choice(
        equal.onlyExcluded ? ObservationIndexes.EXCLUDED_NEWEST : ObservationIndexes.NEWEST);
  }

  /** Conditions that every matching observation fulfils. */
  private static final class Equalities {
    private final Map<ObservationField, Filter.OneOf> equal = new EnumMap<>(ObservationField.class);
    private final List<Filter> benchmarks = new ArrayList<>();

    /** Conditions on labels, each of which the index of labels serves. */
    private final List<Filter> labels = new ArrayList<>();

    private Filter.@Nullable OneOf label;
    private boolean onlyExcluded;

    Equalities(Filter filter) {
      add(filter);
    }

    private void add(Filter filter) {
      if (filter instanceof Filter.All all) {
        all.parts().forEach(this::add);
      } else if (isOfLabel(filter)) {
        labels.add(filter);
        if (filter instanceof Filter.OneOf oneOf && oneOf.values().size() <= MOST_RANGES) {
          label = oneOf;
        }
      } else if (filter instanceof Filter.Present present
          && ObservationField.of(present.field()).orElse(null) == ObservationField.EXCLUDED) {
        onlyExcluded = true;
      } else if (filter instanceof Filter.OneOf oneOf && oneOf.values().size() <= MOST_RANGES) {
        ObservationField.of(oneOf.field()).ifPresent(field -> equal.putIfAbsent(field, oneOf));
      } else if (filter instanceof Filter.Prefix prefix
          && ObservationField.of(prefix.field()).orElse(null) == ObservationField.BENCHMARK_NAME) {
        benchmarks.add(prefix);
      }
    }

    private static boolean isOfLabel(Filter filter) {
      return switch (filter) {
        case Filter.OneOf oneOf -> LabelFilter.is(oneOf.field());
        case Filter.Compare compare -> LabelFilter.is(compare.field());
        case Filter.Prefix prefix -> LabelFilter.is(prefix.field());
        case Filter.Present present -> LabelFilter.is(present.field());
        case Filter.All all -> false;
        case Filter.Any any -> false;
        case Filter.Not not -> false;
      };
    }

    /** The index of labels in order, one range for each value. */
    ObservationIndexChoice ofLabel(Filter.OneOf condition) {
      List<BsonDocument> ranges =
          condition.values().stream()
              .distinct()
              .map(
                  value -> ObservationQuery.of(new Filter.OneOf(condition.field(), List.of(value))))
              .toList();
      return new ObservationIndexChoice(ObservationIndexes.LABEL_NEWEST, ranges, direct());
    }

    boolean has(ObservationField... fields) {
      for (ObservationField field : fields) {
        if (!equal.containsKey(field)) {
          return false;
        }
      }
      return true;
    }

    ObservationIndexChoice choice(@Nullable String inOrder, ObservationField... before) {
      List<BsonDocument> ranges = List.of(new BsonDocument());
      for (ObservationField field : before) {
        List<BsonDocument> longer = new ArrayList<>();
        for (BsonDocument range : ranges) {
          for (Value value : condition(field).values().stream().distinct().toList()) {
            longer.add(
                range
                    .clone()
                    .append(
                        ObservationQuery.path(field),
                        new BsonDocument("$eq", new BsonString(((Value.Text) value).text()))));
          }
        }
        ranges = longer;
      }
      boolean tooMany = ranges.size() > MOST_RANGES;
      List<ObservationField> covered = List.of(before);
      return new ObservationIndexChoice(
          tooMany ? null : inOrder,
          tooMany ? List.of() : ranges,
          direct().stream()
              .filter(direct -> tooMany || !isCovered(direct.part(), covered))
              .toList());
    }

    private static boolean isCovered(Filter part, List<ObservationField> covered) {
      return part instanceof Filter.All all
          && all.parts().stream()
              .flatMap(
                  one ->
                      one instanceof Filter.OneOf oneOf
                          ? ObservationField.of(oneOf.field()).stream()
                          : Stream.of(ObservationField.BENCHMARK_NAME))
              .allMatch(covered::contains);
    }

    private Filter.OneOf condition(ObservationField field) {
      return Objects.requireNonNull(equal.get(field));
    }

    /** The most selective first. */
    List<Direct> direct() {
      List<Direct> direct = new ArrayList<>();
      add(ID, direct, ObservationField.RESULT_NAME);
      add(ObservationIndexes.SERIES_NEWEST, direct, ObservationField.SERIES);
      for (Filter one : labels) {
        direct.add(new Direct(ObservationIndexes.LABEL_NEWEST, one));
      }
      if (onlyExcluded) {
        Filter excluded = new Filter.Present(ObservationField.EXCLUDED.field());
        direct.add(new Direct(ObservationIndexes.EXCLUDED_NEWEST, excluded));
      }
      if (has(ObservationField.TASK, ObservationField.METRIC, ObservationField.MODEL)) {
        add(
            ObservationIndexes.TASK_METRIC_MODEL,
            direct,
            ObservationField.TASK,
            ObservationField.METRIC,
            ObservationField.MODEL);
      } else if (has(ObservationField.TASK, ObservationField.METRIC)) {
        add(
            ObservationIndexes.TASK_METRIC_NEWEST,
            direct,
            ObservationField.TASK,
            ObservationField.METRIC);
      } else {
        add(ObservationIndexes.TASK_METRIC_NEWEST, direct, ObservationField.TASK);
      }
      add(ObservationIndexes.MODEL_NEWEST, direct, ObservationField.MODEL);
      add(ObservationIndexes.METRIC_VALUE, direct, ObservationField.METRIC);
      add(ObservationIndexes.BENCHMARK_NEWEST, direct, ObservationField.BENCHMARK_NAME);
      if (!benchmarks.isEmpty()) {
        direct.add(new Direct(ObservationIndexes.BENCHMARK_NEWEST, new Filter.All(benchmarks)));
      }
      return direct;
    }

    private void add(String index, List<Direct> direct, ObservationField... fields) {
      if (has(fields)) {
        List<Filter> parts = new ArrayList<>();
        for (ObservationField field : fields) {
          parts.add(condition(field));
        }
        direct.add(new Direct(index, new Filter.All(parts)));
      }
    }
  }
}
