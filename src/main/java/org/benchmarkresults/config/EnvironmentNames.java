package org.benchmarkresults.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds variables of the environment that were probably meant as settings. A misspelt setting that
 * is ignored leaves the default in force, which may leave the service open.
 */
final class EnvironmentNames {
  /** Variables that are no settings of the file. */
  private static final List<String> FURTHER =
      List.of("CONFIG_FILE", "IMPORT_FROM", "LOG_LEVEL", "LOG_FORMAT");

  private static final Set<String> OF_OTHERS =
      Set.of("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "FTP_PROXY");

  /** Variables of HTTPS servers, and those that Kubernetes sets for the services of a namespace. */
  private static final Pattern INJECTED =
      Pattern.compile(
          ".*_SERVICE_HOST|.*_SERVICE_PORT(_.*)?"
              + "|HTTPS_.*|.*_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?|BENCHMARK_RESULTS_.*");

  private static final Map<String, List<String>> CHOICES =
      Map.of(
          "LOG_LEVEL", List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF"),
          "LOG_FORMAT", List.of("text", "json"));

  private static final Pattern INJECTED_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  /** Below this length, one different letter makes another word. */
  private static final int LONG = 7;

  /** From this length on, a whole syllable may differ, as in TRACE_ENDPOINT. */
  private static final int VERY_LONG = 14;

  /** Names that may be meant, each with the current name of its setting. */
  private final Map<String, String> current = new LinkedHashMap<>();

  private final Set<String> removed = new HashSet<>();

  /**
   * @param settings paths of all settings
   * @param former paths that settings had before, each with the current one
   */
  EnvironmentNames(Collection<String> settings, Map<String, String> former) {
    settings.forEach(path -> current.put(variable(path), variable(path)));
    FURTHER.forEach(name -> current.put(name, name));
    former.forEach((old, path) -> current.put(variable(old), variable(path)));
    for (RemovedSetting setting : RemovedSetting.ALL) {
      removed.add(variable(setting.path()));
      if (setting.required() != null) {
        current.put(variable(setting.path()), variable(setting.path()));
      }
    }
  }

  private static String variable(String path) {
    return ConfigLoader.environmentName(path);
  }

  /** A sentence for each name that is nearly one of a setting, and for each unknown choice. */
  List<String> faults(Map<String, String> environment) {
    List<String> faults = new ArrayList<>();
    unknown(environment)
        .forEach(
            name ->
                meant(form(name))
                    .ifPresent(
                        setting ->
                            faults.add(
                                name
                                    + " in the environment is not a setting; did you mean "
                                    + setting
                                    + "?")));
    CHOICES.forEach((name, choices) -> faults.addAll(choice(name, environment.get(name), choices)));
    return faults;
  }

  /**
   * A sentence for each name that lacks its section, such as CORS_ORIGINS. It may belong to another
   * program, so it does not stop the start.
   */
  List<String> warnings(Map<String, String> environment) {
    List<String> warnings = new ArrayList<>();
    unknown(environment)
        .filter(name -> name.contains("_") && meant(form(name)).isEmpty())
        .forEach(
            name ->
                current.entrySet().stream()
                    .filter(known -> known.getKey().endsWith("_" + form(name)))
                    .findFirst()
                    .ifPresent(
                        known ->
                            warnings.add(
                                name
                                    + " in the environment is not a setting and has no effect; did"
                                    + " you mean "
                                    + known.getValue()
                                    + "?")));
    return warnings;
  }

  private Stream<String> unknown(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(entry -> !isOfOthers(entry.getKey(), entry.getValue()))
        .map(Map.Entry::getKey)
        .filter(name -> !current.containsKey(name) && !removed.contains(name))
        .sorted();
  }

  private Optional<String> meant(String form) {
    String nearest = NearestWord.nearest(form, current.keySet());
    Optional<String> meant =
        NearestWord.distance(form, nearest) <= tolerated(form)
            ? Optional.of(nearest)
            : current.keySet().stream()
                .filter(
                    setting -> isSecurityInMoreWords(form, setting) || isShortened(form, setting))
                .findFirst();
    return meant.map(current::get);
  }

  private static int tolerated(String form) {
    if (form.length() < LONG) {
      return 1;
    }
    return form.length() < VERY_LONG ? 2 : 3;
  }

  /** SECURITY_API_KEYS, if ignored, would leave the service open. */
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
    // Levels may be in lower case; formats are names of files.
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
   * Whether a container platform set the variable: a Kubernetes Service called {@code http} gives
   * every container of its namespace {@code HTTP_PORT=tcp://10.0.0.1:80}, and {@code docker run
   * --link web:cluster} gives {@code CLUSTER_NAME=/results/cluster}.
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

  /** In the form of settings: {@code mongodb.uri} and {@code MONGODB_URI} are nearly MONGO_URL. */
  private static String form(String name) {
    return name.toUpperCase(Locale.ROOT)
        .replaceAll("[^A-Z0-9]+", "_")
        .replaceFirst("^MONGODB_", "MONGO_");
  }
}
