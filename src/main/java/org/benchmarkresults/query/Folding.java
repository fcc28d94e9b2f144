package org.benchmarkresults.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.benchmarkresults.model.alias.ModelAliases;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Value;
import org.jspecify.annotations.Nullable;

/** Treats the spellings of a model as one model, as {@code fold=aliases} asks. Immutable. */
public final class Folding {
  /** The parameter that asks for it. */
  public static final String PARAMETER = "fold";

  /** The member of rows that tells the model. */
  public static final String MEMBER = "folded_model";

  /** Every spelling stays a model of its own. */
  public static final Folding OFF = new Folding(List.of(), false);

  /** The order of models in lists, which is the one of their code points. */
  public static final Comparator<String> ORDER = Folding::compare;

  private final boolean isOn;
  private final NavigableMap<String, List<String>> aliases = new TreeMap<>(ORDER);
  private final Map<String, String> models = new HashMap<>();

  private Folding(List<ModelAliases> lists, boolean isOn) {
    this.isOn = isOn;
    for (ModelAliases list : lists) {
      aliases.put(list.modelId(), list.aliases());
      list.aliases().forEach(alias -> models.put(alias, list.modelId()));
    }
  }

  /** Folds the aliases of these lists. */
  public static Folding of(List<ModelAliases> lists) {
    return new Folding(lists, true);
  }

  public boolean isOn() {
    return isOn;
  }

  /** The model that the spelling belongs to; itself when it belongs to no other. */
  public String modelOf(String spelling) {
    return models.getOrDefault(spelling, spelling);
  }

  /** The same of a spelling that may be missing. */
  public @Nullable String modelOfNullable(@Nullable String spelling) {
    return spelling == null ? null : modelOf(spelling);
  }

  /** The other spellings of the model; none when it has no list. */
  public List<String> aliasesOf(String model) {
    return aliases.getOrDefault(model, List.of());
  }

  /** The model itself, then its aliases. */
  public List<String> spellingsOf(String model) {
    List<String> all = new ArrayList<>();
    all.add(model);
    all.addAll(aliasesOf(model));
    return all;
  }

  /** Whether the text is a model with aliases, or one of these. */
  public boolean hasSpellings(String spelling) {
    return models.containsKey(spelling) || aliases.containsKey(spelling);
  }

  /** All models with aliases, in their order. */
  public Set<String> models() {
    return aliases.navigableKeySet();
  }

  /** The models with aliases behind one, in their order; all for null. */
  public Set<String> modelsAfter(@Nullable String model) {
    return model == null ? models() : aliases.tailMap(model, false).navigableKeySet();
  }

  /**
   * The filter in which a condition that one of the fields equals a value means every spelling of
   * the value's model. Other comparisons stay as they are.
   */
  public Filter fold(Filter filter, Set<Field> fields) {
    if (models.isEmpty()) {
      return filter;
    }
    return switch (filter) {
      case Filter.All all -> new Filter.All(fold(all.parts(), fields));
      case Filter.Any any -> new Filter.Any(fold(any.parts(), fields));
      case Filter.Not not -> new Filter.Not(fold(not.part(), fields));
      case Filter.OneOf oneOf ->
          fields.contains(oneOf.field()) ? new Filter.OneOf(oneOf.field(), fold(oneOf)) : oneOf;
      case Filter.Compare compare -> compare;
      case Filter.Prefix prefix -> prefix;
      case Filter.Present present -> present;
    };
  }

  private List<Filter> fold(List<Filter> parts, Set<Field> fields) {
    return parts.stream().map(part -> fold(part, fields)).toList();
  }

  private List<Value> fold(Filter.OneOf oneOf) {
    Set<Value> values = new LinkedHashSet<>();
    for (Value value : oneOf.values()) {
      if (value instanceof Value.Text text) {
        spellingsOf(modelOf(text.text())).forEach(one -> values.add(new Value.Text(one)));
      } else {
        values.add(value);
      }
    }
    return new ArrayList<>(values);
  }

  /** Code units compare as code points do, except that surrogates stand behind all others. */
  private static int compare(String left, String right) {
    int most = Math.min(left.length(), right.length());
    for (int i = 0; i < most; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean isPlain = Character.isSurrogate(a) == Character.isSurrogate(b);
        return isPlain ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
