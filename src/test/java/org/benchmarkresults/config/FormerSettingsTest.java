package org.benchmarkresults.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Renamed and removed settings, in the file and in the environment. */
class FormerSettingsTest {
  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();

  private record Renamed(
      String old, String current, String value, String other, Function<Config, Object> read) {
    @Override
    public String toString() {
      return old;
    }
  }

  static Stream<Renamed> renamed() {
    return Stream.of(
        new Renamed(
            "http.slowest_upload",
            "http.min_upload_rate",
            "3KiB",
            "4KiB",
            config -> config.http().minUploadRate()),
        new Renamed(
            "retention.deleted_for",
            "retention.restore_window",
            "3d",
            "4d",
            config -> config.retention().restoreWindow()),
        new Renamed(
            "retention.audit_for",
            "retention.audit_log",
            "3d",
            "4d",
            config -> config.retention().auditLog()),
        new Renamed(
            "security.open_read",
            "security.anonymous_read",
            "yes",
            "no",
            config -> config.security().anonymousRead()),
        new Renamed(
            "tracing.sample",
            "tracing.sampling_ratio",
            "0.25",
            "0.5",
            config -> config.tracing().samplingRatio()));
  }

  @ParameterizedTest
  @MethodSource("renamed")
  void anOldNameInTheFileWorksWithAWarning(Renamed setting) {
    Object expected = setting.read.apply(load(yaml(setting.current, setting.value), Map.of()));

    Config config = load(yaml(setting.old, setting.value), Map.of());

    assertEquals(expected, setting.read.apply(config));
    assertEquals(List.of(warning(setting.old, setting.current)), warnings);
  }

  @ParameterizedTest
  @MethodSource("renamed")
  void anOldNameInTheEnvironmentWinsOverTheFile(Renamed setting) {
    Object expected = setting.read.apply(load(yaml(setting.current, setting.value), Map.of()));

    Config config =
        load(yaml(setting.current, setting.other), Map.of(variable(setting.old), setting.value));

    assertEquals(expected, setting.read.apply(config));
    assertEquals(List.of(warning(variable(setting.old), variable(setting.current))), warnings);
  }

  @ParameterizedTest
  @MethodSource("renamed")
  void theNewNameInTheEnvironmentWinsOverTheOldInTheFile(Renamed setting) {
    Object expected = setting.read.apply(load(yaml(setting.current, setting.value), Map.of()));

    Config config =
        load(yaml(setting.old, setting.other), Map.of(variable(setting.current), setting.value));

    assertEquals(expected, setting.read.apply(config));
  }

  @ParameterizedTest
  @MethodSource("renamed")
  void oldAndNewNameWithDifferentValuesAreRefused(Renamed setting) {
    String old = variable(setting.old);
    String current = variable(setting.current);

    assertEquals(
        List.of(conflict(old, current)),
        faults("", Map.of(old, setting.value, current, setting.other)));
    assertEquals(
        List.of(conflict(setting.old, setting.current)),
        faults(both(setting, setting.value, setting.other), Map.of()));
  }

  @ParameterizedTest
  @MethodSource("renamed")
  void oldAndNewNameWithTheSameValueAreAccepted(Renamed setting) {
    Config config = load(both(setting, setting.value, setting.value), Map.of());

    assertEquals(
        setting.read.apply(load(yaml(setting.current, setting.value), Map.of())),
        setting.read.apply(config));
  }

  @Test
  void valuesOfOldAndNewNameAreComparedByMeaning() {
    Config config =
        load("", Map.of("HTTP_SLOWEST_UPLOAD", "16384", "HTTP_MIN_UPLOAD_RATE", "16 KiB"));

    assertEquals(16384, config.http().minUploadRate().bytes());
  }

