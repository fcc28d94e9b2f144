package org.benchmarkresults.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The sources of settings and their values. */
class ConfigTest {
  static List<Setting> settings() {
    return Settings.all();
  }

  @TempDir private Path folder;

  @Test
  void everySettingIsTestedHere() {
    List<String> tested = Settings.all().stream().map(Setting::path).toList();

    List<String> existing = List.copyOf(ConfigLoader.defaults().keySet());

    assertEquals(existing, tested);
  }

  @Test
  void theFileThatIsShippedNamesEverySettingWithItsDefault() throws IOException {
    Map<String, String> expected = ConfigLoader.defaults();

    Map<String, Object> file = new Yaml().load(Files.readString(Path.of("conf", "config.yaml")));

    assertEquals(expected, flat(file));
  }

  @Test
  void theFileThatIsShippedChangesNothing() {
    Config without = load(Map.of());

    Config with = ConfigLoader.load(Path.of("conf", "config.yaml"), Map.of());

    assertEquals(without, with);
  }

  @Test
  void theFileThatIsNamedIsRead() throws IOException {
    Path file = write("http:\n  port: 8001\n");

    Config config = ConfigLoader.load(Map.of("CONFIG_FILE", file.toString()));

    assertEquals(8001, config.http().port());
  }

  @Test
  void withoutANameTheFileThatIsShippedIsRead() {
    Config shipped = ConfigLoader.load(Path.of("conf", "config.yaml"), Map.of());

    Config config = ConfigLoader.load(Map.of());

    assertEquals(shipped, config);
  }

  @Test
  void aFileThatIsNamedMustBeThere() {
    String missing = folder.resolve("no-such-file.yaml").toString();

    ConfigException refused =
        assertThrows(
            ConfigException.class, () -> ConfigLoader.load(Map.of("CONFIG_FILE", missing)));

    assertEquals(
        List.of("CONFIG_FILE names " + missing + ", which does not exist"), refused.faults());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void whatIsGivenNowhereHasItsDefault(Setting setting) {
    Config config = load(Map.of());

    assertEquals(setting.byDefault(), setting.read().apply(config));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aSettingIsReadFromTheFile(Setting setting) throws IOException {
    Path file = write(yaml(setting.path(), setting.given()));

    Map<String, String> environment = new HashMap<>(Settings.companions(setting));
    environment.remove(variable(setting.path()));
    Config config = ConfigLoader.load(file, environment);

    assertEquals(setting.expected(), setting.read().apply(config));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aSettingIsReadFromTheEnvironment(Setting setting) {
    Map<String, String> environment = new HashMap<>(Settings.companions(setting));
    environment.put(variable(setting.path()), setting.given());

    Config config = load(environment);

    assertEquals(setting.expected(), setting.read().apply(config));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void theEnvironmentWins(Setting setting) throws IOException {
    Path file = write(yaml(setting.path(), ConfigLoader.defaults().get(setting.path())));

    Map<String, String> environment = new HashMap<>(Settings.companions(setting));
    environment.put(variable(setting.path()), setting.given());

    Config config = ConfigLoader.load(file, environment);

    assertEquals(setting.expected(), setting.read().apply(config));
  }

  @Test
  void otherVariablesOfTheEnvironmentAreNobodysBusiness() {
    Config config = load(Map.of("HTTP_PROXY", "x", "HTTPS_PORT", "y", "PATH", "z"));

    assertEquals(load(Map.of()), config);
  }

  @Test
  void originsMayBeAListInTheFile() throws IOException {
    Path file = write("http:\n  cors_origins:\n    - https://a.example\n    - https://b.example\n");

    Config config = ConfigLoader.load(file, Map.of());

    assertEquals(List.of("https://a.example", "https://b.example"), config.http().corsOrigins());
  }

  @Test
  void anEmptyFileIsTheDefaults() throws IOException {
    Path file = write("# nothing\n");

    Config config = ConfigLoader.load(file, Map.of());

    assertEquals(load(Map.of()), config);
  }

  @Test
  void theDatabaseIsEmbeddedUnlessAnUrlIsGiven() {
    Map<Boolean, Config> byEmbedded =
        Stream.of(load(Map.of()), load(Map.of("MONGO_URL", "mongodb+srv://db.example")))
            .collect(Collectors.toMap(config -> config.mongo().embedded(), Function.identity()));

    assertEquals("", byEmbedded.get(true).mongo().url().value());
    assertEquals("mongodb+srv://db.example", byEmbedded.get(false).mongo().url().value());
  }

  @Test
  void aListOfOriginsCannotBeChangedAfterwards() {
    Config config = load(Map.of("HTTP_CORS_ORIGINS", "https://a.example"));

    assertThrows(
        UnsupportedOperationException.class,
        () -> config.http().corsOrigins().add("https://b.example"));
  }

  private static Map<String, String> flat(Map<String, Object> file) {
    Map<String, String> settings = new LinkedHashMap<>();
    file.forEach(
        (room, members) -> {
          if (members instanceof Map<?, ?> map) {
            map.forEach((name, value) -> settings.put(room + "." + name, String.valueOf(value)));
          } else {
            settings.put(room, String.valueOf(members));
          }
        });
    return settings;
  }

  private Config load(Map<String, String> environment) {
    return ConfigLoader.load(folder.resolve("no-such-file.yaml"), environment);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("config.yaml"), yaml);
  }

  private static String yaml(String path, String value) {
    String[] parts = path.split("\\.");
    return parts.length == 1
        ? path + ": '" + value + "'\n"
        : parts[0] + ":\n  " + parts[1] + ": '" + value + "'\n";
  }

  private static String variable(String path) {
    return path.replace('.', '_').toUpperCase(java.util.Locale.ROOT);
  }
}
