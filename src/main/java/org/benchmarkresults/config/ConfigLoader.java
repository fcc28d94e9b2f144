package org.benchmarkresults.config;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Makes a {@link Config} of a YAML file overlaid by the environment. All faults are found before
 * any is reported, so that a broken configuration is mended in one go.
 */
public final class ConfigLoader {
  private static final String DEFAULT_FILE = "conf/config.yaml";
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private static final List<String> TRUTHS = List.of("true", "false", "yes", "no", "on", "off");

  private final Map<String, String> environment;
  private final List<String> faults = new ArrayList<>();
  private final List<String> known = new ArrayList<>();
  private final Map<String, Object> file = new LinkedHashMap<>();

  private ConfigLoader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads the file that {@code CONFIG_FILE} names, else {@code conf/config.yaml} when it is there,
   * and the environment.
   *
   * @throws ConfigException naming every fault
   */
  public static Config load(Map<String, String> environment) {
    String named = environment.get("CONFIG_FILE");
    if (named != null && !Files.exists(Path.of(named))) {
      throw new ConfigException(List.of("CONFIG_FILE names " + named + ", which is not there"));
    }
    return load(Path.of(named == null ? DEFAULT_FILE : named), environment);
  }

  /**
   * Reads the file, when it is there, and the environment.
   *
   * @throws ConfigException naming every fault
   */
  public static Config load(Path path, Map<String, String> environment) {
    ConfigLoader loader = new ConfigLoader(environment);
    loader.readFile(path);
    Object config = loader.read(Config.class, "");
    loader.refuseUnknown();
    if (config == null || !loader.faults.isEmpty()) {
      throw new ConfigException(loader.faults);
    }
    return (Config) config;
  }

  /** Every setting by its path in the file, as {@code http.port}, with its default. */
  public static Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    collectDefaults(Config.class, "", defaults);
    return defaults;
  }

  private static void collectDefaults(Class<?> type, String prefix, Map<String, String> into) {
    for (RecordComponent component : type.getRecordComponents()) {
      String path = prefix + snakeCase(component.getName());
      Default value = component.getAnnotation(Default.class);
      if (value == null) {
        collectDefaults(component.getType(), path + ".", into);
      } else {
        into.put(path, value.value());
      }
    }
  }

  private void readFile(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (Reader reader = Files.newBufferedReader(path)) {
      Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
      if (root instanceof Map<?, ?>) {
        flatten(root, "");
      } else if (root != null) {
        faults.add(path + " holds no settings: it must be a map such as http: {port: 8000}");
      }
    } catch (MarkedYAMLException e) {
      // Not its message, which quotes the line: a password may stand there.
      Mark mark = e.getProblemMark();
      String where = mark == null ? "" : " at line " + (mark.getLine() + 1);
      faults.add(path + " cannot be read" + where + ": " + e.getProblem());
    } catch (IOException | YAMLException e) {
      faults.add(path + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private void flatten(@Nullable Object node, String path) {
    if (node instanceof Map<?, ?> map) {
      map.forEach((name, value) -> flatten(value, path.isEmpty() ? "" + name : path + "." + name));
    } else {
      file.put(path, node == null ? "" : node);
    }
  }

  /** The record, or null when it or a part of it is faulty. */
  private @Nullable Object read(Class<?> type, String prefix) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    int faultsBefore = faults.size();
    for (int i = 0; i < components.length; i++) {
      String path = prefix + snakeCase(components[i].getName());
      values[i] =
          components[i].getAnnotation(Default.class) == null
              ? read(components[i].getType(), path + ".")
              : setting(components[i], path);
    }
    // What a faulty part would have been is not known to the whole.
    boolean allThere = Arrays.stream(values).allMatch(Objects::nonNull);
    Object constructed = allThere ? construct(type, components, values) : null;
    return faults.size() > faultsBefore ? null : constructed;
  }

  private @Nullable Object construct(
      Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof ConfigException refused) {
        faults.addAll(refused.faults());
        return null;
      }
      throw new IllegalStateException(type + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " is not a record of settings", e);
    }
  }

  private Object setting(RecordComponent component, String path) {
    known.add(path);
    String variable = environmentName(path);
    String inEnvironment = environment.get(variable);
    boolean isOurs =
        inEnvironment != null && !EnvironmentNames.isInjected(variable, inEnvironment, environment);
    String fromEnvironment = isOurs ? inEnvironment : null;
    String fallback = Objects.requireNonNull(component.getAnnotation(Default.class), path).value();
    Object given = fromEnvironment != null ? fromEnvironment : file.get(path);
    Object value = given == null ? fallback : given;
    try {
      return convert(value, component);
    } catch (IllegalArgumentException e) {
      String where = fromEnvironment != null ? path + " (" + variable + ")" : path;
      faults.add(where + " " + e.getMessage());
      // Its default stands in for it, so that the faults of the others are found too.
      return convert(fallback, component);
    }
  }

  private static Object convert(Object value, RecordComponent component) {
    Class<?> type = component.getType();
    if (type == List.class) {
      return list(value, component);
    }
    String text = String.valueOf(value).strip();
    if (type == String.class) {
      return text;
    }
    if (type == Secret.class) {
      return new Secret(text);
    }
    if (type == int.class) {
      return number(text);
    }
    if (type == double.class) {
      return real(text);
    }
    if (type == boolean.class) {
      return truth(text);
    }
    if (type == Duration.class) {
      return duration(text);
    }
    if (type == ByteSize.class) {
      return ByteSize.parse(text);
    }
    throw new IllegalStateException("no reading for " + type);
  }

  private static List<String> list(Object value, RecordComponent component) {
    boolean ofText =
        component.getGenericType() instanceof ParameterizedType list
            && list.getActualTypeArguments()[0] == String.class;
    if (!ofText) {
      throw new IllegalStateException("no reading for " + component);
    }
    List<?> items =
        value instanceof List<?> given ? given : Arrays.asList(String.valueOf(value).split(","));
    return items.stream()
        .map(String::valueOf)
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number, is \"" + text + "\"", e);
    }
  }

  private static double real(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number, is \"" + text + "\"", e);
    }
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default ->
          throw new IllegalArgumentException(
              "must be true or false, is \"" + text + "\"" + NearestWord.suggestion(text, TRUTHS));
    };
  }

  /** A time such as 800ms, 10s, 5m, 2h or 30d; throws IllegalArgumentException for another text. */
  public static Duration duration(String text) {
    Matcher match = DURATION.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "must be a time such as 800ms, 10s, 5m, 2h or 30d, is \"" + text + "\"");
    }
    long amount = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private void refuseUnknown() {
    faults.addAll(
        EnvironmentNames.faults(
            environment, known.stream().map(ConfigLoader::environmentName).toList()));
    for (String path : file.keySet()) {
      if (!known.contains(path)) {
        faults.add(path + " is no setting; did you mean " + nearest(path) + "?");
      }
    }
  }

  /** A room or a setting without its room means one that holds it whole, however long that is. */
  private String nearest(String path) {
    return known.stream()
        .filter(name -> name.startsWith(path + ".") || name.endsWith("." + path))
        .findFirst()
        .orElseGet(() -> NearestWord.nearest(path, known));
  }

  static String environmentName(String path) {
    return path.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
