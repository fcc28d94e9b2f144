package org.benchmarkresults.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Misspelt settings stop the start, and variables of other programs do not. */
class NearlySettingsTest {
  @TempDir private Path folder;

  private Config load(Map<String, String> environment) {
    return ConfigLoader.load(folder.resolve("none"), environment);
  }

  private List<String> faults(Map<String, String> environment) {
    return assertThrows(ConfigException.class, () -> load(environment)).faults();
  }

  @ParameterizedTest
  @CsvSource({
    "SECURITY_KEY,SECURITY_KEYS",
    "HTTP_PROT,HTTP_PORT",
    "MONGO_URI,MONGO_URL",
    "MONGODB_URI,MONGO_URL",
    "MONGODB_URL,MONGO_URL",
    "http_port,HTTP_PORT",
    "http.port,HTTP_PORT",
    "Mongo_Url,MONGO_URL",
    "HTTPPORT,HTTP_PORT",
    "HTTP_PORTS,HTTP_PORT",
    "SECURITY_ISSUERS,SECURITY_ISSUER",
    "SECURTY_KEYS,SECURITY_KEYS",
    "LIMITS_ADRESS_RATE,LIMITS_ADDRESS_RATE",
    "HTTP_CORS_ORIGIN,HTTP_CORS_ORIGINS",
    "RETENTION_RULE,RETENTION_RULES",
    "ROLE,ROLES",
    "CONFIG_FIEL,CONFIG_FILE",
    "SECURITY_API_KEYS,SECURITY_KEYS",
    "SECURITY_APIKEYS,SECURITY_KEYS",
    "SECURITY_JWKS_URL,SECURITY_JWKS",
    "TRACE_ENDPOINT,TRACING_ENDPOINT",
    "MONGO_DB,MONGO_DATABASE",
    "HTTP_TLS_CERT,HTTP_TLS_CERTIFICATE",
    "RETENTION_DELETED,RETENTION_RESTORE_WINDOW",
    "HTTP_SLOWEST_UPLOADS,HTTP_MIN_UPLOAD_RATE",
    "MONGO_RAW_INPUT_COLECTION,MONGO_RAW_INPUT_COLLECTION",
    "RETENTION_RESTORE,RETENTION_RESTORE_WINDOW",
    "LIMITS_ADDR_RATE,LIMITS_ADDRESS_RATE",
    "LOGLEVEL,LOG_LEVEL",
    "LOG_FORMATS,LOG_FORMAT",
    "MANAGMENT_PORT,MANAGEMENT_PORT"
  })
  void aNameThatIsNearlyASettingIsRefused(String name, String meant) {
    assertEquals(
        List.of(name + " in the environment is not a setting; did you mean " + meant + "?"),
        faults(Map.of(name, "x")));
  }

