package org.benchmarkresults.metric;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The role of each dimension in comparing observations, of {@code dimensions.yaml}. */
public final class DimensionRoles {
  private static final String FILE = "/dimensions.yaml";

  private final Map<String, Map<Family, Role>> byName = new HashMap<>();
  private final Map<String, Map<Family, Role>> byBeginning = new HashMap<>();

  /** The role of a dimension in a family. */
  public enum Role {
    /** Observations compare only where it is equal. */
    MUST,
    /** It may be what is compared, and is the same throughout a history. */
    KEPT,
    /** It may be what is compared, and changes in the course of a history. */
    AXIS,
    /** It is shown, and changes nothing. */
    NOTE
  }

  /** The roles that come with the program. */
  public static DimensionRoles builtIn() {
    try (InputStream file = DimensionRoles.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing");
      }
      Map<String, Map<String, String>> read =
          new Yaml(new SafeConstructor(new LoaderOptions()))
              .load(new InputStreamReader(file, StandardCharsets.UTF_8));
      DimensionRoles roles = new DimensionRoles();
      read.forEach(roles::add);
      return roles;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String name, Map<String, String> texts) {
    Map<Family, Role> roles = new EnumMap<>(Family.class);
    texts.forEach(
        (family, role) ->
            roles.put(
                Family.valueOf(family.toUpperCase(Locale.ROOT)),
                Role.valueOf(role.toUpperCase(Locale.ROOT))));
    if (name.endsWith("*")) {
      byBeginning.put(name.substring(0, name.length() - 1), roles);
    } else {
      byName.put(name, roles);
    }
  }

  /** The role of a dimension; {@code NOTE} for one that is not listed. */
  public Role of(String dimension, Family family) {
    return roles(dimension).getOrDefault(family, Role.NOTE);
  }

  /**
   * Whether observations that differ in the dimension are points of different histories.
   *
   * @param family null when it is not known; then the strictest of all counts
   */
  public boolean splitsSeries(String dimension, @Nullable Family family) {
    return roles(dimension).entrySet().stream()
        .filter(role -> family == null || role.getKey() == family)
        .anyMatch(role -> role.getValue() == Role.MUST || role.getValue() == Role.KEPT);
  }

  private Map<Family, Role> roles(String dimension) {
    Map<Family, Role> listed = byName.get(dimension);
    if (listed != null) {
      return listed;
    }
    return byBeginning.entrySet().stream()
        .filter(entry -> dimension.startsWith(entry.getKey()))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(Map.of());
  }
}
