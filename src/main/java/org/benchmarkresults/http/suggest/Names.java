package org.benchmarkresults.http.suggest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.benchmarkresults.query.Folding;
import org.jspecify.annotations.Nullable;

/** The known names of all kinds, searched name by name. Thread-safe. */
final class Names {
  private final int most;
  private final AtomicInteger count = new AtomicInteger();
  private final Map<NameKind, Map<String, Name>> names = new EnumMap<>(NameKind.class);

  /**
   * A name with what is known of it.
   *
   * @param folded the name in lower case
   */
  private record Name(String name, String folded, long results, Instant lastSeen) {}

  /**
   * A name that fits, with its rank.
   *
   * @param spelling of a model, by which it fits; null without folding
   */
  private record Ranked(NameKind kind, Name name, boolean atWordStart, @Nullable String spelling) {
    static final Comparator<Ranked> BEST_FIRST =
        Comparator.comparing((Ranked found) -> !found.atWordStart)
            .thenComparing(found -> -found.name.results)
            .thenComparing(found -> found.name.name)
            .thenComparing(Ranked::kind);

    Suggestion suggestion() {
      return new Suggestion(kind, name.name, name.results, name.lastSeen, spelling);
    }
  }

  /**
   * @param most how many names are kept; later ones are left out
   */
  Names(int most) {
    this.most = most;
    for (NameKind kind : NameKind.values()) {
      names.put(kind, new ConcurrentHashMap<>());
    }
  }

  private Map<String, Name> of(NameKind kind) {
    return Objects.requireNonNull(names.get(kind));
  }

  boolean isFull() {
    return count.get() >= most;
  }

  /** Sets what is known of a name. */
  void put(NameKind kind, String name, long results, Instant lastSeen) {
    Map<String, Name> all = of(kind);
    if (isFull() && !all.containsKey(name)) {
      return;
    }
    if (all.put(name, new Name(name, fold(name), results, lastSeen)) == null) {
      count.incrementAndGet();
    }
  }

  /**
   * Adds a result that has the name.
   *
   * @param results how many it is among the results that were counted: 1 for a new one
   */
  void add(NameKind kind, @Nullable String name, int results, Instant seen) {
    if (name == null) {
      return;
    }
    Map<String, Name> all = of(kind);
    if (all.get(name) == null) {
      put(kind, name, 1, seen);
      return;
    }
    var unused =
        all.computeIfPresent(
            name,
            (key, known) ->
                new Name(
                    key,
                    known.folded,
                    known.results + results,
                    seen.isAfter(known.lastSeen) ? seen : known.lastSeen));
  }

  /**
   * The names that contain a text in any case: those in which it begins a word first, then those
   * with most results.
   *
   * @param prefix that the names begin with; empty for any
   * @param folding of models: a spelling finds the model, with the results of all its spellings
   */
  List<Suggestion> find(
      String text, Collection<NameKind> kinds, String prefix, int limit, Folding folding) {
    String folded = fold(text);
    PriorityQueue<Ranked> best = new PriorityQueue<>(Ranked.BEST_FIRST.reversed());
    for (NameKind kind : kinds) {
      boolean folds = kind == NameKind.MODEL_ID && folding.isOn();
      if (folds) {
        aliased(folded, prefix, folding).forEach(model -> add(model, limit, best));
      }
      for (Name name : of(kind).values()) {
        if (folds && folding.hasSpellings(name.name)) {
          continue;
        }
        int at = name.folded.indexOf(folded);
        if (at >= 0 && name.name.startsWith(prefix)) {
          add(
              new Ranked(kind, name, beginsWord(name.folded, folded, at), folds ? name.name : null),
              limit,
              best);
        }
      }
    }
    List<Ranked> found = new ArrayList<>(best);
    found.sort(Ranked.BEST_FIRST);
    return found.stream().map(Ranked::suggestion).toList();
  }

  /** The models with aliases of which a spelling fits and results have one. */
  private List<Ranked> aliased(String text, String prefix, Folding folding) {
    List<Ranked> found = new ArrayList<>();
    for (String model : folding.models()) {
      Name sum = sum(model, folding);
      if (sum == null || !model.startsWith(prefix)) {
        continue;
      }
      Ranked best = null;
      for (String spelling : folding.spellingsOf(model)) {
        String lower = fold(spelling);
        int at = lower.indexOf(text);
        boolean atWordStart = at >= 0 && beginsWord(lower, text, at);
        if (at >= 0 && (best == null || (atWordStart && !best.atWordStart))) {
          best = new Ranked(NameKind.MODEL_ID, sum, atWordStart, spelling);
        }
      }
      if (best != null) {
        found.add(best);
      }
    }
    return found;
  }

  /** The results of all spellings; null when no result has one. */
  private @Nullable Name sum(String model, Folding folding) {
    long results = 0;
    Instant lastSeen = null;
    for (String spelling : folding.spellingsOf(model)) {
      Name known = of(NameKind.MODEL_ID).get(spelling);
      if (known != null) {
        results += known.results;
        lastSeen = lastSeen == null || known.lastSeen.isAfter(lastSeen) ? known.lastSeen : lastSeen;
      }
    }
    return lastSeen == null ? null : new Name(model, fold(model), results, lastSeen);
  }

  private static void add(Ranked found, int limit, PriorityQueue<Ranked> best) {
    if (best.size() < limit) {
      best.add(found);
    } else if (Ranked.BEST_FIRST.compare(found, best.element()) < 0) {
      best.remove();
      best.add(found);
    }
  }

  /** Whether a word begins at one of the places where the text stands. */
  private static boolean beginsWord(String name, String text, int first) {
    for (int at = first; at >= 0; at = name.indexOf(text, at + 1)) {
      if (at == 0 || !Character.isLetterOrDigit(name.codePointBefore(at))) {
        return true;
      }
    }
    return text.isEmpty();
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
