package org.benchmarkresults.model;

import org.jspecify.annotations.Nullable;

/**
 * Asks which values a member of results has, in the order of their code points.
 *
 * @param member one that is indexed: benchmark name, model or source
 * @param prefix what they begin with; empty for all
 * @param after the last value of the page before; null for the first
 * @param limit the most values wanted
 */
public record ValueQuery(Field.Own member, String prefix, @Nullable String after, int limit) {
  public ValueQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }
}
