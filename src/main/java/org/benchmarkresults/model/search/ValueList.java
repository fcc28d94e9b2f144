package org.benchmarkresults.model.search;

import java.util.List;

/**
 * A page of the values that a member of results has.
 *
 * @param more whether there are values behind the last
 */
public record ValueList(List<DistinctValue> values, boolean more) {
  public ValueList {
    values = List.copyOf(values);
  }
}
