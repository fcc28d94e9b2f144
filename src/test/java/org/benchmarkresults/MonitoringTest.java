package org.benchmarkresults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Alerts and dashboard ask for metrics that the service has, and each alert says what to do. */
@ExtendWith(VertxExtension.class)
class MonitoringTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path MONITORING = Path.of("k8s", "components", "monitoring");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:benchmark|http|storage|mongodb|vertx|jvm|process)_[a-z_]+");

  private final JsonObject rule =
      ManifestsTest.documents(MONITORING.resolve("prometheusrule.yaml")).get(0);
  private final List<JsonObject> alerts =
      rule
          .getJsonObject("spec")
          .getJsonArray("groups")
          .getJsonObject(0)
          .getJsonArray("rules")
          .stream()
          .map(JsonObject.class::cast)
          .toList();

  private static Set<String> metrics(String text) {
    Set<String> names = new TreeSet<>();
    Matcher metric = METRIC.matcher(text);
    while (metric.find()) {
      names.add(metric.group());
    }
    return names;
  }

  @Test
  void whatIsAskedForIsThere(Vertx vertx) throws IOException {
    Set<String> asked =
        metrics(
            alerts.stream().map(one -> one.getString("expr")).collect(Collectors.joining("\n")));
    JsonObject dashboard = new JsonObject(Files.readString(MONITORING.resolve("dashboard.json")));
    dashboard.getJsonArray("panels").stream()
        .map(JsonObject.class::cast)
        .flatMap(panel -> panel.getJsonArray("targets").stream().map(JsonObject.class::cast))
        .forEach(target -> asked.addAll(metrics(target.getString("expr"))));

    Set<String> missing = new TreeSet<>(asked);
    try (Database database = Backend.EMBEDDED.freshDatabase()) {
      Server server = Server.start(database.config(Map.of()), Clock.systemUTC()).await();
      Client client = new Client(vertx, server.port());
      client.get("/raw_input");
      System.gc();
      // The JVM tells of a collection some time after it.
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!missing.isEmpty() && System.nanoTime() < deadline) {
        missing.removeAll(told(client));
      }
      server.close().await();
    }

    assertFalse(asked.isEmpty());
    assertEquals(Set.of(), missing);
  }

  private static Set<String> told(Client client) {
    return client
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .collect(Collectors.toSet());
  }

  @Test
  void eachAlertSaysWhatToDo() throws IOException {
    String operations = Files.readString(Path.of("docs", "operations.md"));

    assertFalse(alerts.isEmpty());
    for (JsonObject alert : alerts) {
      String name = alert.getString("alert");
      assertTrue(operations.contains("### " + name + "\n"), name);
      assertEquals(
          "docs/operations.md#" + name.toLowerCase(java.util.Locale.ROOT),
          alert.getJsonObject("annotations").getString("runbook"));
    }
  }
}
