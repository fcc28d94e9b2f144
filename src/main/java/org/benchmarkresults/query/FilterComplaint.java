package org.benchmarkresults.query;

import cz.jirutka.rsql.parser.RSQLParserException;
import cz.jirutka.rsql.parser.UnknownOperatorException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says where a text stops being RSQL and what can be written there. */
final class FilterComplaint {
  /**
   * The parser's tokens cannot be seen from outside its package; its message tells where they are.
   */
  private static final Pattern PLACE = Pattern.compile("at line 1, column (\\d+)");

  /** Not one of ==, !=, <=, >= or =in= and its like. */
  private static final Pattern SINGLE_EQUALS =
      Pattern.compile("(?<!=\\w{1,10})(?<=\\w)=(?!=|\\w+=)");

  private static final int SHOWN = 24;
  private static final String COMPARISONS =
      "== != =in=(a,b) =out=(a,b) < <= > >= =prefix= =exists=true";

  private FilterComplaint() {}

  static String of(RSQLParserException failure, String text) {
    return "is not valid RSQL"
        + reason(failure.getCause(), text)
        + ". Comparisons are "
        + COMPARISONS
        + ", joined by ; for AND and , for OR, such as"
        + " benchmark_name==Evalchemy;model_id=prefix=Qwen/."
        + " A value with ( ) ; , = < > ! ~ or a blank in it stands in quotes";
  }

  private static String reason(@Nullable Throwable cause, String text) {
    if (cause instanceof UnknownOperatorException unknown) {
      return ": there is no comparison " + Names.shortened(unknown.getOperator());
    }
    if (SINGLE_EQUALS.matcher(text).find()) {
      return ": a single = is not a comparison";
    }
    if (cause != null && String.valueOf(cause.getMessage()).contains("\"<EOF>\"")) {
      return ": it breaks off at its end";
    }
    Matcher place = PLACE.matcher(cause == null ? "" : "" + cause.getMessage());
    if (!place.find()) {
      return "";
    }
    int column = Integer.parseInt(place.group(1));
    int from = Math.min(text.length(), column - 1);
    String rest = text.substring(from, Math.min(text.length(), from + SHOWN));
    return rest.isEmpty()
        ? ": it breaks off at its end"
        : " from character " + column + " on, which is \"" + rest + "\"";
  }
}
