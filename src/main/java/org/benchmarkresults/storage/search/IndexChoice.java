package org.benchmarkresults.storage.search;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Field.Own;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.storage.index.Indexes;
import org.jspecify.annotations.Nullable;

/**
 * Which index serves a search. Chosen here and not by MongoDB, whose choice is a trial run that
 * depends on what was asked before.
 *
 * @param inOrder the index whose order is the search's; walking it needs no sorting, but where the
 *     filter's members are not part of it, rows that are not meant are walked past
 * @param before conditions with several values on what stands before that order in the index: each
 *     value is a range of its own, in order
 * @param direct other indexes, each with a part of the filter that it finds directly; worthwhile
 *     only when that part alone means few results
 */
record IndexChoice(String inOrder, List<Filter.OneOf> before, List<Direct> direct) {
  /** A part of a filter and the index that finds it. */
  record Direct(String index, Filter part) {}

  /** Each value is a range of its own, with the whole filter beside it. */
  private static final int MOST_VALUES = 50;

  /** For an extra field, whose numbers are compared in several spellings each. */
  private static final int MOST_SPELLINGS = 300;

  /** MongoDB takes 0.2 ms to plan each hundred: 50 values with 100 conditions took it a second. */
  private static final int MOST_CONDITIONS = 1_000;

  IndexChoice {
    before = List.copyOf(before);
    direct = List.copyOf(direct);
  }

  /**
   * @param deleted whether the results are deleted ones, whose names are no ids
   */
  static IndexChoice of(Filter filter, Sort sort, boolean deleted) {
    Conjuncts conjuncts = new Conjuncts(filter, deleted);
    return switch (sort.key()) {
      case RECEIVED_AT -> byReceipt(conjuncts);
      case TIMESTAMP -> byTimestamp(conjuncts);
      case BENCHMARK_NAME ->
          conjuncts.has(Own.MODEL_ID)
              ? conjuncts.choice(Indexes.MODEL_BENCHMARK, Own.MODEL_ID)
              : conjuncts.choice(Indexes.BENCHMARK_RECEIVED);
      case MODEL_ID ->
          conjuncts.has(Own.BENCHMARK_NAME)
              ? conjuncts.choice(Indexes.BENCHMARK_MODEL, Own.BENCHMARK_NAME)
              : conjuncts.choice(Indexes.MODEL_RECEIVED);
    };
  }

  private static IndexChoice byTimestamp(Conjuncts conjuncts) {
    if (conjuncts.has(Own.MODEL_ID)) {
      return conjuncts.choice(Indexes.MODEL_TIMESTAMP, Own.MODEL_ID);
    }
    return conjuncts.has(Own.BENCHMARK_NAME)
        ? conjuncts.choice(Indexes.BENCHMARK_TIMESTAMP, Own.BENCHMARK_NAME)
        : conjuncts.choice(Indexes.TIMESTAMP);
  }

  private static IndexChoice byReceipt(Conjuncts conjuncts) {
    if (conjuncts.has(Own.RUN_ID)) {
      return conjuncts.choice(Indexes.RUN, Own.RUN_ID);
    }
    if (conjuncts.hasPair()
        && conjuncts.values(Own.BENCHMARK_NAME) * conjuncts.values(Own.MODEL_ID)
            <= conjuncts.mostValues) {
      return conjuncts.choice(Indexes.BENCHMARK_MODEL, Own.BENCHMARK_NAME, Own.MODEL_ID);
    }
    for (Own own : List.of(Own.TOKENIZER_ID, Own.MODEL_ID, Own.BENCHMARK_NAME)) {
      if (conjuncts.has(own)) {
        return conjuncts.choice(receivedWithin(own), own);
      }
    }
    if (conjuncts.label != null) {
      return conjuncts.choice(Indexes.LABEL, List.of(conjuncts.label));
    }
    if (conjuncts.onlyExcluded) {
      return conjuncts.choice(Indexes.EXCLUDED);
    }
    if (conjuncts.further != null) {
      return conjuncts.choice(Indexes.EXTRA_FIELD, List.of(conjuncts.further));
    }
    return conjuncts.has(Own.SOURCE)
        ? conjuncts.choice(Indexes.SOURCE, Own.SOURCE)
        : conjuncts.choice(Indexes.RECEIVED);
  }

  private static String receivedWithin(Own own) {
    return switch (own) {
      case BENCHMARK_NAME -> Indexes.BENCHMARK_RECEIVED;
      case MODEL_ID -> Indexes.MODEL_RECEIVED;
      case TOKENIZER_ID -> Indexes.TOKENIZER;
      case SOURCE -> Indexes.SOURCE;
      case RUN_ID -> Indexes.RUN;
      default -> throw new IllegalArgumentException("no index within " + own);
    };
  }

  /** The conditions that every matching result fulfils. */
  private static final class Conjuncts {
    private final Map<Own, Filter.OneOf> equal = new EnumMap<>(Own.class);
    private final List<Filter> names = new ArrayList<>();
    private final List<Filter> moments = new ArrayList<>();
    private final String nameIndex;
    private final int mostValues;
    private final int mostSpellings;
    private Filter.@Nullable OneOf further;
    private Filter.@Nullable OneOf label;
    private boolean onlyExcluded;

