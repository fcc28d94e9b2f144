package org.benchmarkresults.query;

import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Value;

/** The fields of results. */
final class ResultFields implements FilterFields {
  @Override
  public Field field(String name, String parameter) {
    return Names.field(name, parameter);
  }

  @Override
  public Value toEqual(Field field, String text, String parameter) {
    return Values.toEqual(field, text, parameter);
  }

  @Override
  public Value toCompare(Field field, String text, String parameter) {
    return Values.toCompare(field, text, parameter);
  }

  @Override
  public boolean hasPrefixes(Field field) {
    return field.own() == null || field.own().kind() == Field.Kind.TEXT;
  }
}
