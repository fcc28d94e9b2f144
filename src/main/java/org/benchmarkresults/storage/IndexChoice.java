package org.benchmarkresults.storage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.benchmarkresults.model.Field.Own;
import org.benchmarkresults.model.Filter;
import org.benchmarkresults.model.Sort;
import org.jspecify.annotations.Nullable;

/**
 * Which index serves a search. Chosen here and not by MongoDB, whose choice is a trial run that
 * depends on what was asked before.
 *
 * @param inOrder the index whose order is the search's; walking it needs no sorting, but where the
 *     filter's members are not part of it, rows that are not meant are walked past
 * @param direct other indexes, each with a part of the filter that it finds directly; worthwhile
 *     only when that part alone means few results
 */
record IndexChoice(String inOrder, List<Direct> direct) {
  /** A part of a filter and the index that finds it. */
  record Direct(String index, Filter part) {}

  /** MongoDB merges up to 200 ranges in order; behind a mark each value takes up to four. */
  private static final int MOST_VALUES = 50;

  IndexChoice {
    direct = List.copyOf(direct);
  }

  static IndexChoice of(Filter filter, Sort sort) {
    Conjuncts conjuncts = new Conjuncts(filter);
    return switch (sort.key()) {
      case RECEIVED_AT -> byReceipt(conjuncts);
      case TIMESTAMP ->
          conjuncts.choice(
              conjuncts.has(Own.MODEL_ID)
                  ? Indexes.MODEL_TIMESTAMP
                  : conjuncts.has(Own.BENCHMARK_NAME)
                      ? Indexes.BENCHMARK_TIMESTAMP
                      : Indexes.TIMESTAMP);
      case BENCHMARK_NAME ->
          conjuncts.choice(
              conjuncts.has(Own.MODEL_ID) ? Indexes.MODEL_BENCHMARK : Indexes.BENCHMARK_RECEIVED);
      case MODEL_ID ->
          conjuncts.choice(
              conjuncts.has(Own.BENCHMARK_NAME)
                  ? Indexes.BENCHMARK_MODEL
                  : Indexes.MODEL_RECEIVED);
    };
  }

  private static IndexChoice byReceipt(Conjuncts conjuncts) {
    if (conjuncts.has(Own.RUN_ID)) {
      return new IndexChoice(Indexes.RUN, List.of());
    }
    if (conjuncts.has(Own.BENCHMARK_NAME)
        && conjuncts.has(Own.MODEL_ID)
        && conjuncts.values(Own.BENCHMARK_NAME) * conjuncts.values(Own.MODEL_ID) <= MOST_VALUES) {
      return conjuncts.choice(Indexes.BENCHMARK_MODEL);
    }
    for (Own own : List.of(Own.TOKENIZER_ID, Own.MODEL_ID, Own.BENCHMARK_NAME)) {
      if (conjuncts.has(own)) {
        return conjuncts.choice(receivedWithin(own));
      }
    }
    if (conjuncts.further != null) {
      return conjuncts.choice(Indexes.FURTHER_MEMBER);
    }
    return conjuncts.choice(conjuncts.has(Own.SOURCE) ? Indexes.SOURCE : Indexes.RECEIVED);
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

  /** What has to be true of each result that is meant. */
  private static final class Conjuncts {
    private final Map<Own, Filter.OneOf> equal = new EnumMap<>(Own.class);
    private final List<Filter> names = new ArrayList<>();
    private final List<Filter> moments = new ArrayList<>();
    private Filter.@Nullable OneOf further;

    Conjuncts(Filter filter) {
      add(filter);
    }

    private void add(Filter filter) {
      switch (filter) {
        case Filter.All all -> all.parts().forEach(this::add);
        case Filter.OneOf oneOf -> add(oneOf);
        case Filter.Compare compare -> addRange(compare.field().own(), compare);
        case Filter.Prefix prefix -> addRange(prefix.field().own(), prefix);
        case Filter.Any any -> {}
        case Filter.Not not -> {}
        case Filter.Present present -> {}
      }
    }

    private void add(Filter.OneOf oneOf) {
      Own own = oneOf.field().own();
      if (oneOf.values().isEmpty() || oneOf.values().size() > MOST_VALUES) {
        return;
      }
      if (own == null) {
        further = oneOf;
        return;
      }
      switch (own) {
        case BENCHMARK_NAME, MODEL_ID, TOKENIZER_ID, SOURCE, RUN_ID -> equal.putIfAbsent(own, oneOf);
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

    int values(Own own) {
      return Objects.requireNonNull(equal.get(own)).values().size();
    }

    /** The index in order, and what else might find the results with less walking. */
    IndexChoice choice(String inOrder) {
      List<Direct> direct = new ArrayList<>();
      if (!names.isEmpty()) {
        direct.add(new Direct(Indexes.ID, new Filter.All(names)));
      }
      for (Own own :
          List.of(Own.RUN_ID, Own.TOKENIZER_ID, Own.MODEL_ID, Own.BENCHMARK_NAME, Own.SOURCE)) {
        Filter.OneOf part = equal.get(own);
        if (part != null && !coversFirst(inOrder, own)) {
          direct.add(new Direct(receivedWithin(own), part));
        }
      }
      if (further != null && !inOrder.equals(Indexes.FURTHER_MEMBER)) {
        direct.add(new Direct(Indexes.FURTHER_MEMBER, further));
      }
      if (!moments.isEmpty() && !inOrder.endsWith(Indexes.TIMESTAMP)) {
        direct.add(new Direct(Indexes.TIMESTAMP, new Filter.All(moments)));
      }
      return new IndexChoice(inOrder, direct);
    }

    /** Whether the index finds the member's values without walking past others. */
    private static boolean coversFirst(String index, Own own) {
      return switch (own) {
        case BENCHMARK_NAME -> index.startsWith("benchmark_") || index.equals(Indexes.MODEL_BENCHMARK);
        case MODEL_ID -> index.startsWith("model_") || index.equals(Indexes.BENCHMARK_MODEL);
        default -> index.equals(receivedWithin(own));
      };
    }
  }
}
