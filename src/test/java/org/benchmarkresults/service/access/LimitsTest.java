package org.benchmarkresults.service.access;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.ApiKeys;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.events.Listener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much one address and one key may ask. */
@ExtendWith(VertxExtension.class)
class LimitsTest {
  private final Database database = Backend.EMBEDDED.freshDatabase();
  private Server server;

  private Client start(Vertx vertx, Map<String, String> settings) {
    server = Server.start(database.config(settings), Clock.systemUTC()).await();
    return new Client(vertx, server.port());
  }

  @AfterEach
  void stop() {
    server.close().await();
    database.close();
  }

  /** The first answer that is refused, of more requests than fit into a second. */
  private static Answer refused(Client client, String... headers) {
    Answer answer = client.get("/raw_input", headers);
    while (answer.status() == 200) {
      answer = client.get("/raw_input", headers);
    }
    return answer;
  }

  @Test
  void anAddressThatAsksTooOftenIsToldWhenToComeBack(Vertx vertx) {
    Client client = start(vertx, Map.of("LIMITS_ADDRESS_RATE", "3"));
    Answer first = client.get("/raw_input");

    Answer refused = refused(client);

    assertEquals("\"address\";q=3;w=1", first.header("RateLimit-Policy"));
    assertEquals("\"address\";r=2;t=1", first.header("RateLimit"));
    requireProblem(refused, 429, "too-many-requests", "/raw_input");
    assertEquals("1", refused.header("Retry-After"));
    assertEquals("\"address\";r=0;t=1", refused.header("RateLimit"));
    assertEquals(429, client.get("/health/../raw_input").status());
    assertEquals(200, client.get("/health").status());
    assertEquals(200, client.get("/health/live").status());
  }

  @Test
  void aBodyThatIsRefusedDoesNotSpoilTheConnection(Vertx vertx) {
    Client client = start(vertx, Map.of("LIMITS_ADDRESS_RATE", "1"));
    String large = '"' + "x".repeat(500_000) + '"';
    int refused = 0;
    int stored = 0;

    while (refused < 3 || stored < 2) {
      int status = client.post("/raw_input", Bodies.withData("a", large)).status();
      refused += status == 429 ? 1 : 0;
      stored += status == 200 ? 1 : 0;
      assertTrue(status == 429 || status == 200, () -> "" + status);
    }
  }

  @Test
  void soManyRequestsMayBeUnderWayAndNoMore(Vertx vertx) {
    Client client = start(vertx, Map.of("LIMITS_ADDRESS_CONCURRENT", "2"));
    Listener first = Listener.to(client, "/events");
    Listener second = Listener.to(client, "/events");

    Answer refused = client.get("/raw_input");

    requireProblem(refused, 429, "too-many-requests", "/raw_input");
    first.leave();
    second.await(heard -> client.get("/raw_input").status() == 200);
    second.leave();
    second.await(heard -> client.get("/raw_input").status() == 200);
  }

  @Test
  void behindAProxyTheAddressIsTheOneItAdds(Vertx vertx) {
    Client client = start(vertx, Map.of("LIMITS_ADDRESS_RATE", "1", "LIMITS_BEHIND_PROXY", "true"));
    String[] one = {"X-Forwarded-For", "203.0.113.7, 198.51.100.1"};
    refused(client, one);

    List<Integer> others =
        List.of("198.51.100.2", "203.0.113.7", "2001:db8:0:1::1", "2001:db8:0:2::1").stream()
            .map(address -> client.get("/raw_input", "X-Forwarded-For", address).status())
            .toList();

    assertEquals(List.of(200, 200, 200, 200), others);
    assertEquals(429, refused(client, "X-Forwarded-For", "2001:db8:0:1:ffff::2").status());
  }

  /** The proxy in front of it added the last line, or the end of the only one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "198.51.100.1",
        "203.0.113.7, 198.51.100.1",
        "203.0.113.7,198.51.100.1:4711",
        "x|198.51.100.1",
        "203.0.113.7|203.0.113.8, 198.51.100.1 ",
        "::ffff:198.51.100.1",
        "[::ffff:198.51.100.1]:80"
      })
  void whateverTheCallerSentBeforeItTheAddressIsTheSame(String lines, Vertx vertx) {
    Client client =
        start(vertx, Map.of("LIMITS_ADDRESS_CONCURRENT", "1", "LIMITS_BEHIND_PROXY", "true"));
    Listener listener = Listener.to(client, "/events", "X-Forwarded-For", "198.51.100.1");

    int status = statusOf(client, lines);

    assertEquals(429, status);
    assertEquals(200, statusOf(client, "198.51.100.1|203.0.113.7"));
    listener.leave();
  }

  /** A forwarded value that is no address is ignored; the proxy's address counts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "198.51.100.1|",
        "198.51.100.1, _hidden",
        "198.51.100.1, 999.1.1.1",
        "a.example",
        "1:2",
        "[",
        "198.51.100.1;"
      })
  void whatIsNoAddressIsTheProxys(String lines, Vertx vertx) {
    Client client =
        start(vertx, Map.of("LIMITS_ADDRESS_CONCURRENT", "1", "LIMITS_BEHIND_PROXY", "true"));
    Listener listener = Listener.to(client, "/events");

    assertEquals(429, statusOf(client, lines));
    assertEquals(200, statusOf(client, "198.51.100.1"));
    listener.leave();
  }

  /** Lines are separated by a stroke. */
  private static int statusOf(Client client, String lines) {
    return client
        .request(HttpMethod.GET, "/raw_input")
        .compose(
            request -> {
              for (String line : lines.split("\\|", -1)) {
                request.headers().add("X-Forwarded-For", line);
              }
              return request.send().compose(response -> response.body().map(response.statusCode()));
            })
        .await();
  }

  @Test
  void withoutOneTheHeaderIsAnybodysWord(Vertx vertx) {
    Client client = start(vertx, Map.of("LIMITS_ADDRESS_CONCURRENT", "1"));
    Listener listener = Listener.to(client, "/events");

    assertEquals(429, client.get("/raw_input", "X-Forwarded-For", "198.51.100.2").status());
    listener.leave();
  }

  @Test
  void eachKeyHasALimitOfItsOwn(Vertx vertx) {
    Map<String, String> settings = Map.of("SECURITY_KEYS", "true", "LIMITS_KEY_CONCURRENT", "1");
    Config config = database.config(settings);
    String busy;
    String other;
    try (ApiKeys keys = new ApiKeys(config, Clock.systemUTC())) {
      busy = keys.create("read");
      other = keys.create("read");
    }
    Client client = start(vertx, settings);
    Listener listener = Listener.to(client, "/events", "Authorization", "Bearer " + busy);

    assertEquals(429, client.get("/raw_input", "Authorization", "Bearer " + busy).status());
    assertEquals(200, client.get("/raw_input", "Authorization", "Bearer " + other).status());
    listener.leave();
    listener.await(
        heard -> client.get("/raw_input", "Authorization", "Bearer " + busy).status() == 200);
  }

  @Test
  void withoutLimitsNothingIsSaidOfThem(Vertx vertx) {
    Answer answer = start(vertx, Map.of()).get("/raw_input");

    assertNull(answer.header("RateLimit"));
    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    assertEquals("DENY", answer.header("X-Frame-Options"));
    assertEquals("no-referrer", answer.header("Referrer-Policy"));
    assertEquals(
        "default-src 'none'; frame-ancestors 'none'", answer.header("Content-Security-Policy"));
    assertNull(answer.header("Strict-Transport-Security"));
  }
}
