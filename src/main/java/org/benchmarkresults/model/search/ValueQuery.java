package org.benchmarkresults.model.search;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks which values a member of results has, in the order of their code points.
 *
 * @param member one that is indexed: benchmark name, model or source
 * @param prefix what they begin with; empty for all
 * @param after the last value of the page before; null for the first
 * @param limit the most values wanted
 * @param allowedPrefix the prefix of the values that the caller may see; empty for all
 * @param only just these values, all of them, whatever the prefix; none for all values
 */
public record ValueQuery(
    Field.Own member,
    String prefix,
    @Nullable String after,
    int limit,
    String allowedPrefix,
    List<String> only) {
  public ValueQuery {
    // Messages of earlier releases have none.
    allowedPrefix = Objects.requireNonNullElse(allowedPrefix, "");
    only = only == null ? List.of() : List.copyOf(only);
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }

  /** Without a restriction. */
  public ValueQuery(Field.Own member, String prefix, @Nullable String after, int limit) {
    this(member, prefix, after, limit, "", List.of());
  }

  /** Without the choice of single values. */
  public ValueQuery(
      Field.Own member, String prefix, @Nullable String after, int limit, String allowedPrefix) {
    this(member, prefix, after, limit, allowedPrefix, List.of());
  }

  /** For some values of all benchmarks. */
  public static ValueQuery only(Field.Own member, List<String> values) {
    return new ValueQuery(member, "", null, values.size(), "", values);
  }

  /** The prefix of all values that are requested and allowed; empty when there can be none. */
  public Optional<String> commonPrefix() {
    if (prefix.startsWith(allowedPrefix)) {
      return Optional.of(prefix);
    }
    return allowedPrefix.startsWith(prefix) ? Optional.of(allowedPrefix) : Optional.empty();
  }
}
