package org.benchmarkresults.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Map;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages of a browser may call the service. */
class CorsTest {
  private static final String DASHBOARD = "http://dashboard.example:3000";

  private static Answer preflight(RunningService service, String origin, String method) {
    return service
        .client()
        .send(
            HttpMethod.OPTIONS,
            "/raw_input/x",
            Buffer.buffer(),
            "Origin", origin,
            "Access-Control-Request-Method", method,
            "Access-Control-Request-Headers", "content-type")
        .await();
  }

  /** The default. */
  @Nested
  class AnyOrigin {
    @RegisterExtension final RunningService service = RunningService.on(Backend.EMBEDDED);

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "HEAD"})
    void aPreflightOfTheDashboardIsGranted(String method) {
      Answer answer = preflight(service, DASHBOARD, method);

      assertEquals(2, answer.status() / 100, answer::toString);
      assertEquals("*", answer.header("Access-Control-Allow-Origin"));
      assertTrue(
          answer.header("Access-Control-Allow-Methods").contains(method), answer::toString);
      assertTrue(
          answer.header("Access-Control-Allow-Headers").toLowerCase(Locale.ROOT)
              .contains("content-type"),
          answer::toString);
      assertEquals("600", answer.header("Access-Control-Max-Age"));
    }

    @Test
    void noCredentialsAreAskedOfAPageOfAnywhere() {
      Answer answer = preflight(service, DASHBOARD, "GET");

      assertNull(answer.header("Access-Control-Allow-Credentials"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/raw_input", "/raw_input/nothing", "/nothing", "/health"})
    void everyAnswerMayBeReadByThePage(String path) {
      Answer answer = service.client().get(path, "Origin", DASHBOARD);

      assertEquals("*", answer.header("Access-Control-Allow-Origin"), answer::toString);
      assertTrue(
          answer.header("Access-Control-Expose-Headers").contains("ETag"), answer::toString);
    }

    @Test
    void aRefusalMayBeReadByThePageToo() {
      Answer answer = service.client().post("/raw_input", "{", "Origin", DASHBOARD);

      assertEquals(400, answer.status());
      assertEquals("*", answer.header("Access-Control-Allow-Origin"), answer::toString);
    }
  }

  @Nested
  class NamedOrigins {
    @RegisterExtension
    final RunningService service =
        RunningService.on(
            Backend.EMBEDDED,
            Map.of("HTTP_CORS_ORIGINS", "https://other.example, " + DASHBOARD));

    @Test
    void aNamedOriginIsGrantedWithCredentials() {
      Answer answer = preflight(service, DASHBOARD, "POST");

      assertEquals(2, answer.status() / 100, answer::toString);
      assertEquals(DASHBOARD, answer.header("Access-Control-Allow-Origin"));
      assertEquals("true", answer.header("Access-Control-Allow-Credentials"));
    }

    @Test
    void anotherOriginIsNotGranted() {
      Answer answer = preflight(service, "https://elsewhere.example", "POST");

      assertNull(answer.header("Access-Control-Allow-Origin"), answer::toString);
    }

    @Test
    void aRequestOfAnotherOriginIsNotServed() {
      Answer answer =
          service
              .client()
              .post("/raw_input", Bodies.withData("x", "1"), "Origin", "https://elsewhere.example");

      assertEquals(4, answer.status() / 100, answer::toString);
      assertEquals(404, service.client().get(Bodies.path("x")).status());
    }
  }
}
