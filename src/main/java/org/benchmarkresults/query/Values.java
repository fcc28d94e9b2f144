package org.benchmarkresults.query;

import java.time.Instant;
import java.util.regex.Pattern;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Value;
import org.benchmarkresults.model.text.ExactLong;
import org.benchmarkresults.model.text.Timestamps;

/** Values that members are compared with, as callers write them. */
public final class Values {
  /** RFC 8259, section 6. */
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");

  private Values() {}

  /**
   * The value for {@code ==}: of an extra field its text, whether it was sent as string or number.
   */
  static Value toEqual(Field field, String text, String parameter) {
    return field.own() == null ? new Value.Text(text) : own(field, field.own(), text, parameter);
  }

  /** The value for {@code <} and its like: a number for extra fields if the text is one. */
  static Value toCompare(Field field, String text, String parameter) {
    if (field.own() != null) {
      return own(field, field.own(), text, parameter);
    }
    if (!JSON_NUMBER.matcher(text).matches()) {
      return new Value.Text(text);
    }
    Long exact = ExactLong.of(text);
    return exact == null ? new Value.Real(Double.parseDouble(text)) : new Value.Whole(exact);
  }

  private static Value own(Field field, Field.Own own, String text, String parameter) {
    return switch (own.kind()) {
      case TEXT -> new Value.Text(text);
      case MOMENT -> new Value.Moment(moment(text, field.name(), parameter));
      case WHOLE -> new Value.Whole(whole(text, field.name(), parameter));
    };
  }

  /**
   * A moment in any form that timestamps of results have.
   *
   * @throws QueryRefused when it is none
   */
  public static Instant moment(String text, String name, String parameter) {
    Instant instant = Timestamps.instantOf(text);
    if (instant == null) {
      throw new QueryRefused(
          parameter,
          subject(name, parameter)
              + "must be a time such as 2026-04-21T12:45:25Z, not \""
              + Names.shortened(text)
              + "\"");
    }
    return instant;
  }

  /** A message about a parameter already begins with its name. */
  private static String subject(String name, String parameter) {
    return name.equals(parameter) ? "" : name + " ";
  }

  private static long whole(String text, String name, String parameter) {
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      throw new QueryRefused(
          parameter, name + " must be a whole number, not \"" + Names.shortened(text) + "\"");
    }
    return Long.parseLong(text);
  }
}
