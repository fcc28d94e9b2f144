package org.benchmarkresults.query;

import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Value;

/** The fields that the conditions of a filter may name, and the values they take. */
public interface FilterFields {
  /**
   * The field of that name.
   *
   * @param parameter where the name stands
   * @throws QueryRefused when there is none
   */
  Field field(String name, String parameter);

  /**
   * The value for {@code ==}.
   *
   * @throws QueryRefused when the field has no such values
   */
  Value toEqual(Field field, String text, String parameter);

  /**
   * The value for {@code <} and its like.
   *
   * @throws QueryRefused when the field has no such values, or no order
   */
  Value toCompare(Field field, String text, String parameter);

  /** Whether {@code =prefix=} can be asked of the field. */
  boolean hasPrefixes(Field field);
}
