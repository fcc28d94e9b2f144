package org.benchmarkresults.service.access;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of the dashboard, a page of another origin, from a browser. */
class CrossOriginTest {
  private static final String DASHBOARD = "http://dashboard.example:3000";
  private static final String ELSEWHERE = "http://elsewhere.example";

  @RegisterExtension final RunningService open = RunningService.on(Backend.EMBEDDED);

  @RegisterExtension
  final RunningService closed =
      RunningService.on(Backend.EMBEDDED, Map.of("HTTP_CORS_ORIGINS", DASHBOARD));

  private static Answer preflight(RunningService service, String method, String origin) {
    return service
        .client()
        .send(
            HttpMethod.OPTIONS,
            "/raw_input/x",
            Buffer.buffer(),
            "Origin",
            origin,
            "Access-Control-Request-Method",
            method,
            "Access-Control-Request-Headers",
            "content-type, x-api-key")
        .await();
  }

  /** The dashboard sends a Content-Type with GET, so the browser asks first. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void everyPageMayRead(String method) {
    Answer answer = preflight(open, method, DASHBOARD);

    assertEquals(204, answer.status(), answer::toString);
    assertEquals("*", answer.header("Access-Control-Allow-Origin"));
    assertNull(answer.header("Access-Control-Allow-Credentials"));
    assertEquals("600", answer.header("Access-Control-Max-Age"));
    assertEquals("GET, HEAD", answer.header("Access-Control-Allow-Methods"));
    assertEquals("content-type, x-api-key", answer.header("Access-Control-Allow-Headers"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE", "PUT", "PATCH", "post"})
  void aPageOfAnotherOriginMayNotWrite(String method) {
    for (String origin :
        List.of(ELSEWHERE, "null", "file://", "http://127.0.0.1", "chrome-extension://abc")) {
      Answer answer = preflight(open, method, origin);

      requireProblem(answer, 403, "origin-refused", "/raw_input/x");
      assertNull(answer.header("Access-Control-Allow-Methods"), answer::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "HEAD", "DELETE"})
  void aPageOfANamedOriginMayDoEverything(String method) {
    Answer answer = preflight(closed, method, DASHBOARD);

    assertEquals(204, answer.status(), answer::toString);
    assertEquals(DASHBOARD, answer.header("Access-Control-Allow-Origin"));
    assertEquals("true", answer.header("Access-Control-Allow-Credentials"));
    assertEquals(
        "GET, HEAD, POST, PUT, PATCH, DELETE", answer.header("Access-Control-Allow-Methods"));
    assertEquals(403, preflight(closed, method, ELSEWHERE).status());
  }

  /** None of these needs a preflight. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "text/plain", "application/x-www-form-urlencoded", "application/json"})
  void whatAPageOfAnotherOriginSendsIsNotStoredByDefault(String type) {
    for (String[] page :
        List.of(
            new String[] {"Origin", ELSEWHERE},
            new String[] {"Origin", "null"},
            new String[] {"Origin", ELSEWHERE, "Sec-Fetch-Site", "same-site"},
            new String[] {"Sec-Fetch-Site", "cross-site"})) {
      List<String> headers = new ArrayList<>(List.of(page));
      if (!type.isEmpty()) {
        headers.addAll(List.of("Content-Type", type));
      }
      Buffer body = Buffer.buffer(Bodies.withData("by a page", "1"));
      Answer answer =
          open.client()
              .send(HttpMethod.POST, "/raw_input", body, headers.toArray(String[]::new))
              .await();

      requireProblem(answer, 403, "origin-refused", "/raw_input");
    }
    assertEquals(404, open.client().get(Bodies.path("by a page")).status());
  }

  @Test
  void aPageOfAnotherOriginDeletesNothing() {
    open.client().post("/raw_input", Bodies.withData("kept", "1"));

    Answer answer =
        open.client()
            .send(HttpMethod.DELETE, Bodies.path("kept"), Buffer.buffer(), "Origin", ELSEWHERE)
            .await();

    requireProblem(answer, 403, "origin-refused", Bodies.path("kept"));
    assertEquals(200, open.client().get(Bodies.path("kept")).status());
  }

  /** Its own documentation, or a page that a proxy serves beside it. */
  @Test
  void theServicesOwnPagesMayDoEverythingWhateverIsNamed() {
    for (RunningService service : List.of(open, closed)) {
      String own = "http://127.0.0.1:" + service.port();
      for (String[] headers :
          List.of(
              new String[] {"Origin", own},
              new String[] {"Origin", own.toUpperCase(Locale.ROOT)},
              new String[] {"Origin", "https://results.example", "Sec-Fetch-Site", "same-origin"},
              new String[] {
                "Origin", "https://results.example",
                "X-Forwarded-Proto", "https",
                "X-Forwarded-Host", "results.example:443, inner"
              })) {
        Answer answer = service.client().post("/raw_input", Bodies.withData("own", "1"), headers);

        assertEquals(200, answer.status(), answer::toString);
      }
      assertEquals(
          403,
          service
              .client()
              .post(
                  "/raw_input", Bodies.withData("own", "2"), "Origin", own.replaceFirst("\\d$", ""))
              .status());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/raw_input", "/raw_input/nothing", "/nothing", "/health", "/raw_input/%"})
  void everyAnswerMayBeRead(String path) {
    Answer answer = open.client().get(path, "Origin", DASHBOARD);

    assertEquals("*", answer.header("Access-Control-Allow-Origin"), answer::toString);
    assertTrue(answer.header("Access-Control-Expose-Headers").contains("ETag"), answer::toString);
  }

  @Test
  void aRefusalMayBeReadToo() {
    Answer answer = open.client().post("/raw_input", "{", "Origin", DASHBOARD);

    assertEquals(403, answer.status());
    assertEquals("*", answer.header("Access-Control-Allow-Origin"), answer::toString);
  }

  @Test
  void whatAPageOfAnotherOriginSendsIsNotStored() {
    Answer answer =
        closed.client().post("/raw_input", Bodies.withData("elsewhere", "1"), "Origin", ELSEWHERE);

    requireProblem(answer, 403, "origin-refused", "/raw_input");
    assertEquals(404, closed.client().get(Bodies.path("elsewhere")).status());
  }
}
