package org.benchmarkresults.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Checks the file that {@code security.jwks} names. With a wrong one every token would be refused.
 */
final class KeySetFile {
  private KeySetFile() {}

  /**
   * A sentence if the file cannot be used.
   *
   * @param jwks a file, or a URL, which is read when it is needed; empty for neither
   */
  static List<String> faults(String jwks) {
    if (jwks.isEmpty() || jwks.matches("https?://.*")) {
      return List.of();
    }
    String fault = fault(jwks);
    return fault == null ? List.of() : List.of("security.jwks names " + jwks + ", which " + fault);
  }

  private static @Nullable String fault(String jwks) {
    try {
      Path file = Path.of(jwks);
      if (!Files.exists(file)) {
        return "does not exist; it must be a file, or a URL that begins with https://";
      }
      if (!Files.isRegularFile(file)) {
        return "is not a file";
      }
      return holdsKeys(file)
          ? null
          : "contains no keys; it must be a JWK set such as {\"keys\": [...]}";
    } catch (InvalidPathException e) {
      return "is not a file name";
    } catch (IOException e) {
      return "cannot be read: " + e.getClass().getSimpleName();
    } catch (YAMLException e) {
      return "is not JSON";
    }
  }

  /** JSON is YAML too. */
  private static boolean holdsKeys(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(reader)
              instanceof Map<?, ?> set
          && set.get("keys") instanceof List<?> keys
          && !keys.isEmpty();
    }
  }
}
