package org.benchmarkresults.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refused configurations, each with a sentence that a person can act on. */
class ConfigRefusalsTest {
  private static final String PASSWORD = "s3cr3t";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "HTTP_HOST|` `|http.host is empty",
        "HTTP_PORT|-1|http.port must be 0 to 65535, is -1",
        "HTTP_PORT|65536|http.port must be 0 to 65535, is 65536",
        "HTTP_PORT|http|http.port (HTTP_PORT) must be a whole number, is \"http\"",
        "HTTP_PORT|8000.0|http.port (HTTP_PORT) must be a whole number, is \"8000.0\"",
        "HTTP_PORT|``|http.port (HTTP_PORT) must be a whole number, is \"\"",
        "HTTP_PORT|99999999999|http.port (HTTP_PORT) must be a whole number, is \"99999999999\"",
        "HTTP_BODY_LIMIT|0|http.body_limit (HTTP_BODY_LIMIT) must be at least one byte, is 0",
        "HTTP_BODY_LIMIT|64MB|http.body_limit (HTTP_BODY_LIMIT) must be a size such as 64MiB, is"
            + " \"64MB\"",
        "HTTP_BODY_LIMIT|-1|http.body_limit (HTTP_BODY_LIMIT) must be a size such as 64MiB, is"
            + " \"-1\"",
        "HTTP_UPLOAD_BUDGET|1MiB|"
            + "http.upload_budget (1MiB) must be at least http.body_limit (64MiB)",
        "HTTP_IDLE_TIMEOUT|60|http.idle_timeout (HTTP_IDLE_TIMEOUT) must be a time such as"
            + " 800ms, 10s, 5m, 2h or 30d, is \"60\"",
        "HTTP_IDLE_TIMEOUT|0s|http.idle_timeout must be longer than 0s",
        "HTTP_SHUTDOWN_GRACE|-1s|http.shutdown_grace (HTTP_SHUTDOWN_GRACE) must be a time such as"
            + " 800ms, 10s, 5m, 2h or 30d, is \"-1s\"",
        "TRACING_ENDPOINT|collector:4318|tracing.endpoint must be a URL such as"
            + " http://collector:4318",
        "TRACING_SAMPLING_RATIO|1.5|tracing.sampling_ratio must be 0 to 1, is 1.5",
        "TRACING_SAMPLING_RATIO|all|tracing.sampling_ratio (TRACING_SAMPLING_RATIO) must be a number, is \"all\"",
        "LIMITS_ADDRESS_RATE|-1|limits.address_rate must be 0 to 1000000, is -1",
        "LIMITS_KEY_RATE|1000001|limits.key_rate must be 0 to 1000000, is 1000001",
        "LIMITS_ADDRESS_CONCURRENT|-1|limits.address_concurrent must be 0 to 1000000, is -1",
        "LIMITS_KEY_CONCURRENT|-1|limits.key_concurrent must be 0 to 1000000, is -1",
        "HTTP_TLS_KEY|a.key|http.tls_certificate and http.tls_key must be set together",
        "ATTACHMENTS_FILE_LIMIT|101GiB|attachments.file_limit must be at most 100GiB, is 101GiB",
        "ATTACHMENTS_RESULT_LIMIT|1B|attachments.result_limit (1B) must be at least attachments.file_limit (1GiB)",
        "ATTACHMENTS_COUNT|0|attachments.count must be 1 to 1000, is 0",
        "EVENTS_LISTENERS|-1|events.listeners must be 0 to 100000, is -1",
        "SECURITY_ISSUER|https://login.example|security.issuer needs security.audience: tokens made"
            + " for other services would be accepted",
        "SECURITY_AUDIENCE|results|security.audience and security.jwks need security.issuer",
        "SECURITY_SCOPE_CLAIM|``|security.scope_claim is empty",
        "SECURITY_PREFIX_CLAIM|``|security.prefix_claim is empty",
        "MONGO_URL|localhost:27017|mongo.url must begin with mongodb:// or mongodb+srv://",
        "MONGO_DATABASE|``|mongo.database is empty",
        "MONGO_DATABASE|local|mongo.database is \"local\": it belongs to MongoDB itself",
        "MONGO_SAVE_TIMEOUT|91s|mongo.save_timeout must be at most 90s",
        "MONGO_OPERATION_TIMEOUT|0ms|mongo.operation_timeout must be longer than 0s",
        "MONGO_EMBEDDED_FOLDER|``|mongo.embedded_folder is empty",
        "HEALTH_INTERVAL|0h|health.interval must be longer than 0s",
        "RETENTION_RESTORE_WINDOW|59m|retention.restore_window must be 1h or longer, or 0s for ever",
        "RETENTION_RESTORE_WINDOW|36501d|retention.restore_window must be at most 36500d",
        "RETENTION_INTERVAL|0s|retention.interval must be longer than 0s",
        "RETENTION_INTERVAL|366d|retention.interval must be at most 365d",
        "RETENTION_RULES|365d|retention.rules: \"365d\" must be stage/benchmark=age, such as"
            + " raw_input/*=365d",
        "RETENTION_RULES|raw_input=1d/x|retention.rules: \"raw_input=1d/x\" must be"
            + " stage/benchmark=age, such as raw_input/*=365d",
        "RETENTION_RULES|raw/*=1d|retention.rules: \"raw/*=1d\" names no stage; stages are"
            + " raw_input and standardized_output",
        "RETENTION_RULES|raw_input/=1d|retention.rules: \"raw_input/=1d\" names no benchmark; *"
            + " means all",
        "RETENTION_RULES|raw_input/50%=1d|retention.rules: \"raw_input/50%=1d\" holds a % that"
            + " begins no percent-encoding; % itself is %25",
        "RETENTION_RULES|raw_input/*=1y|retention.rules: \"raw_input/*=1y\" ends in no age; it"
            + " must be a time such as 800ms, 10s, 5m, 2h or 30d, is \"1y\"",
        "RETENTION_RULES|raw_input/*=0d|retention.rules: \"raw_input/*=0d\" would delete"
            + " everything; the age must be longer than 0s",
        "RETENTION_RULES|raw_input/*=36501d|retention.rules: \"raw_input/*=36501d\" has an age"
            + " above 36500d",
        "RETENTION_RULES|raw_input/a=1d,raw_input/%61=2d|retention.rules: \"raw_input/%61=2d\" is"
            + " the second rule for the same results",
        "ROLES|http|roles must contain http, storage and health unless cluster.enabled is true",
        "ROLES|`http, storage, health, web`|roles must be some of http, storage, health and standardize,"
            + " are http, storage, health, web",
        "MANAGEMENT_PORT|65536|management.port must be 0 to 65535, is 65536",
        "CLUSTER_PORT|0|cluster.port must be 1 to 65535, is 0",
        "CLUSTER_PORT|5702|cluster.port and cluster.bus_port are both 5702",
        "CLUSTER_ENABLED|true|cluster.enabled needs either cluster.members or"
            + " cluster.service_dns",
      })
  void aWrongValueIsRefusedInOneSentence(String variable, String value, String sentence) {
    ConfigException refused = refused("", Map.of(variable, value == null ? "" : value));

    assertEquals(List.of(sentence), refused.faults());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a/b", "a.b", "a$b", "a:b", "a*", "a\"b", "a|b", "a\\b"})
  void aNameThatNoDatabaseCanHaveIsRefused(String name) {
    ConfigException refused = refused("", Map.of("MONGO_DATABASE", name));

    assertEquals(
        List.of(
            "mongo.database is \""
                + name
                + "\": a database name must not contain blanks or any of"
                + " / \\ . \" $ * < > : | ?"),
        refused.faults());
  }

  @Test
  void anEmbeddedDatabaseHasNoCluster() {
    ConfigException refused =
        refused("", Map.of("CLUSTER_ENABLED", "true", "CLUSTER_MEMBERS", "a.example"));

    assertEquals(
        List.of("cluster.enabled needs mongo.url: an embedded database cannot be shared by nodes"),
        refused.faults());
  }

  @Test
  void aBodyThatNoArrayHoldsIsRefused() {
    ConfigException refused =
        refused("", Map.of("HTTP_BODY_LIMIT", "2GiB", "HTTP_UPLOAD_BUDGET", "2GiB"));

    assertEquals(List.of("http.body_limit must be at most 1GiB, is 2GiB"), refused.faults());
  }

  @Test
  void anIdleTimeoutThatTheServerCannotCountIsRefused() {
    ConfigException refused = refused("", Map.of("HTTP_IDLE_TIMEOUT", "30d"));

    assertEquals(1, refused.faults().size());
    assertTrue(refused.getMessage().startsWith("http.idle_timeout"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com", "https://", "https://a.example/page", "nonsense"})
  void whatIsNoOriginIsRefused(String origin) {
    ConfigException refused = refused("", Map.of("HTTP_CORS_ORIGINS", origin));

    assertEquals(1, refused.faults().size());
    assertTrue(refused.getMessage().startsWith("http.cors_origins"), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "'http: {prot: 1}', http.prot, http.port",
    "'http: {bodyLimit: 1MiB}', http.bodyLimit, http.body_limit",
    "'htttp: {port: 1}', htttp.port, http.port",
    "'port: 1', port, http.port",
    "'mongo: {uri: x}', mongo.uri, mongo.url",
    "'health: {interval: {ms: 5}}', health.interval.ms, health.interval",
    "'http: 8000', http, http.host",
  })
  void anUnknownSettingNamesTheNearestKnown(String yaml, String unknown, String nearest) {
    ConfigException refused = refused(yaml, Map.of());

    assertEquals(
        List.of(unknown + " is not a setting; did you mean " + nearest + "?"), refused.faults());
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    String yaml =
        """
        http:
          host: ''
          port: 70000
          body_limit: deep
          colour: red
        mongo:
          url: localhost
          database: ''
        health:
          interval: soon
        """;

    ConfigException refused = refused(yaml, Map.of());

    assertEquals(
        Set.of(
            "http.host",
            "http.port",
            "http.body_limit",
            "http.colour",
            "mongo.url",
            "mongo.database",
            "health.interval"),
        named(refused));
  }

  @Test
  void theMessageHoldsEveryFault() {
    ConfigException refused = refused("", Map.of("HTTP_PORT", "x", "HEALTH_INTERVAL", "y"));

    assertAll(
        refused.faults().stream()
            .map(fault -> () -> assertTrue(refused.getMessage().contains(fault), fault)));
    assertEquals(2, refused.faults().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http: [", "http:\n\tport: 1", "a: b: c", "!!java.net.URL [x]", "\u0001"})
  void aFileThatIsNoYamlIsNamed(String yaml) {
    ConfigException refused = refused(yaml, Map.of());

    assertEquals(1, refused.faults().size());
    assertTrue(
        refused.getMessage().startsWith(folder.resolve("config.yaml") + " cannot be read"),
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"- http", "just text"})
  void aFileThatHoldsNoSettingsIsNamed(String yaml) {
    ConfigException refused = refused(yaml, Map.of());

    assertTrue(
        refused.getMessage().startsWith(folder.resolve("config.yaml").toString()),
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mongo: {url: 'http://me:s3cr3t@db.example'}",
        "mongo: {ulr: 'mongodb://me:s3cr3t@db.example'}",
        "mongo:\n  url: mongodb://me:s3cr3t@db.example: x",
        "mongo:\n  url: 'mongodb://me:s3cr3t@db.example\n",
        "mongo:\n  url: mongodb://me:s3cr3t@db.example\n bad",
      })
  void aRefusalNeverShowsThePassword(String yaml) {
    ConfigException refused = refused(yaml, Map.of());

    assertFalse(refused.toString().contains(PASSWORD), refused.toString());
    assertFalse(refused.faults().toString().contains(PASSWORD), refused.faults().toString());
  }

  @Test
  void settingsAsTextNeverShowThePassword() {
    Map<String, String> environment = Map.of("MONGO_URL", "mongodb://me:s3cr3t@db.example/results");

    Config config = ConfigLoader.load(folder.resolve("no-such-file.yaml"), environment);

    assertFalse(config.toString().contains(PASSWORD), config.toString());
    assertFalse(config.mongo().toString().contains(PASSWORD), config.mongo().toString());
  }

  private ConfigException refused(String yaml, Map<String, String> environment) {
    Path file = folder.resolve("config.yaml");
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return assertThrows(ConfigException.class, () -> ConfigLoader.load(file, environment));
  }

  /** Each sentence begins with the setting it is about. */
  private static Set<String> named(ConfigException refused) {
    return refused.faults().stream()
        .map(fault -> fault.split(" ")[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
