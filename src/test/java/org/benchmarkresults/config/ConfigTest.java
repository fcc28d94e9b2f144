package org.benchmarkresults.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** Where settings come from and what they become. */
class ConfigTest {
  /** A setting, a value for it that is not its default, and what that value must become. */
  record Setting(String path, String given, Function<Config, Object> read, Object expected) {
    @Override
    public String toString() {
      return path;
    }
  }

  static List<Setting> settings() {
    return List.of(
        new Setting("http.host", "0.0.0.0", config -> config.http().host(), "0.0.0.0"),
        new Setting("http.port", "0", config -> config.http().port(), 0),
        new Setting("http.instances", "3", config -> config.http().instances(), 3),
        new Setting("http.body_limit", "1KiB", config -> config.http().bodyLimit().bytes(), 1024L),
        new Setting("http.depth_limit", "9", config -> config.http().depthLimit(), 9),
        new Setting(
            "http.upload_budget", "1GiB", config -> config.http().uploadBudget().bytes(), 1L << 30),
        new Setting(
            "http.idle_timeout", "5m", config -> config.http().idleTimeout(), Duration.ofMinutes(5)),
        new Setting(
            "http.shutdown_grace", "0s", config -> config.http().shutdownGrace(), Duration.ZERO),
        new Setting(
            "http.cors_origins",
            "https://a.example, https://b.example",
            config -> config.http().corsOrigins(),
            List.of("https://a.example", "https://b.example")),
        new Setting(
            "mongo.url", "mongodb://db.example", config -> config.mongo().url(), "mongodb://db.example"),
        new Setting("mongo.database", "other", config -> config.mongo().database(), "other"),
        new Setting(
            "mongo.raw_input_collection",
            "raw",
            config -> config.mongo().rawInputCollection(),
            "raw"),
        new Setting(
            "mongo.standardized_output_collection",
            "standardized",
            config -> config.mongo().standardizedOutputCollection(),
            "standardized"),
        new Setting(
            "mongo.operation_timeout",
            "1h",
            config -> config.mongo().operationTimeout(),
            Duration.ofHours(1)),
        new Setting(
            "mongo.server_selection_timeout",
            "300ms",
            config -> config.mongo().serverSelectionTimeout(),
            Duration.ofMillis(300)),
        new Setting(
            "mongo.embedded_folder", "else/where", config -> config.mongo().embeddedFolder(), "else/where"),
        new Setting(
            "health.interval", "1d", config -> config.health().interval(), Duration.ofDays(1)),
        new Setting(
            "health.timeout", "20 ms", config -> config.health().timeout(), Duration.ofMillis(20)));
  }

  @TempDir private Path folder;

  @Test
  void everySettingIsTestedHere() {
    List<String> tested = settings().stream().map(Setting::path).toList();

    List<String> existing = List.copyOf(ConfigLoader.defaults().keySet());

    assertEquals(existing, tested);
  }

  @Test
  void theFileThatIsShippedNamesEverySettingWithItsDefault() throws IOException {
    Map<String, String> expected = ConfigLoader.defaults();

    Map<String, Map<String, Object>> file = new Yaml().load(Files.readString(Path.of("conf", "config.yaml")));

    assertEquals(expected, flat(file));
  }

  @Test
  void theFileThatIsShippedChangesNothing() {
    Config without = load(Map.of());

    Config with = ConfigLoader.load(Path.of("conf", "config.yaml"), Map.of());

    assertEquals(without, with);
  }

  @Test
  void whatIsGivenNowhereHasItsDefault() {
    Config config = load(Map.of());

    assertEquals(
        new Config.Http(
            "127.0.0.1",
            8000,
            0,
            new ByteSize(64 << 20),
            512,
            new ByteSize(128 << 20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            List.of("*")),
        config.http());
    assertEquals(
        new Config.Mongo(
            "",
            "benchmark_results",
            "raw_input",
            "standardized_output",
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            "data"),
        config.mongo());
    assertEquals(
        new Config.Health(Duration.ofSeconds(1), Duration.ofMillis(800)), config.health());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aSettingIsReadFromTheFile(Setting setting) throws IOException {
    Path file = write(yaml(setting.path(), setting.given()));

    Config config = ConfigLoader.load(file, Map.of());

    assertEquals(setting.expected(), setting.read().apply(config));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aSettingIsReadFromTheEnvironment(Setting setting) {
    Map<String, String> environment = Map.of(variable(setting.path()), setting.given());

    Config config = load(environment);

    assertEquals(setting.expected(), setting.read().apply(config));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void theEnvironmentWins(Setting setting) throws IOException {
    Path file = write(yaml(setting.path(), ConfigLoader.defaults().get(setting.path())));

    Config config = ConfigLoader.load(file, Map.of(variable(setting.path()), setting.given()));

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

    assertEquals("", byEmbedded.get(true).mongo().url());
    assertEquals("mongodb+srv://db.example", byEmbedded.get(false).mongo().url());
  }

  @Test
  void aListOfOriginsCannotBeChangedAfterwards() {
    Config config = load(Map.of("HTTP_CORS_ORIGINS", "https://a.example"));

    assertThrows(
        UnsupportedOperationException.class, () -> config.http().corsOrigins().add("https://b.example"));
  }

  private static Map<String, String> flat(Map<String, Map<String, Object>> file) {
    Map<String, String> settings = new LinkedHashMap<>();
    file.forEach(
        (room, members) ->
            members.forEach((name, value) -> settings.put(room + "." + name, String.valueOf(value))));
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
    return parts[0] + ":\n  " + parts[1] + ": '" + value + "'\n";
  }

  private static String variable(String path) {
    return path.replace('.', '_').toUpperCase(java.util.Locale.ROOT);
  }
}