  @Test
  void whatBelongsToOthersIsPassedOver() {
    Map<String, String> environment = new HashMap<>();
    for (String name :
        List.of(
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "PATH",
            "HOME",
            "HOSTNAME",
            "JAVA_HOME",
            "LANG",
            "TERM",
            "USER",
            "PWD",
            "SHLVL",
            "TZ",
            "MONGOD",
            "JAVA_TOOL_OPTIONS",
            "MALLOC_ARENA_MAX",
            "KUBERNETES_SERVICE_HOST",
            "MONGO_SERVICE_HOST",
            "HTTP_SERVICE_PORT",
            "HTTP_SERVICE_PORT_HTTPS",
            "HTTPS_SERVICE_HOST",
            "HTTPS_HOST",
            "HTTP_PORT_8000_TCP",
            "HTTP_PORT_8000_TCP_ADDR",
            "HTTP_PORT_8000_TCP_PROTO",
            "BENCHMARK_RESULTS_PORT_8000_TCP_PORT",
            "BENCHMARK_RESULTS_HTTP_PORT",
            "CLUSTER_ZONE",
            "CLUSTER_NODE_NAME",
            "HTTP_SERVER_PORT",
            "SECURITY_CONTEXT",
            "MONGO_USER",
            "MONGO_PASSWORD",
            "MONGO_HOST",
            "HTTP_SERVER_NAME",
            "CLUSTER_ID",
            "CLUSTER_MODE",
            "LOG_DIR",
            "LOG_FILE",
            "EVENTS_TOPIC",
            "HTTP_USER_AGENT",
            "SECURITY_TOKEN",
            "MONGO_INITDB_DATABASE",
            "MONGO_INITDB_ROOT_USERNAME",
            "MONGO_VERSION",
            "OTEL_SERVICE_NAME",
            "TEST_MONGO_URL",
            "TEST_MONGO_IMAGE",
            "CI")) {
      environment.put(name, "anything");
    }
    environment.put("HTTPS_PORT", "tcp://10.0.0.1:443");
    environment.put("LOG_LEVEL", "debug");
    environment.put("LOG_FORMAT", "json");

    assertTrue(load(environment).http().port() > 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http",
        "management",
        "cluster",
        "cluster-bus",
        "mongo",
        "security",
        "limits",
        "events",
        "health",
        "standardize",
        "tracing",
        "retention",
        "log",
        "roles",
        "config",
        "import",
        "benchmark-results",
        "http-host"
      })
  void whatKubernetesTellsOfAServiceIsPassedOver(String service) {
    String name = service.toUpperCase(Locale.ROOT).replace('-', '_');
    Map<String, String> environment = new HashMap<>();
    for (String port : List.of("80", "8000", "27017")) {
      String of = name + "_PORT_" + port + "_TCP";
      environment.put(of, "tcp://10.0.0.1:" + port);
      environment.put(of + "_PROTO", "tcp");
      environment.put(of + "_PORT", port);
      environment.put(of + "_ADDR", "10.0.0.1");
    }
    environment.put(name + "_PORT", "tcp://10.0.0.1:80");
    environment.put(name + "_SERVICE_HOST", "10.0.0.1");
    environment.put(name + "_SERVICE_PORT", "80");
    environment.put(name + "_SERVICE_PORT_HTTP", "80");
    // And docker run --link.
    environment.put(name + "_NAME", "/results/" + name);
    environment.put(name + "_ENV_HTTP_PORT", "80");

    assertEquals(load(Map.of()), load(environment));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SECURITY_KEYS|ture|security.keys (SECURITY_KEYS) must be true or false, is \"ture\"; did you mean true?",
        "SECURITY_KEYS|1|security.keys (SECURITY_KEYS) must be true or false, is \"1\"",
        "ROLES|http,storag,health|roles must be some of http, storage, health and standardize, are"
            + " http, storag, health; did you mean storage?",
        "LOG_FORMAT|jsno|LOG_FORMAT must be one of text, json, is \"jsno\"; did you mean json?",
        "LOG_LEVEL|WARNING|LOG_LEVEL must be one of TRACE, DEBUG, INFO, WARN, ERROR, OFF, is \"WARNING\";"
            + " did you mean WARN?"
      })
  void aValueThatIsNearlyOneIsRefusedWithTheRightOne(String name, String value, String sentence) {
    assertEquals(sentence, faults(Map.of(name, value)).get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,127.0.0.1",
    "0.0.0.0,127.0.0.1",
    "127.0.0.1,0.0.0.0",
    "localhost,127.0.0.1",
    "'::',10.0.0.1",
    "LOCALHOST,localhost",
    "'[0:0:0:0:0:0:0:1]','::1'",
    "127.0.0.1.,localhost",
    "'[::0]',10.0.0.1",
    "10.0.0.1,10.0.0.1"
  })
  void twoServersAtOnePortAreRefused(String http, String management) {
    Map<String, String> environment =
        Map.of(
            "HTTP_HOST",
            http,
            "MANAGEMENT_HOST",
            management,
            "HTTP_PORT",
            "8000",
            "MANAGEMENT_PORT",
            "8000");

    assertEquals(
        List.of("http.port and management.port are both 8000; each needs a port of its own"),
        faults(environment));
  }

  @Test
  void atDifferentAddressesOnePortDoesForBoth() {
    Map<String, String> environment =
        Map.of("HTTP_HOST", "10.0.0.1", "HTTP_PORT", "8000", "MANAGEMENT_PORT", "8000");

    assertEquals(8000, load(environment).management().port());
    assertEquals(0, load(Map.of("HTTP_PORT", "0")).management().port());
  }

  @Test
  void thePortsOfAClusterAreNobodyElses() {
    Map<String, String> environment =
        Map.of(
            "CLUSTER_ENABLED",
            "true",
            "CLUSTER_MEMBERS",
            "10.0.0.1",
            "MONGO_URL",
            "mongodb://db.example",
            "HTTP_PORT",
            "5702",
            "MANAGEMENT_PORT",
            "5701");

    assertEquals(
        List.of(
            "http.port and cluster.bus_port are both 5702; each needs a port of its own",
            "management.port and cluster.port are both 5701; each needs a port of its own"),
        faults(environment));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nowhere.json", "", "[]", "{}", "{\"keys\": []}", "{\"keys\": 1}", "{", "folder"})
  void aFileWithoutKeysIsRefused(String content) throws IOException {
    Path file = folder.resolve("jwks.json");
    if (content.equals("folder")) {
      Files.createDirectory(file);
    } else if (!content.equals("nowhere.json")) {
      Files.writeString(file, content);
    }

    List<String> faults = faults(issuer(file));

    assertEquals(1, faults.size(), faults::toString);
    assertTrue(
        faults.get(0).startsWith("security.jwks names " + file + ", which "), faults::toString);
  }

  @Test
  void aFileWithKeysAndAUrlAreTaken() throws IOException {
    Path file = folder.resolve("jwks.json");
    Files.writeString(file, "{\"keys\": [{\"kty\": \"RSA\"}]}");

    assertTrue(load(issuer(file)).security().isOn());
    assertTrue(
        load(Map.of(
                "SECURITY_ISSUER",
                "x",
                "SECURITY_AUDIENCE",
                "y",
                "SECURITY_JWKS",
                "https://login.example/keys"))
            .security()
            .isOn());
  }

  private static Map<String, String> issuer(Path file) {
    return Map.of(
        "SECURITY_ISSUER",
        "https://login.example",
        "SECURITY_AUDIENCE",
        "results",
        "SECURITY_JWKS",
        file.toString());
  }
}
