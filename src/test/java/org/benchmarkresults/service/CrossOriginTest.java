package org.benchmarkresults.service;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Map;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dashboard, a page of another origin, needs to call the service from a browser. */
class CrossOriginTest {
  private static final String DASHBOARD = "http://dashboard.example:3000";
  private static final String ELSEWHERE = "http://elsewhere.example";

  @RegisterExtension final RunningService open = RunningService.on(Backend.EMBEDDED);

  @RegisterExtension
  final RunningService closed =
      RunningService.on(Backend.EMBEDDED, Map.of("HTTP_CORS_ORIGINS", DASHBOARD));

  /** The dashboard sends a Content-Type with GET, so the browser asks first. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "HEAD", "DELETE"})
  void thePreflightIsGranted(String method) {
    Answer answer =
        open.client()
            .send(
                HttpMethod.OPTIONS,
                "/raw_input/x",
                Buffer.buffer(),
                "Origin",
                DASHBOARD,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                "content-type")
            .await();

    assertEquals(2, answer.status() / 100, answer::toString);
    assertEquals("*", answer.header("Access-Control-Allow-Origin"));
    assertEquals("600", answer.header("Access-Control-Max-Age"));
    assertTrue(answer.header("Access-Control-Allow-Methods").contains(method), answer::toString);
    assertTrue(
        answer
            .header("Access-Control-Allow-Headers")
            .toLowerCase(Locale.ROOT)
            .contains("content-type"),
        answer::toString);
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

    assertEquals(400, answer.status());
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
