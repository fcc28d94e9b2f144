package org.benchmarkresults.metric;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metrics that are known by name, of {@code metrics.yaml} and of a team's own file. */
public final class Dictionary {
  private final Map<String, Metric> byName = new HashMap<>();

  /** The dictionary that comes with the program. */
  public static Dictionary builtIn() {
    try (InputStream file = Dictionary.class.getResourceAsStream("/metrics.yaml")) {
      if (file == null) {
        throw new IllegalStateException("metrics.yaml is missing");
      }
      Dictionary dictionary = new Dictionary();
      dictionary.add("metrics.yaml", new InputStreamReader(file, StandardCharsets.UTF_8));
      return dictionary;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds the entries of a file; one of a known name takes the place of the earlier.
   *
   * @param file its name, for messages
   * @throws IllegalArgumentException when the file is not as {@code metrics.yaml} is; the message
   *     names file and line
   */
  public void add(String file, Reader yaml) {
    DictionaryReader.read(file, yaml, (name, metric) -> byName.put(key(name), metric));
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
