package org.benchmarkresults.http.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.Vertx;
import java.util.Map;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.http.DatabaseAway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of which origins may call the service, when not all may. */
class CorsTest {
  private static final String DASHBOARD = "https://dashboard.example";
  private static final String ELSEWHERE = "https://elsewhere.example";
  private static final String ALLOWED_ORIGIN = "Access-Control-Allow-Origin";
  private static final String ALLOWED_CREDENTIALS = "Access-Control-Allow-Credentials";

  private final Vertx vertx = Vertx.vertx();
  private DatabaseAway service;

  @AfterEach
  void close() {
    service.close();
    vertx.close().await();
  }

  @Test
  void aPageOfANamedOriginMayCall() {
    start(ELSEWHERE + ", " + DASHBOARD);

    Answer answer = service.client().get("/health", "Origin", DASHBOARD);

    assertEquals(200, answer.status());
    assertEquals(DASHBOARD, answer.header(ALLOWED_ORIGIN));
    assertEquals("true", answer.header(ALLOWED_CREDENTIALS));
  }

  @ParameterizedTest
  @ValueSource(strings = {DASHBOARD, ""})
  void aPageOfAnotherOriginIsNotPermitted(String permitted) {
    start(permitted);

    Answer answer = service.client().get("/health", "Origin", ELSEWHERE);

    assertNotEquals(5, answer.status() / 100, answer::toString);
    assertNull(answer.header(ALLOWED_ORIGIN), answer::toString);
    assertNull(answer.header(ALLOWED_CREDENTIALS), answer::toString);
  }

  @Test
  void whatComesFromNoPageIsServedWhateverIsPermitted() {
    start(DASHBOARD);

    Answer answer = service.client().get("/health");

    assertEquals(200, answer.status());
  }

  private void start(String permitted) {
    service = DatabaseAway.start(vertx, Map.of("HTTP_CORS_ORIGINS", permitted));
  }
}
