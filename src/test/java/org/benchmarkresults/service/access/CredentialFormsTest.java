package org.benchmarkresults.service.access;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.ApiKeys;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.FreePorts;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways in which a request may carry a key, and what is told to those that carry none. */
class CredentialFormsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Database database = Backend.EMBEDDED.freshDatabase();
  private final int managementPort = FreePorts.one();
  private Server server;
  private Client client;
  private String key;
  private String other;

  @BeforeEach
  void start() {
    Config config =
        database.config(
            Map.of("SECURITY_KEYS", "true", "MANAGEMENT_PORT", Integer.toString(managementPort)));
    try (ApiKeys keys = new ApiKeys(config, Clock.systemUTC())) {
      key = keys.create("read,write");
      other = keys.create("read");
    }
    server = Server.start(config, Clock.systemUTC()).await();
    client = new Client(vertx, server.port());
  }

  @AfterEach
  void stop() {
    server.close().await();
    vertx.close().await();
    database.close();
  }

  private static String basic(String userAndPassword) {
    return "Basic "
        + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aKeyIsUnderstoodInEachOfThem() {
    for (String[] headers :
        List.of(
            new String[] {"Authorization", "Bearer " + key},
            new String[] {"Authorization", "bearer   " + key + " "},
            new String[] {"X-API-Key", key},
            new String[] {"x-api-key", " " + key + " "},
            new String[] {"Authorization", basic("x:" + key)},
            new String[] {"Authorization", basic(":" + key)},
            new String[] {"Authorization", basic("né:" + key)},
            new String[] {"Authorization", basic(key + ":")},
            new String[] {"Authorization", basic("x:" + key).replace("Basic", "BASIC")},
            new String[] {"Authorization", "Bearer " + key, "X-API-Key", key},
            new String[] {"Authorization", basic("x:" + key), "X-API-Key", key},
            // Behind a proxy that asks for a login of its own and passes it on.
            new String[] {"Authorization", basic("alice:secret of the proxy"), "X-API-Key", key},
            new String[] {"X-API-Key", key, "Authorization", basic("alice:")})) {
      Answer answer = client.post("/raw_input", Bodies.withData("a", "1"), headers);

      assertEquals(200, answer.status(), () -> List.of(headers) + " " + answer);
    }
  }

  @Test
  void twoDifferentOnesAreRefused() {
    for (String[] headers :
        List.of(
            new String[] {"Authorization", "Bearer " + key, "X-API-Key", other},
            new String[] {"Authorization", basic("x:" + key), "X-API-Key", other},
            new String[] {"Authorization", basic(key + ":"), "X-API-Key", other},
            new String[] {"Authorization", basic("x:a.b.c"), "X-API-Key", key},
            new String[] {"Authorization", "Bearer x", "X-API-Key", key},
            new String[] {"Authorization", "Bearer " + key, "X-API-Key", ""})) {
      Answer answer = client.get("/raw_input", headers);

      requireProblem(answer, 400, "several-credentials", "/raw_input");
      assertFalse(answer.text().contains(key), answer::toString);
    }
  }

  @Test
  void whatIsNoneOfThemIsRefusedWithBothChallenges() {
    for (String[] headers :
        List.of(
            new String[] {"Authorization", "Digest username=x"},
            new String[] {"Authorization", key},
            new String[] {"Authorization", "Bearer"},
            new String[] {"Authorization", "Basic"},
            new String[] {"Authorization", "Basic %%%"},
            new String[] {"Authorization", basic("")},
            new String[] {"Authorization", basic("no colon")},
            new String[] {"Authorization", basic(key)},
            new String[] {"Authorization", basic("x:wrong")},
            new String[] {"X-API-Key", "wrong"},
            new String[] {"X-API-Key", ""},
            new String[] {"X-API-Key", "wrong", "Authorization", basic("alice:secret")},
            new String[] {"X-API-Key", "Bearer " + key})) {
      Answer answer = client.get("/raw_input", headers);

      requireProblem(answer, 401, "token-refused", "/raw_input");
      assertEquals(
          List.of(
              "Bearer realm=\"benchmark-results\", error=\"invalid_token\"",
              "Basic realm=\"benchmark-results\", charset=\"UTF-8\""),
          answer.headers().getAll("WWW-Authenticate"));
    }
    Answer none = client.get("/raw_input");
    JsonObject problem = requireProblem(none, 401, "token-missing", "/raw_input");
    assertTrue(
        problem
            .getString("detail")
            .startsWith(
                "Authentication required: send an API key or token as 'Authorization: Bearer <token>'"),
        none::toString);
    assertEquals(2, none.headers().getAll("WWW-Authenticate").size());
    Answer scope = client.post("/raw_input", Bodies.withData("a", "1"), "X-API-Key", other);
    assertEquals(403, scope.status());
    assertEquals(1, scope.headers().getAll("WWW-Authenticate").size());
  }

  @Test
  void whereTheNodesAreIsToldToKnownCallersAlone() {
    for (String[] headers :
        List.of(
            new String[] {},
            new String[] {"X-API-Key", "wrong"},
            new String[] {"Authorization", "nonsense"},
            new String[] {"Authorization", "Bearer " + key, "X-API-Key", other})) {
      Answer answer = client.get("/health", headers);

      assertEquals(200, answer.status(), answer::toString);
      assertEquals(0, answer.json().getJsonArray("nodes").size(), answer::toString);
      assertEquals("connected", answer.json().getString("mongodb_status"));
    }
    for (Answer answer :
        List.of(
            client.get("/health", "X-API-Key", other),
            new Client(vertx, managementPort).get("/health"))) {
      assertEquals(1, answer.json().getJsonArray("nodes").size(), answer::toString);
    }
    assertEquals(200, client.get("/health/live").status());
    assertEquals(200, client.get("/health/ready").status());
  }
}
