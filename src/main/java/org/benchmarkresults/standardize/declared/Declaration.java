package org.benchmarkresults.standardize.declared;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A format of a tool as its file declares it; {@code docs/formats.md} explains the members.
 *
 * @param holds what files of the format hold instead of measurements; null for measurements
 * @param has all of these must lead to a value
 * @param any one of these must lead to a value, where there are any
 * @param none none of these may lead to a value
 * @param is texts that values must have
 * @param runs where the runs stand, each with what follows of its own
 * @param skip runs of which a value matches are no measurement: a condition and the reason
 * @param namedDimensions dimensions whose names the file tells: a name with variables, such as
 *     {@code parameter_{name}}, and the pattern of the values
 * @param primary metrics, or {@code metric/statistic}, that stand for a task: the first that it has
 */
record Declaration(
    String adapter,
    int version,
    String tool,
    String format,
    @Nullable String holds,
    int rank,
    List<PathPattern> has,
    List<PathPattern> any,
    List<PathPattern> none,
    Map<PathPattern, Pattern> is,
    PathPattern runs,
    Map<Expression, Pattern> skip,
    String skipReason,
    Expression model,
    Expression tokenizer,
    Expression time,
    Expression toolVersion,
    Map<String, Expression> dimensions,
    Map<String, PathPattern> namedDimensions,
    List<Rule> rules,
    List<String> primary) {
  Declaration {
    has = List.copyOf(has);
    any = List.copyOf(any);
    none = List.copyOf(none);
    is = Map.copyOf(is);
    skip = Map.copyOf(skip);
    dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    namedDimensions = Map.copyOf(namedDimensions);
    rules = List.copyOf(rules);
    primary = List.copyOf(primary);
  }
}
