package org.benchmarkresults.query;

import java.util.Map;
import java.util.regex.Pattern;
import org.benchmarkresults.config.NearestWord;
import org.benchmarkresults.model.observed.ObservationField;
import org.benchmarkresults.model.observed.ObservationField.Kind;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Value;
import org.jspecify.annotations.Nullable;

/**
 * The fields of observations: members by the names that rows and tables have for them, dimensions
 * as {@code dimensions.NAME}, or by the name alone where no member has it, and labels as {@code
 * labels.KEY}.
 */
public final class ObservationFields implements FilterFields {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,4})?");

  /** Other spelling of {@link ObservationField#DIMENSION}, as in parameters. */
  private static final String DIMENSION = "dimension.";

  private static final Map<String, ObservationField> ALSO =
      Map.of(
          "stage", ObservationField.RESULT_STAGE,
          "name", ObservationField.RESULT_NAME,
          "version", ObservationField.RESULT_VERSION,
          "result.stage", ObservationField.RESULT_STAGE,
          "result.name", ObservationField.RESULT_NAME,
          "result.version", ObservationField.RESULT_VERSION,
          "adapter", ObservationField.ADAPTER_NAME,
          "adapter.name", ObservationField.ADAPTER_NAME,
          "adapter.version", ObservationField.ADAPTER_VERSION);

  private static final Map<String, ObservationField> INTERVAL =
      Map.of(
          "interval.low", ObservationField.INTERVAL_LOW,
          "interval.high", ObservationField.INTERVAL_HIGH,
          "interval.level", ObservationField.INTERVAL_LEVEL);

  /** Shorter names, such as {@code tp}, are near to everything. */
  private static final int LEAST_MISSPELT = 4;

  @Override
  public Field field(String name, String parameter) {
    Field label = Names.label(name, parameter);
    if (label != null) {
      return label;
    }
    ObservationField own = named(name);
    if (own != null) {
      return own.field();
    }
    String dimension = dimension(name);
    if (dimension != null) {
      return ObservationField.dimension(dimension);
    }
    String nearest = NearestWord.nearest(name, ObservationField.names());
    if (name.length() >= LEAST_MISSPELT && NearestWord.distance(name, nearest) == 1) {
      throw new QueryRefused(
          parameter,
          "there is no member \""
              + Names.shortened(name)
              + "\"; did you mean "
              + nearest
              + ", or "
              + ObservationField.DIMENSION
              + Names.shortened(name)
              + " for a dimension?");
    }
    return ObservationField.dimension(name);
  }

  private static @Nullable ObservationField named(String name) {
    ObservationField also = ALSO.containsKey(name) ? ALSO.get(name) : INTERVAL.get(name);
    return also != null ? also : ObservationField.of(Field.further(name)).orElse(null);
  }

  /** The dimension whose name is written in full; null when it is none. */
  public static @Nullable String dimension(String name) {
    for (String prefix : new String[] {ObservationField.DIMENSION, DIMENSION}) {
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        return name.substring(prefix.length());
      }
    }
    return null;
  }

  @Override
  public Value toEqual(Field field, String text, String parameter) {
    return value(field, text, parameter);
  }

  @Override
  public Value toCompare(Field field, String text, String parameter) {
    Kind kind = kind(field);
    if (kind == Kind.TRUTH || kind == Kind.STAGE) {
      throw new QueryRefused(parameter, field.name() + " has no order; compare it by == or !=");
    }
    if (isDimension(field) && NUMBER.matcher(text).matches()) {
      return number(field, text, parameter);
    }
    return value(field, text, parameter);
  }

  private static boolean isDimension(Field field) {
    return field.own() == null && ObservationField.of(field).isEmpty();
  }

  private static Kind kind(Field field) {
    return ObservationField.of(field).map(ObservationField::kind).orElse(Kind.TEXT);
  }

  private static Value value(Field field, String text, String parameter) {
    return switch (kind(field)) {
      case TEXT, NAME -> new Value.Text(text);
      case NUMBER, WHOLE -> number(field, text, parameter);
      case MOMENT -> new Value.Moment(Values.moment(text, field.name(), parameter));
      case TRUTH -> oneOf(field, text, parameter, "true", "false");
      case STAGE -> oneOf(field, text, parameter, "raw_input", "standardized_output");
    };
  }

  private static Value oneOf(Field field, String text, String parameter, String one, String other) {
    if (!text.equals(one) && !text.equals(other)) {
      throw refused(field, text, parameter, one + " or " + other);
    }
    return new Value.Text(text);
  }

  private static Value number(Field field, String text, String parameter) {
    double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (!Double.isFinite(number)) {
      throw refused(field, text, parameter, "a number");
    }
    return new Value.Real(number);
  }

  private static QueryRefused refused(Field field, String text, String parameter, String wanted) {
    String subject = field.name().equals(parameter) ? "" : field.name() + " ";
    return new QueryRefused(
        parameter, subject + "must be " + wanted + ", not \"" + Names.shortened(text) + "\"");
  }

  @Override
  public boolean hasPrefixes(Field field) {
    Kind kind = kind(field);
    return kind == Kind.TEXT || kind == Kind.NAME;
  }
}
