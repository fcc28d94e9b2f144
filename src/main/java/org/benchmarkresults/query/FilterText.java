package org.benchmarkresults.query;

import cz.jirutka.rsql.parser.RSQLParser;
import cz.jirutka.rsql.parser.RSQLParserException;
import cz.jirutka.rsql.parser.ast.ComparisonNode;
import cz.jirutka.rsql.parser.ast.ComparisonOperator;
import cz.jirutka.rsql.parser.ast.LogicalNode;
import cz.jirutka.rsql.parser.ast.LogicalOperator;
import cz.jirutka.rsql.parser.ast.Node;
import cz.jirutka.rsql.parser.ast.RSQLOperators;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Filter.Side;
import org.benchmarkresults.model.search.Value;

/**
 * Reads filters in RSQL: {@code ;} is AND, {@code ,} is OR, and the comparisons {@code == != =in=
 * =out= < <= > >= =prefix= =exists=}. Values are taken as they are written; there are no wildcards.
 */
public final class FilterText {
  /** Longest text, in characters. */
  public static final int LONGEST = 4_096;

  /** Most values behind one {@code =in=}. */
  public static final int MOST_VALUES = 50;

  private static final String PARAMETER = "filter";
  private static final int MOST_CONDITIONS = 100;
  private static final int DEEPEST = 16;
  private static final ComparisonOperator PREFIX = new ComparisonOperator("=prefix=");
  private static final ComparisonOperator EXISTS = new ComparisonOperator("=exists=");
  private static final RSQLParser PARSER =
      new RSQLParser(
          Set.of(
              RSQLOperators.EQUAL,
              RSQLOperators.NOT_EQUAL,
              RSQLOperators.IN,
              RSQLOperators.NOT_IN,
              RSQLOperators.LESS_THAN,
              RSQLOperators.LESS_THAN_OR_EQUAL,
              RSQLOperators.GREATER_THAN,
              RSQLOperators.GREATER_THAN_OR_EQUAL,
              PREFIX,
              EXISTS));

  private static final FilterFields RESULTS = new ResultFields();

  private final FilterFields fields;
  private int conditions;

  private FilterText(FilterFields fields) {
    this.fields = fields;
  }

  /** Reads a filter of results; throws as {@link #parse(String, FilterFields)}. */
  public static Filter parse(String text) {
    return parse(text, RESULTS);
  }

  /**
   * Reads a filter.
   *
   * @throws QueryRefused when it is too long, too deep, no RSQL, or names what is not there
   */
  public static Filter parse(String text, FilterFields fields) {
    if (text.length() > LONGEST) {
      throw refused("must be at most " + LONGEST + " characters");
    }
    requireShallow(text);
    try {
      return new FilterText(fields).filter(PARSER.parse(text));
    } catch (RSQLParserException e) {
      throw refused(FilterComplaint.of(e, text));
    }
  }

  /** The parser goes down a level for each parenthesis. */
  private static void requireShallow(String text) {
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        i += c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(' && ++depth > DEEPEST) {
        throw refused("must not be nested deeper than " + DEEPEST + " levels");
      } else if (c == ')') {
        depth--;
      }
    }
  }

  private Filter filter(Node node) {
    if (node instanceof LogicalNode logical) {
      List<Filter> parts = logical.getChildren().stream().map(this::filter).toList();
      return logical.getOperator() == LogicalOperator.AND
          ? new Filter.All(parts)
          : new Filter.Any(parts);
    }
    if (++conditions > MOST_CONDITIONS) {
      throw refused("must have at most " + MOST_CONDITIONS + " conditions");
    }
    return condition((ComparisonNode) node);
  }

  private Filter condition(ComparisonNode node) {
    Field field = fields.field(node.getSelector(), PARAMETER);
    ComparisonOperator operator = node.getOperator();
    List<String> arguments = node.getArguments();
    if (arguments.size() > MOST_VALUES) {
      throw refused("must have at most " + MOST_VALUES + " values in one =in= or =out=");
    }
    String first = arguments.get(0);
    if (operator.equals(RSQLOperators.EQUAL) || operator.equals(RSQLOperators.IN)) {
      return equal(field, arguments);
    }
    if (operator.equals(RSQLOperators.NOT_EQUAL) || operator.equals(RSQLOperators.NOT_IN)) {
      return new Filter.Not(equal(field, arguments));
    }
    if (operator.equals(PREFIX)) {
      return prefix(field, first);
    }
    if (operator.equals(EXISTS)) {
      return exists(field, first);
    }
    return new Filter.Compare(field, side(operator), fields.toCompare(field, first, PARAMETER));
  }

  private Filter equal(Field field, List<String> arguments) {
    List<Value> values =
        arguments.stream().map(text -> fields.toEqual(field, text, PARAMETER)).toList();
    return new Filter.OneOf(field, values);
  }

  private Filter prefix(Field field, String text) {
    if (!fields.hasPrefixes(field)) {
      throw refused("=prefix= is for texts, which " + field.name() + " is not");
    }
    return new Filter.Prefix(field, text);
  }

  private static Filter exists(Field field, String text) {
    Filter present = new Filter.Present(field);
    return switch (text) {
      case "true" -> present;
      case "false" -> new Filter.Not(present);
      default -> throw refused("=exists= is followed by true or false");
    };
  }

  private static Side side(ComparisonOperator operator) {
    if (operator.equals(RSQLOperators.LESS_THAN)) {
      return Side.LESS;
    }
    if (operator.equals(RSQLOperators.LESS_THAN_OR_EQUAL)) {
      return Side.AT_MOST;
    }
    return operator.equals(RSQLOperators.GREATER_THAN) ? Side.GREATER : Side.AT_LEAST;
  }

  private static QueryRefused refused(String sentence) {
    return new QueryRefused(PARAMETER, sentence);
  }
}
