package org.benchmarkresults.http.contract;

import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.benchmarkresults.config.NearestWord;
import org.benchmarkresults.http.problem.Problem.Fault;

/**
 * The names of one operation's query parameters. Any other name is refused: ignoring a filter would
 * return all results, and ignoring a {@code version} would delete all versions. Names that begin
 * with an underscore are the caller's own, such as the cache busters of browsers.
 */
final class KnownParameters {
  private static final String FILTER = "filter";
  private static final int LONGEST_SHOWN = 64;
  private static final int MOST_FAULTS = 20;

  /** Most letters in which a misspelt name may differ; fewer for short names. */
  private static final int NEAR = 2;

  /** Names in other services for the same thing, without case and punctuation. */
  private static final Map<String, List<String>> SYNONYMS =
      Map.ofEntries(
          meaning(
              "benchmark_name",
              "benchmark bench benchmarks benchmarkid task tasks dataset suite evaluation"),
          meaning("model_id", "model models modelname llm"),
          meaning("tokenizer_id", "tokenizer tokenizername"),
          meaning("source", "backend provider engine origin"),
          meaning("run_id", "run runs runname job jobid build"),
          meaning(
              "since",
              "from begin start startdate starttime fromdate newerthan gte after mindate timestamp date time day"),
          meaning(
              "until",
              "to end enddate endtime todate olderthan before lt maxdate timestamp date time day"),
          meaning(
              "cursor",
              "page offset skip after before next token pagetoken continuation marker startingafter"),
          meaning(
              "limit",
              "page pagesize perpage size top max maxresults take rows first last count n latest newest recent"),
          meaning(
              "sort",
              "order orderby sortby sortorder ordering sortkey desc direction latest newest recent"),
          meaning("filter", "q query search where rsql find expression contains"),
          meaning("name_prefix", "name pk prefix id key resultname startswith beginswith"),
          meaning("prefix", "name nameprefix startswith beginswith q query search filter"),
          meaning(
              "fields",
              "field columns column select include members attributes props projection distinct"),
          meaning("count", "total withtotal withcount includetotal totals"),
          meaning("deleted", "trash trashed removed includedeleted withdeleted onlydeleted"),
          meaning("format", "accept output type mime mimetype contenttype fmt as outputformat"),
          meaning("guard", "escape safe csvguard sanitize"),
          meaning("version", "v ver rev revision versions versionnumber"),
          meaning("versions", "version allversions history revisions latest newest"),
          meaning("name", "resultname pk id key result resultid"),
          meaning("caller", "user who by key actor username"),
          meaning("stage", "collection kind type"),
          meaning("last_event_id", "since from after lastid eventid id cursor"));

  private final List<String> names;
  private final boolean deletes;

  KnownParameters(List<String> names, HttpMethod method) {
    this.names = List.copyOf(names);
    deletes = method.equals(HttpMethod.DELETE);
  }

  private static Map.Entry<String, List<String>> meaning(String name, String synonyms) {
    return Map.entry(name, List.of(synonyms.split(" ")));
  }

  /** A fault for each unknown name. */
  List<Fault> faults(Set<String> sent) {
    List<Fault> faults = new ArrayList<>();
    for (String name : sent) {
      if (!isKnown(name) && !name.startsWith("_") && faults.size() < MOST_FAULTS) {
        String shown =
            name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…";
        faults.add(
            Fault.ofParameter(shown, "is not a parameter of this operation" + advice(shown)));
      }
    }
    return faults;
  }

  private boolean isKnown(String name) {
    return names.contains(name)
        || names.stream()
            .filter(known -> known.endsWith(Parameters.ANY_NAME))
            .anyMatch(known -> name.startsWith(known.replace(Parameters.ANY_NAME, "")));
  }

  private String advice(String name) {
    if (names.isEmpty()) {
      return deletes && plain(name).startsWith("v")
          ? ", which deletes all versions of a result; If-Match deletes it only in a given version"
          : ", which takes none";
    }
    if (isLabel(name)) {
      return "; did you mean filter=labels.KEY==VALUE?";
    }
    List<String> meant = meant(name);
    return meant.isEmpty()
        ? "; there are " + String.join(", ", names)
        : "; did you mean " + String.join(" or ", meant) + "?";
  }

  private boolean isLabel(String name) {
    return names.contains(FILTER)
        && (name.startsWith("labels.") || name.equals("labels") || name.equals("label"));
  }

  /** The names that were probably meant; none when no name is near. */
  private List<String> meant(String name) {
    String plain = plain(name);
    Set<String> same =
        names.stream().filter(known -> plain(known).equals(plain)).collect(Collectors.toSet());
    if (!same.isEmpty()) {
      return List.copyOf(same);
    }
    List<String> synonyms =
        names.stream()
            .filter(known -> SYNONYMS.getOrDefault(known, List.of()).contains(plain))
            .toList();
    if (!synonyms.isEmpty()) {
      return synonyms;
    }
    String nearest = NearestWord.nearest(name, names);
    int letters = NearestWord.distance(name.toLowerCase(Locale.ROOT), nearest);
    boolean isNear = letters <= Math.min(NEAR + nearest.length() / 8, name.length() / 2);
    return isNear || (plain.length() > 2 && plain(nearest).startsWith(plain))
        ? List.of(nearest)
        : List.of();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{Alnum}]", "");
  }
}
