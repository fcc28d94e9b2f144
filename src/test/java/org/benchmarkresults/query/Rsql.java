package org.benchmarkresults.query;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Value;

/** Writes filters as RSQL. Only what RSQL can say: no empty lists, "not" of single conditions. */
final class Rsql {
  private Rsql() {}

  static String of(Filter filter) {
    return switch (filter) {
      case Filter.All all -> joined(all.parts(), ";");
      case Filter.Any any -> joined(any.parts(), ",");
      case Filter.Not not -> not(not.part());
      case Filter.OneOf oneOf -> oneOf(oneOf, "==", "=in=");
      case Filter.Compare compare ->
          selector(compare.field()) + operator(compare.side()) + value(compare.value());
      case Filter.Prefix prefix -> selector(prefix.field()) + "=prefix=" + quoted(prefix.text());
      case Filter.Present present -> selector(present.field()) + "=exists=true";
    };
  }

  private static String joined(List<Filter> parts, String separator) {
    return parts.stream().map(Rsql::of).collect(Collectors.joining(separator, "(", ")"));
  }

  private static String not(Filter part) {
    return switch (part) {
      case Filter.OneOf oneOf -> oneOf(oneOf, "!=", "=out=");
      case Filter.Present present -> selector(present.field()) + "=exists=false";
      default -> throw new IllegalArgumentException("RSQL cannot say not " + part);
    };
  }

  private static String oneOf(Filter.OneOf oneOf, String one, String several) {
    String selector = selector(oneOf.field());
    List<Value> values = oneOf.values();
    return values.size() == 1
        ? selector + one + value(values.get(0))
        : selector
            + several
            + values.stream().map(Rsql::value).collect(Collectors.joining(",", "(", ")"));
  }

  private static String selector(Field field) {
    return field.own() == null ? "extra." + field.name() : field.name();
  }

  private static String operator(Filter.Side side) {
    return switch (side) {
      case LESS -> "<";
      case AT_MOST -> "<=";
      case AT_LEAST -> ">=";
      case GREATER -> ">";
    };
  }

  private static String value(Value value) {
    return switch (value) {
      case Value.Text text -> quoted(text.text());
      case Value.Moment moment -> moment.instant().toString();
      case Value.Spelling spelling ->
          throw new IllegalArgumentException("nobody writes " + spelling);
      case Value.Whole whole -> Long.toString(whole.number());
      // All its digits: the shortest that mean the same double mean another whole number.
      case Value.Real real -> exact(real.number());
    };
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String exact(double number) {
    return Math.abs(number) < 1L << 53
        ? Double.toString(number)
        : new BigDecimal(number).toString();
  }
}
