package org.benchmarkresults.config;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a {@link Config} from a YAML file and the environment, which wins. All faults are collected
 * before any is reported, so that a configuration can be corrected in one go.
 */
public final class ConfigLoader {
  private static final String DEFAULT_FILE = "conf/config.yaml";
  private static final Logger LOG = LoggerFactory.getLogger(ConfigLoader.class);

  private final Map<String, String> environment;
  private final List<String> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> known = new ArrayList<>();

  /** Paths that settings had before they were renamed, each with the current one. */
  private final Map<String, String> former = new LinkedHashMap<>();

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
      throw new ConfigException(List.of("CONFIG_FILE names " + named + ", which does not exist"));
    }
    return load(Path.of(named == null ? DEFAULT_FILE : named), environment);
  }

  /**
   * Reads the file, when it is there, and the environment; warnings are logged.
   *
   * @throws ConfigException naming every fault
   */
  public static Config load(Path path, Map<String, String> environment) {
    return load(path, environment, warning -> LOG.warn("configuration: {}", warning));
  }

  /** The same with another consumer of warnings about former and removed settings. */
  static Config load(Path path, Map<String, String> environment, Consumer<String> warnings) {
    ConfigLoader loader = new ConfigLoader(environment);
    loader.readFile(path);
    Object config = loader.read(Config.class, "");
    loader.checkRemoved();
    loader.refuseUnknown();
    loader.warnings.forEach(warnings);
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
        faults.add(path + " contains no settings: it must be a map such as http: {port: 8000}");
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
    // A record cannot be checked as a whole while one of its parts is faulty.
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

  /** A value and the name that it was given under: a path of the file or a variable. */
  private record Given(String name, Object value) {}

  private Object setting(RecordComponent component, String path) {
    known.add(path);
    Default annotation = Objects.requireNonNull(component.getAnnotation(Default.class), path);
    String fallback = annotation.value();
    if (!annotation.formerPath().isEmpty()) {
      former.put(annotation.formerPath(), path);
    }
    Given inEnvironment = given(path, annotation, this::inEnvironment, component);
    Given inFile = given(path, annotation, this::inFile, component);
    Given given = inEnvironment != null ? inEnvironment : inFile;
    try {
      return SettingValue.convert(given == null ? fallback : given.value, component);
    } catch (IllegalArgumentException e) {
      String name = given == null || given.name.equals(path) ? "" : " (" + given.name + ")";
      faults.add(path + name + " " + e.getMessage());
      // The default stands in, so that the faults of other settings are found too.
      return SettingValue.convert(fallback, component);
    }
  }

  /** The setting from one source, by its name or else by the one it had before. */
  private @Nullable Given given(
      String path,
      Default annotation,
      Function<String, @Nullable Given> source,
      RecordComponent component) {
    Given current = source.apply(path);
    String formerPath = annotation.formerPath();
    Given old = formerPath.isEmpty() ? null : source.apply(formerPath);
    if (old == null) {
      return current;
    }
    String name = old.name.equals(formerPath) ? path : environmentName(path);
    warnings.add(old.name + " is now called " + name + "; the old name works for one more release");
    if (current != null && !isSame(current, old, component)) {
      faults.add(
          name + " and its old name " + old.name + " have different values; remove " + old.name);
    }
    return current != null ? current : old;
  }

  private static boolean isSame(Given one, Given other, RecordComponent component) {
    try {
      return SettingValue.convert(one.value, component)
          .equals(SettingValue.convert(other.value, component));
    } catch (IllegalArgumentException e) {
      return String.valueOf(one.value).strip().equals(String.valueOf(other.value).strip());
    }
  }

  private @Nullable Given inEnvironment(String path) {
    String name = environmentName(path);
    String value = environment.get(name);
    return value == null || EnvironmentNames.isInjected(name, value, environment)
        ? null
        : new Given(name, value);
  }

  private @Nullable Given inFile(String path) {
    Object value = file.get(path);
    return value == null ? null : new Given(path, value);
  }

  private void checkRemoved() {
    for (RemovedSetting removed : RemovedSetting.ALL) {
      Given inEnvironment = inEnvironment(removed.path());
      Given given = inEnvironment != null ? inEnvironment : inFile(removed.path());
      if (given != null) {
        List<String> into = removed.isRefused(given.value) ? faults : warnings;
        into.add(removed.sentence(given.name, given.value));
      }
    }
  }

  private void refuseUnknown() {
    EnvironmentNames names = new EnvironmentNames(known, former);
    faults.addAll(names.faults(environment));
    warnings.addAll(names.warnings(environment));
    for (String path : file.keySet()) {
      if (!known.contains(path) && !former.containsKey(path) && RemovedSetting.at(path).isEmpty()) {
        faults.add(path + " is not a setting; did you mean " + nearest(path) + "?");
      }
    }
  }

  /** A section, or a setting without its section, means one that contains it whole. */
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
