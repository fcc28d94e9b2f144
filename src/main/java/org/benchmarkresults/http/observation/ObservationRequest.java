package org.benchmarkresults.http.observation;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.http.headers.NextLink;
import org.benchmarkresults.http.headers.References;
import org.benchmarkresults.model.observed.ObservationField;
import org.benchmarkresults.model.observed.ObservationSearch;
import org.benchmarkresults.model.observed.ObservationSearch.Excluded;
import org.benchmarkresults.model.observed.ObservationSort;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.Value;
import org.benchmarkresults.query.Cursor;
import org.benchmarkresults.query.FilterText;
import org.benchmarkresults.query.Folding;
import org.benchmarkresults.query.ObservationFields;
import org.benchmarkresults.query.QueryRefused;
import org.benchmarkresults.query.Values;
import org.benchmarkresults.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A request for a list of observations.
 *
 * @param search the first page
 * @param isLimited whether one page is all that is wanted
 * @param isPivot whether metrics are columns
 * @param folding of the models in conditions and rows
 */
record ObservationRequest(
    ObservationSearch search,
    boolean isLimited,
    boolean isPivot,
    RowMembers members,
    Format format,
    Folding folding) {
  private static final int FIRST_PAGE = 1_000;
  private static final String DIMENSION = "dimension.";
  private static final ObservationFields FIELDS = new ObservationFields();

  private static final Map<String, ObservationField> EQUAL =
      Map.ofEntries(
          Map.entry("task", ObservationField.TASK),
          Map.entry("metric", ObservationField.METRIC),
          Map.entry("variant", ObservationField.VARIANT),
          Map.entry("statistic", ObservationField.STATISTIC),
          Map.entry("model", ObservationField.MODEL),
          Map.entry("model_id", ObservationField.MODEL_ID),
          Map.entry("benchmark_name", ObservationField.BENCHMARK_NAME),
          Map.entry("run_id", ObservationField.RUN_ID),
          Map.entry("source", ObservationField.SOURCE),
          Map.entry("stage", ObservationField.RESULT_STAGE),
          Map.entry("name", ObservationField.RESULT_NAME),
          Map.entry("adapter", ObservationField.ADAPTER_NAME),
          Map.entry("tool", ObservationField.TOOL),
          Map.entry("unit", ObservationField.UNIT),
          Map.entry("series", ObservationField.SERIES),
          Map.entry("primary", ObservationField.PRIMARY));

  /** Further parameters that select and order observations. */
  private static final List<String> MEANING =
      List.of("since", "until", "filter", "sort", "cross_checks", "excluded", Folding.PARAMETER);

  private static final Set<Field> MODELS =
      Set.of(ObservationField.MODEL.field(), ObservationField.MODEL_ID.field());

  /** Reads a request whose parameters fit the contract; throws {@link QueryRefused}. */
  static ObservationRequest of(RoutingContext context, Folding folding) {
    MultiMap parameters = context.queryParams();
    String limit = parameters.get("limit");
    boolean isPivot = parameters.contains("pivot");
    ObservationSort sort = sort(parameters.get("sort"));
    if (isPivot) {
      refuseForPivot(parameters, sort);
    }
    Filter filter = folding.fold(filter(parameters, AccessCheck.caller(context)), MODELS);
    return new ObservationRequest(
        new ObservationSearch(
            filter,
            sort,
            "true".equals(parameters.get("cross_checks")) || asksForCrossChecks(filter),
            excluded(parameters.get("excluded"), filter),
            null,
            after(parameters, sort),
            limit == null || isPivot ? FIRST_PAGE : Integer.parseInt(limit)),
        limit != null && !isPivot,
        isPivot,
        RowMembers.of(parameters.get("fields"), folding),
        Format.of(context),
        folding);
  }

  private static void refuseForPivot(MultiMap parameters, ObservationSort sort) {
    for (String name : List.of("cursor", "fields")) {
      if (parameters.contains(name)) {
        throw new QueryRefused(name, "cannot be combined with pivot=metric");
      }
    }
    if (sort.key() != ObservationSort.Key.INSTANT) {
      throw new QueryRefused("sort", "must be instant or -instant with pivot=metric");
    }
  }

  private static Filter filter(MultiMap parameters, Caller caller) {
    List<Filter> parts = new ArrayList<>();
    if (caller.isRestricted()) {
      parts.add(
          new Filter.Prefix(ObservationField.BENCHMARK_NAME.field(), caller.benchmarkPrefix()));
    }
    for (Map.Entry<String, ObservationField> entry : EQUAL.entrySet()) {
      List<String> texts = parameters.getAll(entry.getKey());
      if (!texts.isEmpty()) {
        List<Value> values = texts.stream().<Value>map(Value.Text::new).toList();
        parts.add(new Filter.OneOf(entry.getValue().field(), values));
      }
    }
    for (String name : dimensions(parameters)) {
      List<Value> values = parameters.getAll(name).stream().<Value>map(Value.Text::new).toList();
      String dimension = name.substring(DIMENSION.length());
      if (dimension.isEmpty()) {
        throw new QueryRefused(name, "must end with the name of a dimension");
      }
      parts.add(new Filter.OneOf(ObservationField.dimension(dimension), values));
    }
    addMoment("since", Filter.Side.AT_LEAST, parameters, parts);
    addMoment("until", Filter.Side.LESS, parameters, parts);
    String text = parameters.get("filter");
    if (text != null) {
      parts.add(FilterText.parse(text, FIELDS));
    }
    return new Filter.All(parts);
  }

  private static TreeSet<String> dimensions(MultiMap parameters) {
    TreeSet<String> names = new TreeSet<>(parameters.names());
    names.removeIf(name -> !name.startsWith(DIMENSION));
    return names;
  }

  private static void addMoment(
      String name, Filter.Side side, MultiMap parameters, List<Filter> parts) {
    String text = parameters.get(name);
    if (text != null) {
      Value moment = new Value.Moment(Values.moment(text, name, name));
      parts.add(new Filter.Compare(ObservationField.INSTANT.field(), side, moment));
    }
  }

  /** Whether the filter itself says something of cross checks, or wants standardized outputs. */
  private static boolean asksForCrossChecks(Filter filter) {
    return switch (filter) {
      case Filter.All all -> all.parts().stream().anyMatch(ObservationRequest::asksForCrossChecks);
      case Filter.Any any -> any.parts().stream().anyMatch(ObservationRequest::asksForCrossChecks);
      case Filter.Not not ->
          not.part() instanceof Filter.OneOf oneOf
              && oneOf.field().equals(ObservationField.CROSS_CHECK.field());
      case Filter.OneOf oneOf ->
          oneOf.field().equals(ObservationField.CROSS_CHECK.field())
              || (oneOf.field().equals(ObservationField.RESULT_STAGE.field())
                  && oneOf.values().contains(new Value.Text(Stage.STANDARDIZED.path())));
      default -> false;
    };
  }

  /** Excluded results are left out, unless the request or its filter names exclusion. */
  private static Excluded excluded(@Nullable String text, Filter filter) {
    return switch (text == null ? "" : text) {
      case "also" -> Excluded.ALSO;
      case "only" -> Excluded.ONLY;
      case "no" -> Excluded.NO;
      default -> saysOfExclusion(filter) ? Excluded.ALSO : Excluded.NO;
    };
  }

  private static boolean saysOfExclusion(Filter filter) {
    return switch (filter) {
      case Filter.All all -> all.parts().stream().anyMatch(ObservationRequest::saysOfExclusion);
      case Filter.Any any -> any.parts().stream().anyMatch(ObservationRequest::saysOfExclusion);
      case Filter.Not not -> saysOfExclusion(not.part());
      case Filter.OneOf oneOf -> isExclusion(oneOf.field());
      case Filter.Compare compare -> isExclusion(compare.field());
      case Filter.Prefix prefix -> isExclusion(prefix.field());
      case Filter.Present present -> isExclusion(present.field());
    };
  }

  private static boolean isExclusion(Field field) {
    return field.equals(ObservationField.EXCLUDED.field());
  }

  private static ObservationSort sort(@Nullable String text) {
    if (text == null) {
      return ObservationSort.NEWEST_FIRST;
    }
    boolean isDescending = text.startsWith("-");
    ObservationSort.Key key =
        switch (isDescending ? text.substring(1) : text) {
          case "instant" -> ObservationSort.Key.INSTANT;
          case "value" -> ObservationSort.Key.VALUE;
          case "model" -> ObservationSort.Key.MODEL;
          default -> throw new IllegalArgumentException("the contract lets " + text + " through");
        };
    return new ObservationSort(key, isDescending);
  }

  private static @Nullable PageKey after(MultiMap parameters, ObservationSort sort) {
    String cursor = parameters.get("cursor");
    if (cursor == null) {
      return null;
    }
    PageKey key = Cursor.read(cursor, question(parameters));
    // A forged cursor can have a right digest and the key of another kind of list.
    boolean isOfList =
        (sort.key() != ObservationSort.Key.VALUE || isNumber(key.text()))
            && (sort.key() == ObservationSort.Key.RESULT || isWhole(key.id()));
    if (!isOfList) {
      throw new QueryRefused(
          "cursor", "was not issued for this list, filter and sort; start again without it");
    }
    return key;
  }

  private static boolean isWhole(String text) {
    try {
      return Long.parseLong(text) >= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isNumber(@Nullable String text) {
    try {
      return text != null && Double.isFinite(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Which observations in which order, in one form whatever the order of the parameters. */
  private static String question(MultiMap parameters) {
    TreeSet<String> names = dimensions(parameters);
    names.addAll(EQUAL.keySet());
    names.addAll(MEANING);
    StringBuilder question = new StringBuilder("observations");
    for (String name : names) {
      parameters.getAll(name).stream()
          .sorted()
          .forEach(
              value ->
                  question
                      .append('&')
                      .append(References.encoded(name))
                      .append('=')
                      .append(References.encoded(value)));
    }
    return question.toString();
  }

  /** The {@code Link} header that leads to the next page. */
  static String link(RoutingContext context, PageKey next) {
    return NextLink.to(context, Cursor.write(next, question(context.queryParams())));
  }
}
