package org.benchmarkresults.http.list;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.format.Members;
import org.benchmarkresults.http.headers.Format;
import org.benchmarkresults.http.headers.NextLink;
import org.benchmarkresults.http.headers.References;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.observed.ObservedSearch;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Field.Own;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.model.search.Value;
import org.benchmarkresults.query.Cursor;
import org.benchmarkresults.query.FilterText;
import org.benchmarkresults.query.Folding;
import org.benchmarkresults.query.QueryRefused;
import org.benchmarkresults.query.Values;
import org.benchmarkresults.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A request for a list, read from its parameters and its Accept header.
 *
 * @param search the first page; its limit is the request's own, or what is read at once
 * @param limited whether one page is all that is wanted
 * @param members null for all but the data
 * @param folding of the models in conditions and rows
 */
public record ListRequest(
    Search search,
    boolean limited,
    boolean counted,
    @Nullable Members members,
    Format format,
    Folding folding) {
  private static final Map<String, Own> EQUAL =
      Map.of(
          "benchmark_name", Own.BENCHMARK_NAME,
          "model_id", Own.MODEL_ID,
          "tokenizer_id", Own.TOKENIZER_ID,
          "source", Own.SOURCE,
          "run_id", Own.RUN_ID);

  /** The parameters that select and order results; a cursor depends on all of them. */
  private static final List<String> MEANING =
      List.of(
          "benchmark_name",
          "model_id",
          "tokenizer_id",
          "source",
          "run_id",
          "since",
          "until",
          "name_prefix",
          "filter",
          "sort",
          "deleted",
          "excluded",
          "versions",
          "task",
          "metric",
          Folding.PARAMETER);

  private static final Set<Field> MODELS = Set.of(Field.of(Own.MODEL_ID));

  private static final String FIRST_RECEIVED_AT = "first_received_at";

  /** The name of that order in earlier releases. */
  private static final String FORMER_RECEIVED_AT = "received_at";

  private static final Set<String> SHAPE = Set.of("limit", "cursor", "count", "fields");

  /** Reads a request whose parameters fit the contract; throws {@link QueryRefused}. */
  public static ListRequest of(Stage stage, RoutingContext context, Folding folding) {
    MultiMap parameters = context.queryParams();
    Members members = Members.of(parameters.get("fields"));
    if (members != null && members.withFoldedModel() && !folding.isOn()) {
      throw new QueryRefused("fields", Folding.MEMBER + " needs the parameter fold=aliases");
    }
    String limit = parameters.get("limit");
    boolean withData = members != null && members.withData();
    Search search =
        new Search(
            stage,
            "true".equals(parameters.get("deleted")),
            folding.fold(filter(parameters, AccessCheck.caller(context)), MODELS),
            sort(parameters.get("sort")),
            after(stage, parameters),
            limit != null ? Integer.parseInt(limit) : PageSize.first(withData),
            withData,
            isOfAllVersions(parameters));
    return new ListRequest(
        search,
        limit != null,
        "true".equals(parameters.get("count")),
        members,
        Format.of(context),
        folding);
  }

  /**
   * The results that parameters select, whatever their order; throws {@link QueryRefused}.
   *
   * @param parameters of a list, without those of its order and its form
   */
  public static ObservedSearch selection(
      Stage stage, boolean deleted, MultiMap parameters, Caller caller) {
    Search search =
        new Search(
            stage,
            deleted,
            filter(parameters, caller),
            Sort.NEWEST_FIRST,
            null,
            PageSize.first(false),
            false);
    ObservedSearch observed =
        new ObservedSearch(search, parameters.getAll("task"), parameters.getAll("metric"));
    if (deleted && !observed.isOfAll()) {
      throw new QueryRefused(
          observed.tasks().isEmpty() ? "metric" : "task", "selects no deleted results");
    }
    return observed;
  }

  /** The tasks, metrics or headlines that the request asks for; null when it asks for none. */
  public static @Nullable ObservedSearch observed(ListRequest request, MultiMap parameters) {
    List<String> tasks = parameters.getAll("task");
    List<String> metrics = parameters.getAll("metric");
    boolean withHeadline = request.members != null && request.members.withHeadline();
    if (tasks.isEmpty() && metrics.isEmpty() && !withHeadline) {
      return null;
    }
    String name = !tasks.isEmpty() ? "task" : !metrics.isEmpty() ? "metric" : "fields";
    String subject = name.equals("fields") ? "headline " : "";
    if (request.search.deleted() || request.search.allVersions()) {
      throw new QueryRefused(
          name,
          subject
              + "cannot be combined with deleted=true or versions=all: only the newest versions of"
              + " results have observations");
    }
    ObservedSearch observed = new ObservedSearch(request.search, tasks, metrics);
    if (request.counted && !observed.isOfAll()) {
      throw new QueryRefused("count", "cannot be combined with task or metric");
    }
    return observed;
  }

  /**
   * Whether the request has no parameters and takes JSON: the whole list, as the first release had
   * it.
   */
  public static boolean isPlain(RoutingContext context) {
    MultiMap parameters = context.queryParams();
    return Format.of(context).shape() == Format.Shape.JSON
        && MEANING.stream().noneMatch(parameters::contains)
        && SHAPE.stream().noneMatch(parameters::contains);
  }

  private static boolean isOfAllVersions(MultiMap parameters) {
    boolean all = "all".equals(parameters.get("versions"));
    if (all && "true".equals(parameters.get("deleted"))) {
      throw new ProblemException(
          Problem.invalidQuery("versions", "all cannot be combined with deleted=true"));
    }
    return all;
  }

  private static Filter filter(MultiMap parameters, Caller caller) {
    List<Filter> parts = new ArrayList<>();
    if (caller.isRestricted()) {
      parts.add(new Filter.Prefix(Field.of(Own.BENCHMARK_NAME), caller.benchmarkPrefix()));
    }
    for (String name : MEANING) {
      List<String> texts = parameters.getAll(name);
      if (EQUAL.containsKey(name) && !texts.isEmpty()) {
        List<Value> values = texts.stream().<Value>map(Value.Text::new).toList();
        parts.add(new Filter.OneOf(Field.of(EQUAL.get(name)), values));
      }
    }
    addMoment("since", Filter.Side.AT_LEAST, parameters, parts);
    addMoment("until", Filter.Side.LESS, parameters, parts);
    String prefix = parameters.get("name_prefix");
    if (prefix != null) {
      parts.add(new Filter.Prefix(Field.of(Own.PK), prefix));
    }
    String excluded = parameters.get("excluded");
    if (excluded != null && !excluded.equals("also")) {
      Filter only = new Filter.Present(Field.of(Own.EXCLUDED));
      parts.add(excluded.equals("only") ? only : new Filter.Not(only));
    }
    String text = parameters.get("filter");
    if (text != null) {
      parts.add(FilterText.parse(text));
    }
    return new Filter.All(parts);
  }

  private static void addMoment(
      String name, Filter.Side side, MultiMap parameters, List<Filter> parts) {
    String text = parameters.get(name);
    if (text != null) {
      Value moment = new Value.Moment(Values.moment(text, name, name));
      parts.add(new Filter.Compare(Field.of(Own.TIMESTAMP), side, moment));
    }
  }

  private static Sort sort(@Nullable String text) {
    if (text == null) {
      return Sort.NEWEST_FIRST;
    }
    boolean descending = text.startsWith("-");
    Sort.Key key =
        switch (descending ? text.substring(1) : text) {
          case FIRST_RECEIVED_AT, FORMER_RECEIVED_AT -> Sort.Key.RECEIVED_AT;
          case "timestamp" -> Sort.Key.TIMESTAMP;
          case "benchmark_name" -> Sort.Key.BENCHMARK_NAME;
          case "model_id" -> Sort.Key.MODEL_ID;
          default -> throw new IllegalArgumentException("the contract lets " + text + " through");
        };
    return new Sort(key, descending);
  }

  private static @Nullable PageKey after(Stage stage, MultiMap parameters) {
    String cursor = parameters.get("cursor");
    return cursor == null ? null : Cursor.read(cursor, question(stage, parameters));
  }

  /** Which results in which order, in one form whatever the order of the parameters. */
  private static String question(Stage stage, MultiMap parameters) {
    StringBuilder question = new StringBuilder(stage.path());
    for (String name : MEANING) {
      parameters.getAll(name).stream()
          .sorted()
          .forEach(
              value ->
                  question.append('&').append(name).append('=').append(References.encoded(value)));
    }
    // Cursors stay valid whichever name of this order a request uses.
    return question
        .toString()
        .replaceFirst("(&sort=-?)" + FIRST_RECEIVED_AT, "$1" + FORMER_RECEIVED_AT);
  }

  /** The {@code Link} header that leads to the next page. */
  public String link(RoutingContext context, PageKey next) {
    String question = question(search.stage(), context.queryParams());
    return NextLink.to(context, Cursor.write(next, question));
  }
}