  @Test
  void aWrongValueNamesTheNameThatWasUsed() {
    assertEquals(
        List.of(
            "http.min_upload_rate (HTTP_SLOWEST_UPLOAD) must be a size such as 64MiB, is \"x\""),
        faults("", Map.of("HTTP_SLOWEST_UPLOAD", "x")));
    assertEquals(
        List.of(
            "http.min_upload_rate (http.slowest_upload) must be a size such as 64MiB, is \"x\""),
        faults(yaml("http.slowest_upload", "x"), Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "http.instances,3,-XX:ActiveProcessorCount",
    "http.depth_limit,9,512",
    "http.list_cache,1GiB,32MiB",
    "mongo.server_selection_timeout,300ms,serverSelectionTimeoutMS",
    "mongo.read_preference,secondaryPreferred,readPreference",
    "mongo.raw_input_collection,raw_input,raw_input",
    "mongo.standardized_output_collection,standardized_output,standardized_output",
    "health.timeout,20ms,800ms",
    "events.heartbeat,1s,http.idle_timeout",
    "security.key_cache,0s,1s",
    "http.instances,nonsense,-XX:ActiveProcessorCount"
  })
  void aRemovedSettingIsAWarning(String path, String value, String advice) {
    Config defaults = load("", Map.of());

    assertEquals(defaults, load(yaml(path, value), Map.of()));
    assertEquals(defaults, load("", Map.of(variable(path), value)));

    assertEquals(2, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).startsWith(path + " was removed and has no effect: "));
    assertTrue(warnings.get(1).startsWith(variable(path) + " was removed and has no effect: "));
    warnings.forEach(warning -> assertTrue(warning.contains(advice), warning));
  }

  @ParameterizedTest
  @CsvSource({
    "mongo.raw_input_collection,raw",
    "mongo.raw_input_collection,standardized_output",
    "mongo.standardized_output_collection,converted",
    "mongo.standardized_output_collection,''"
  })
  void aCollectionOfAnotherNameIsRefused(String path, String value) {
    for (List<String> faults :
        List.of(faults(yaml(path, value), Map.of()), faults("", Map.of(variable(path), value)))) {
      assertEquals(1, faults.size(), faults::toString);
      assertTrue(faults.get(0).contains(" was removed and cannot be " + value), faults::toString);
      assertTrue(faults.get(0).contains("renameCollection"), faults::toString);
    }
  }

  @Test
  void theEnvironmentWinsForARemovedSettingToo() {
    Map<String, String> environment = Map.of("MONGO_RAW_INPUT_COLLECTION", "raw_input");

    load(yaml("mongo.raw_input_collection", "raw"), environment);

    assertEquals(1, warnings.size(), warnings::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "CORS_ORIGINS,HTTP_CORS_ORIGINS",
    "cors_origins,HTTP_CORS_ORIGINS",
    "BODY_LIMIT,HTTP_BODY_LIMIT",
    "IDLE_TIMEOUT,HTTP_IDLE_TIMEOUT",
    "SLOWEST_UPLOAD,HTTP_MIN_UPLOAD_RATE",
    "TLS_KEY,HTTP_TLS_KEY",
    "SAVE_TIMEOUT,MONGO_SAVE_TIMEOUT",
    "EMBEDDED_FOLDER,MONGO_EMBEDDED_FOLDER",
    "SERVICE_DNS,CLUSTER_SERVICE_DNS",
    "BEHIND_PROXY,LIMITS_BEHIND_PROXY",
    "ANONYMOUS_READ,SECURITY_ANONYMOUS_READ"
  })
  void aVariableWithoutItsSectionIsAWarning(String name, String meant) {
    assertEquals(load("", Map.of()), load("", Map.of(name, "x")));

    assertEquals(
        List.of(
            name
                + " in the environment is not a setting and has no effect; did you mean "
                + meant
                + "?"),
        warnings);
  }

  @Test
  void shortVariablesOfOthersAreNoWarning() {
    load("", Map.of("HOST", "x", "PORT", "8080", "NAME", "x", "URL", "x", "NODE_NAME", "x"));

    assertEquals(List.of(), warnings);
  }

  private static String warning(String old, String current) {
    return old + " is now called " + current + "; the old name works for one more release";
  }

  private static String conflict(String old, String current) {
    return current + " and its old name " + old + " have different values; remove " + old;
  }

  private static String both(Renamed setting, String old, String current) {
    String section = setting.old.split("\\.")[0];
    return section
        + ":\n  "
        + setting.old.split("\\.")[1]
        + ": '"
        + old
        + "'\n  "
        + setting.current.split("\\.")[1]
        + ": '"
        + current
        + "'\n";
  }

  private Config load(String yaml, Map<String, String> environment) {
    return ConfigLoader.load(write(yaml), environment, warnings::add);
  }

  private List<String> faults(String yaml, Map<String, String> environment) {
    return assertThrows(ConfigException.class, () -> load(yaml, environment)).faults();
  }

  private Path write(String yaml) {
    try {
      return Files.writeString(folder.resolve("config.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String yaml(String path, String value) {
    String[] parts = path.split("\\.");
    return parts[0] + ":\n  " + parts[1] + ": '" + value + "'\n";
  }

  private static String variable(String path) {
    return path.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