    Conjuncts(Filter filter, boolean deleted) {
      nameIndex = deleted ? Indexes.DELETED_NAME : Indexes.ID;
      int most = MOST_CONDITIONS / conditions(filter);
      mostValues = Math.min(MOST_VALUES, most);
      mostSpellings = Math.min(MOST_SPELLINGS, most);
      add(filter);
    }

    /** At least one, for the page key. */
    private static int conditions(Filter filter) {
      return switch (filter) {
        case Filter.All all -> 1 + all.parts().stream().mapToInt(Conjuncts::conditions).sum();
        case Filter.Any any -> 1 + any.parts().stream().mapToInt(Conjuncts::conditions).sum();
        case Filter.Not not -> conditions(not.part());
        default -> 1;
      };
    }

    private void add(Filter filter) {
      switch (filter) {
        case Filter.All all -> all.parts().forEach(this::add);
        case Filter.OneOf oneOf -> add(oneOf);
        case Filter.Compare compare -> addRange(compare.field().own(), compare);
        case Filter.Prefix prefix -> addRange(prefix.field().own(), prefix);
        case Filter.Any any -> {}
        case Filter.Not not -> {}
        case Filter.Present present -> onlyExcluded |= present.field().own() == Own.EXCLUDED;
      }
    }

    private void add(Filter.OneOf oneOf) {
      Own own = oneOf.field().own();
      int most = own == null ? mostSpellings : mostValues;
      if (oneOf.values().isEmpty() || oneOf.values().size() > most) {
        return;
      }
      if (own == null) {
        further = oneOf;
        return;
      }
      switch (own) {
        case BENCHMARK_NAME, MODEL_ID, TOKENIZER_ID, SOURCE, RUN_ID ->
            equal.putIfAbsent(own, oneOf);
        case LABEL -> label = oneOf;
        default -> addRange(own, oneOf);
      }
    }

    private void addRange(@Nullable Own own, Filter condition) {
      if (own == Own.PK) {
        names.add(condition);
      } else if (own == Own.TIMESTAMP || own == Own.INSTANT) {
        moments.add(condition);
      }
    }

    boolean has(Own own) {
      return equal.containsKey(own);
    }

    Filter.OneOf condition(Own own) {
      return Objects.requireNonNull(equal.get(own));
    }

    int values(Own own) {
      return condition(own).values().size();
    }

    boolean hasPair() {
      return has(Own.BENCHMARK_NAME) && has(Own.MODEL_ID);
    }

    /**
     * The index in order, and what else might find the results with less walking.
     *
     * @param before what stands before the order in the index
     */
    IndexChoice choice(String inOrder, Own... before) {
      return choice(inOrder, Stream.of(before).map(this::condition).toList());
    }

    IndexChoice choice(String inOrder, List<Filter.OneOf> before) {
      List<Direct> direct = new ArrayList<>();
      if (!names.isEmpty()) {
        direct.add(new Direct(nameIndex, new Filter.All(names)));
      }
      boolean asPair = hasPair() && !inOrder.equals(Indexes.MODEL_BENCHMARK);
      if (asPair && !inOrder.equals(Indexes.BENCHMARK_MODEL)) {
        Filter pair =
            new Filter.All(List.of(condition(Own.BENCHMARK_NAME), condition(Own.MODEL_ID)));
        direct.add(new Direct(Indexes.BENCHMARK_MODEL, pair));
      }
      for (Own own :
          List.of(Own.RUN_ID, Own.TOKENIZER_ID, Own.MODEL_ID, Own.BENCHMARK_NAME, Own.SOURCE)) {
        boolean inPair = asPair && (own == Own.MODEL_ID || own == Own.BENCHMARK_NAME);
        if (has(own) && !inPair && !coversFirst(inOrder, own)) {
          direct.add(new Direct(receivedWithin(own), condition(own)));
        }
      }
      if (label != null && !inOrder.equals(Indexes.LABEL)) {
        direct.add(new Direct(Indexes.LABEL, label));
      }
      if (onlyExcluded && !inOrder.equals(Indexes.EXCLUDED)) {
        direct.add(new Direct(Indexes.EXCLUDED, new Filter.Present(Field.of(Own.EXCLUDED))));
      }
      if (further != null && !inOrder.equals(Indexes.EXTRA_FIELD)) {
        direct.add(new Direct(Indexes.EXTRA_FIELD, further));
      }
      if (!moments.isEmpty() && !inOrder.endsWith(Indexes.TIMESTAMP)) {
        direct.add(new Direct(Indexes.TIMESTAMP, new Filter.All(moments)));
      }
      List<Filter.OneOf> several =
          before.stream().filter(condition -> condition.values().size() > 1).toList();
      return new IndexChoice(inOrder, several, direct);
    }

    /** Whether the index finds the values of the field without scanning others. */
    private static boolean coversFirst(String index, Own own) {
      return switch (own) {
        case BENCHMARK_NAME ->
            index.startsWith("benchmark_") || index.equals(Indexes.MODEL_BENCHMARK);
        case MODEL_ID -> index.startsWith("model_") || index.equals(Indexes.BENCHMARK_MODEL);
        default -> index.equals(receivedWithin(own));
      };
    }
  }
}
