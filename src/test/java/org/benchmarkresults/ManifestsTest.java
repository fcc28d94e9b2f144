package org.benchmarkresults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.ConfigLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifests agree with the service. */
class ManifestsTest {
  private static final Path BASE = Path.of("k8s", "base");

  private final JsonObject deployment = only("deployment.yaml");
  private final JsonObject pod =
      deployment.getJsonObject("spec").getJsonObject("template").getJsonObject("spec");
  private final JsonObject container = pod.getJsonArray("containers").getJsonObject(0);
  private final JsonObject settings = only("configmap.yaml").getJsonObject("data");

  private static JsonObject only(String file) {
    List<JsonObject> documents = documents(BASE.resolve(file));
    assertEquals(1, documents.size());
    return documents.get(0);
  }

  static List<JsonObject> documents(Path file) {
    try {
      Iterable<Object> all =
          new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(Files.readString(file));
      return StreamSupport.stream(all.spliterator(), false)
          // By way of text, so that all of it is plain JSON.
          .map(document -> new JsonObject(new JsonObject(plain(document)).encode()))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> plain(Object document) {
    return (Map<String, Object>) document;
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }

  /** The environment of the pod, with the values that the cluster fills in. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    settings.forEach(setting -> environment.put(setting.getKey(), (String) setting.getValue()));
    environment.put("MONGO_URL", "mongodb://db.example/?replicaSet=rs0");
    environment.put("CLUSTER_HOST", "10.1.4.17");
    return environment;
  }

  private Config config() {
    return ConfigLoader.load(Path.of("no-such-file"), environment());
  }

  @Test
  void everyVariableIsASetting() {
    Set<String> known =
        ConfigLoader.defaults().keySet().stream()
            .map(path -> path.replace('.', '_').toUpperCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Set<String> given = new TreeSet<>(settings.fieldNames());
    objects(container.getJsonArray("env")).forEach(one -> given.add(one.getString("name")));

    given.removeAll(known);

    assertEquals(Set.of(), given);
  }

  @Test
  void theServiceTakesTheSettings() {
    Config config = config();

    assertTrue(config.cluster().enabled());
    assertEquals("10.1.4.17", config.cluster().host());
    assertEquals(
        Set.of("MONGO_URL", "CLUSTER_HOST"),
        objects(container.getJsonArray("env"))
            .map(one -> one.getString("name"))
            .collect(Collectors.toSet()));
  }

  @Test
  void thePortsAreThoseOfTheSettings() {
    Config config = config();

    Map<String, Integer> ports =
        objects(container.getJsonArray("ports"))
            .collect(
                Collectors.toMap(
                    port -> port.getString("name"), port -> port.getInteger("containerPort")));

    assertEquals(
        Map.of(
            "http", config.http().port(),
            "management", config.management().port(),
            "cluster", config.cluster().port(),
            "bus", config.cluster().busPort()),
        ports);
  }

  @Test
  void theNodesFindEachOtherByTheHeadlessService() {
    JsonObject headless = only("service-headless.yaml");
    JsonObject spec = headless.getJsonObject("spec");

    assertEquals(
        config().cluster().serviceDns(), headless.getJsonObject("metadata").getString("name"));
    assertEquals("None", spec.getString("clusterIP"));
    assertTrue(spec.getBoolean("publishNotReadyAddresses"));
    assertEquals(
        config().cluster().port(),
        objects(spec.getJsonArray("ports"))
            .filter(port -> port.getString("name").equals("cluster"))
            .findFirst()
            .orElseThrow()
            .getInteger("port"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"service.yaml", "service-headless.yaml"})
  void servicesLeadToPortsThatAreThere(String file) {
    JsonObject spec = only(file).getJsonObject("spec");
    Set<String> there =
        objects(container.getJsonArray("ports"))
            .map(port -> port.getString("name"))
            .collect(Collectors.toSet());
    JsonObject labels =
        deployment
            .getJsonObject("spec")
            .getJsonObject("template")
            .getJsonObject("metadata")
            .getJsonObject("labels");

    Set<String> asked =
        objects(spec.getJsonArray("ports"))
            .map(port -> port.getString("targetPort"))
            .collect(Collectors.toSet());

    assertTrue(there.containsAll(asked), asked::toString);
    assertEquals(labels, spec.getJsonObject("selector"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"startupProbe", "livenessProbe", "readinessProbe"})
  void probesAskForWhatTheContractHas(String probe) {
    JsonObject asked = container.getJsonObject(probe).getJsonObject("httpGet");

    JsonObject paths = documents(Path.of("openapi.yaml")).get(0).getJsonObject("paths");

    assertTrue(paths.containsKey(asked.getString("path")), asked::encode);
    assertEquals("management", asked.getString("port"));
    // A database that is away must not kill the process.
    assertEquals(
        probe.equals("readinessProbe") ? "/health/ready" : "/health/live", asked.getString("path"));
  }

  @Test
  void aStopHasTheTimeItNeeds() {
    int preStop =
        container
            .getJsonObject("lifecycle")
            .getJsonObject("preStop")
            .getJsonObject("sleep")
            .getInteger("seconds");
    Duration given = Duration.ofSeconds(pod.getInteger("terminationGracePeriodSeconds"));

    // HTTP first, then what other nodes asked for, each within the grace time; then all is closed.
    Duration needed =
        Duration.ofSeconds(preStop)
            .plus(config().http().shutdownGrace().multipliedBy(2))
            .plus(Server.CLOSING);

    assertTrue(given.compareTo(needed) > 0, () -> given + " is not longer than " + needed);
  }

  @Test
  void theImageIsThatOfThisVersion() throws IOException {
    Properties built = new Properties();
    try (InputStream in = Main.class.getResourceAsStream("/benchmark-results.properties")) {
      built.load(in);
    }
    JsonObject image = only("kustomization.yaml").getJsonArray("images").getJsonObject(0);

    assertEquals(container.getString("image"), image.getString("name"));
    assertEquals(built.getProperty("version"), image.getString("newTag"));
  }

  @Test
  void theImageIsTheOneThatTheReadmeBuilds() throws IOException {
    JsonObject base = only("kustomization.yaml").getJsonArray("images").getJsonObject(0);
    String image = base.getString("name") + ":" + base.getString("newTag");

    for (String doc : List.of("README.md", "docs/container.md", "k8s/README.md", "Dockerfile")) {
      List<String> built =
          Pattern.compile("docker build -t (\\S+)")
              .matcher(Files.readString(Path.of(doc)))
              .results()
              .map(match -> match.group(1))
              .distinct()
              .toList();
      assertEquals(List.of(image), built, doc);
    }
    for (String overlay : List.of("dev", "prod")) {
      JsonObject kustomization =
          documents(Path.of("k8s", "overlays", overlay, "kustomization.yaml")).get(0);
      for (Object each : kustomization.getJsonArray("images", new JsonArray())) {
        JsonObject used = (JsonObject) each;
        assertEquals(base.getString("name"), used.getString("name"));
        assertTrue(used.getString("newName").endsWith("/" + base.getString("name")));
        assertEquals(base.getString("newTag"), used.getString("newTag"));
      }
    }
  }

  @Test
  void nothingMayBeMoreThanItNeedsToBe() {
    JsonObject restricted = container.getJsonObject("securityContext");

    assertFalse(restricted.getBoolean("allowPrivilegeEscalation"));
    assertTrue(restricted.getBoolean("readOnlyRootFilesystem"));
    assertEquals(
        new JsonArray().add("ALL"), restricted.getJsonObject("capabilities").getJsonArray("drop"));
    assertTrue(pod.getJsonObject("securityContext").getBoolean("runAsNonRoot"));
    assertFalse(pod.getBoolean("automountServiceAccountToken"));
    assertEquals(
        container.getJsonObject("resources").getJsonObject("limits").getString("memory"),
        container.getJsonObject("resources").getJsonObject("requests").getString("memory"));
  }

  @Test
  void theNetworkIsClosedButForThePortsThereAre() {
    List<JsonObject> policies = documents(BASE.resolve("networkpolicy.yaml"));
    Set<Object> known = new TreeSet<>(java.util.Comparator.comparing(Object::toString));
    objects(container.getJsonArray("ports"))
        .forEach(
            port ->
                known.addAll(List.of(port.getString("name"), port.getInteger("containerPort"))));

    List<Object> opened = new ArrayList<>();
    objects(policies.get(1).getJsonObject("spec").getJsonArray("ingress"))
        .flatMap(rule -> objects(rule.getJsonArray("ports")))
        .forEach(port -> opened.add(port.getValue("port")));

    assertEquals(
        new JsonObject(), policies.get(0).getJsonObject("spec").getJsonObject("podSelector"));
    assertTrue(known.containsAll(opened), opened::toString);
  }
}
