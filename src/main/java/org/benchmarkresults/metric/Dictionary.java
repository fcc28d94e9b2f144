package org.benchmarkresults.metric;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The metrics that are known by name, of {@code metrics.yaml} and of a team's own file. */
public final class Dictionary {
  /** A name that counts for one tool alone. */
  private static final Pattern OF_TOOL = Pattern.compile("[a-z][a-z0-9-]*:(.+)");

  private final Map<String, Metric> byName = new HashMap<>();

  /** The dictionary that comes with the program. */
  public static Dictionary builtIn() {
    try (InputStream file = Dictionary.class.getResourceAsStream("/metrics.yaml")) {
      if (file == null) {
        throw new IllegalStateException("metrics.yaml is missing");
      }
      Dictionary dictionary = new Dictionary();
      dictionary.add(new InputStreamReader(file, StandardCharsets.UTF_8));
      return dictionary;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds the entries of a file; one of a known name takes the place of the earlier.
   *
   * @throws IllegalArgumentException when the file is not as {@code metrics.yaml} is
   */
  public void add(Reader yaml) {
    Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    if (!(read instanceof Map<?, ?> metrics)) {
      throw new IllegalArgumentException("a dictionary is a map of metrics by name");
    }
    metrics.forEach((name, entry) -> add(String.valueOf(name), entry));
  }

  private void add(String name, @Nullable Object entry) {
    add(name, metric(nameAlone(name), entry));
    if (entry instanceof Map<?, ?> members && members.get("also") instanceof List<?> others) {
      others.forEach(
          other -> {
            String also = String.valueOf(other);
            byName.put(key(also), metric(nameAlone(also), entry));
          });
    }
  }

  private static String nameAlone(String name) {
    Matcher ofTool = OF_TOOL.matcher(name);
    return ofTool.matches() ? ofTool.group(1) : name;
  }

  private void add(String name, Metric metric) {
    byName.put(key(name), metric);
    for (String alias : metric.aliases()) {
      byName.put(key(alias), metric);
    }
  }

  private static Metric metric(String name, @Nullable Object entry) {
    if (!(entry instanceof Map<?, ?> members)) {
      throw new IllegalArgumentException(name + " has no members");
    }
    List<String> aliases = new ArrayList<>();
    if (members.get("aliases") instanceof List<?> list) {
      list.forEach(alias -> aliases.add(String.valueOf(alias)));
    }
    Object better = members.get("better");
    return new Metric(
        name,
        aliases,
        text(members.get("unit")),
        better == null ? null : Boolean.valueOf(better.equals("higher")),
        text(members.get("kind")),
        number(members.get("floor")),
        number(members.get("ceiling")),
        text(members.get("otel")));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : String.valueOf(value);
  }

  private static @Nullable Double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : null;
  }

  /** The metric that a tool calls so; null when the dictionary does not know the name. */
  public @Nullable Metric find(@Nullable String tool, String name) {
    Metric own = tool == null ? null : byName.get(key(tool + ":" + name));
    Metric known = own == null ? byName.get(key(name)) : own;
    int at = name.indexOf('@');
    return known == null && at > 0 ? ofFamily(byName.get(key(name.substring(0, at))), name) : known;
  }

  /** {@code exact_match@5} has unit and direction of {@code exact_match}, and its own name. */
  private static @Nullable Metric ofFamily(@Nullable Metric family, String name) {
    return family == null
        ? null
        : new Metric(
            name,
            List.of(),
            family.unit(),
            family.higherIsBetter(),
            family.kind(),
            family.floor(),
            family.ceiling(),
            family.otel());
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
