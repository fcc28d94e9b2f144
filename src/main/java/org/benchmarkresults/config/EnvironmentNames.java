package org.benchmarkresults.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds names in the environment that were probably meant as settings: a misspelt one would be
 * passed over in silence, with the default in its place.
 */
final class EnvironmentNames {
  /** Read elsewhere than in the configuration. */
  private static final List<String> FURTHER =
      List.of("CONFIG_FILE", "IMPORT_FROM", "LOG_LEVEL", "LOG_FORMAT");

  private static final Set<String> OF_OTHERS =
      Set.of("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "FTP_PROXY");

  /**
   * Of servers of HTTPS, and what Kubernetes tells each container of the services in its namespace.
   */
  private static final Pattern INJECTED =
      Pattern.compile(
          ".*_SERVICE_HOST|.*_SERVICE_PORT(_.*)?"
              + "|HTTPS_.*|.*_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?|BENCHMARK_RESULTS_.*");

  private static final Map<String, List<String>> CHOICES =
      Map.of(
          "LOG_LEVEL", List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF"),
          "LOG_FORMAT", List.of("text", "json"));

  private static final Pattern INJECTED_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  /** In a shorter name one letter makes another word. */
  private static final int LONG = 7;

  /** In one of several words it takes a syllable, as in TRACE_ENDPOINT. */
  private static final int VERY_LONG = 14;

  private EnvironmentNames() {}

  /**
   * A sentence for each name that is nearly one of a setting.
   *
   * @param settings names of settings in the environment
   */
  static List<String> faults(Map<String, String> environment, Collection<String> settings) {
    List<String> known = new ArrayList<>(settings);
    known.addAll(FURTHER);
    List<String> faults = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (known.contains(name) || isOfOthers(name, value)) {
                return;
              }
              String form = form(name);
              String nearest = NearestWord.nearest(form, known);
              Optional<String> meant =
                  NearestWord.distance(form, nearest) <= tolerated(form)
                      ? Optional.of(nearest)
                      : known.stream()
                          .filter(
                              setting ->
                                  isSecurityInMoreWords(form, setting)
                                      || isShortened(form, setting))
                          .findFirst();
              meant.ifPresent(
                  setting ->
                      faults.add(
                          name
                              + " in the environment is no setting; did you mean "
                              + setting
                              + "?"));
            });
    CHOICES.forEach((name, choices) -> faults.addAll(choice(name, environment.get(name), choices)));
    return faults;
  }

  private static int tolerated(String form) {
    if (form.length() < LONG) {
      return 1;
    }
    return form.length() < VERY_LONG ? 2 : 3;
  }

  /** SECURITY_API_KEYS passed over would leave the service open to all. */
  private static boolean isSecurityInMoreWords(String form, String setting) {
    return setting.startsWith("SECURITY_")
        && List.of(form.split("_")).containsAll(List.of(setting.split("_")));
  }

  /** MONGO_DB, HTTP_TLS_CERT: the same section, then shorter words or fewer of them. */
  private static boolean isShortened(String form, String setting) {
    String[] words = form.split("_", -1);
    String[] whole = setting.split("_", -1);
    if (words.length < 2 || words.length > whole.length || !words[0].equals(whole[0])) {
      return false;
    }
    for (int i = 1; i < words.length; i++) {
      if (!isShort(words[i], whole[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether the word has the letters of the whole one in their order, beginning with the first. */
  private static boolean isShort(String word, String whole) {
    int at = 0;
    for (int i = 0; i < word.length(); i++) {
      at = whole.indexOf(word.charAt(i), at) + 1;
      if (at == 0) {
        return false;
      }
    }
    return word.length() > 1 && word.charAt(0) == whole.charAt(0);
  }

  private static List<String> choice(String name, @Nullable String value, List<String> choices) {
    if (value == null) {
      return List.of();
    }
    // Levels are understood in small letters too, names of formats are names of files.
    boolean understood =
        choices.contains(value)
            || (name.equals("LOG_LEVEL") && choices.contains(value.toUpperCase(Locale.ROOT)));
    return understood
        ? List.of()
        : List.of(
            name
                + " must be one of "
                + String.join(", ", choices)
                + ", is \""
                + value
                + "\""
                + NearestWord.suggestion(value, choices));
  }

  /**
   * Whether a container platform put it there, and not whoever configures this service: a Service
   * called {@code http} gives every container of its namespace {@code HTTP_PORT=tcp://10.0.0.1:80},
   * and {@code docker run --link web:cluster} gives {@code CLUSTER_NAME=/results/cluster}.
   */
  static boolean isInjected(String name, String value, Map<String, String> environment) {
    if (name.endsWith("_PORT")) {
      return INJECTED_ADDRESS.matcher(value).matches();
    }
    String port = environment.getOrDefault(name.replaceFirst("_NAME$", "_PORT"), "");
    return name.endsWith("_NAME")
        && value.startsWith("/")
        && INJECTED_ADDRESS.matcher(port).matches();
  }

  private static boolean isOfOthers(String name, String value) {
    String capitals = name.toUpperCase(Locale.ROOT);
    return OF_OTHERS.contains(capitals)
        || INJECTED.matcher(capitals).matches()
        || (capitals.endsWith("_PORT") && INJECTED_ADDRESS.matcher(value).matches());
  }

  /** Written as settings are: {@code mongodb.uri} and {@code MONGODB_URI} are nearly MONGO_URL. */
  private static String form(String name) {
    return name.toUpperCase(Locale.ROOT)
        .replaceAll("[^A-Z0-9]+", "_")
        .replaceFirst("^MONGODB_", "MONGO_");
  }
}
