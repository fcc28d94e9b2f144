package org.benchmarkresults.service.contract;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths and methods, the contract and its page. */
class RoutesTest {
  @RegisterExtension final RunningService service = RunningService.on(Backend.EMBEDDED);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/raw",
        "/RAW_INPUT",
        "/health/nothing",
        "/openapi.xml",
        "/.git/config",
        "/raw_input/a/../../etc/passwd"
      })
  void anUnknownPathIsNotFound(String path) {
    Answer answer = service.client().get(path);

    requireProblem(answer, 404, "no-such-path", path);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /raw_input, GET HEAD POST",
    "DELETE, /standardized_output, GET HEAD POST",
    "HEAD, /raw_input/x/restore, POST",
    "OPTIONS, /raw_input, GET HEAD POST",
    "POST, /raw_input/x, GET HEAD PATCH DELETE",
    "DELETE, /raw_input/x/data, GET HEAD",
    "GET, /raw_input/x/restore, POST",
    "PUT, /raw_input/a%2Fb, GET HEAD PATCH DELETE",
    "PUT, /standardized_output/x/data, GET HEAD",
    "POST, /raw_input/x/versions, GET HEAD",
    "POST, /health, GET HEAD",
    "DELETE, /health/live, GET HEAD",
    "POST, /docs, GET HEAD",
    "POST, /openapi.yaml, GET HEAD",
    "FROBNICATE, /raw_input, GET HEAD POST"
  })
  void anotherMethodIsRefusedWithTheAllowedOnes(String method, String path, String allowed) {
    Answer answer =
        service.client().send(HttpMethod.valueOf(method), path, Buffer.buffer()).await();

    assertEquals(
        Set.of(allowed.split(" ")),
        Arrays.stream(String.valueOf(answer.header("Allow")).split(", "))
            .collect(Collectors.toSet()),
        answer::toString);
    if (!method.equals("HEAD")) {
      JsonObject problem = requireProblem(answer, 405, "method-not-allowed", path);
      for (String one : allowed.split(" ")) {
        assertTrue(problem.getString("detail").contains(one), answer::toString);
      }
    }
    assertEquals(405, answer.status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/raw_input/%zz", "/raw_input/%", "/raw_input/a%4", "/%e0%a4%a"})
  void aPathThatCannotBeDecodedIsRefused(String path) {
    Answer answer = service.client().get(path);

    requireProblem(answer, 400, "malformed-request", path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/raw_input/%00", "/raw_input/%ff", "/raw_input/%ED%A0%80", "/raw_input/%0a"})
  void aNameThatCannotBeIsNotFound(String path) {
    Answer answer = service.client().get(path);

    assertTrue(Set.of(400, 404).contains(answer.status()), answer::toString);
    assertEquals("application/problem+json", answer.header("Content-Type"));
  }

  @Test
  void aNameLongerThanAnyIsNotFound() {
    String path = "/raw_input/" + "x".repeat(4_000);

    Answer answer = service.client().get(path);

    requireProblem(answer, 404, "result-not-found", path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/raw_input/", "/raw_input/?a=b", "/health/"})
  void aSlashAtTheEndIsRedirectedAwayAsByThePredecessor(String path) {
    Answer answer = service.client().get(path);

    assertEquals(307, answer.status(), answer::toString);
    assertEquals(".." + path.replace("/?", "?").replaceFirst("/$", ""), answer.header("Location"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ü"})
  void anUnusableRequestIdIsRefused(String id) {
    Answer answer = service.client().get("/raw_input", "X-Request-Id", id);

    JsonObject problem = requireProblem(answer, 400, "invalid-parameter", "/raw_input");
    assertFalse(problem.getString("request_id").equals(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "text/html,application/xhtml+xml,*/*;q=0.8",
        "application/json, TEXT/HTML;q=0.1"
      })
  void aBrowserIsLedToTheDocumentation(String accept) {
    Answer answer = service.client().get("/", "Accept", accept);

    assertEquals(307, answer.status(), answer::toString);
    assertEquals("docs", answer.header("Location"));
    assertEquals(200, service.client().get(answer.header("Location")).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json", "text/html;q=0"})
  void othersAreToldWhereItIs(String accept) {
    Answer answer = service.client().get("/", "Accept", accept);

    JsonObject here = answer.json();
    assertEquals(200, service.client().get(here.getString("documentation")).status());
    assertEquals(200, service.client().get(here.getString("contract")).status());
  }

  @Test
  void theContractIsGivenInBothForms() {
    Answer yaml = service.client().get("/openapi.yaml");
    Answer json = service.client().get("/openapi.json");

    assertEquals("application/yaml", yaml.header("Content-Type"));
    assertTrue(yaml.text().startsWith("openapi: 3.1.0"), yaml::toString);
    assertEquals("3.1.0", json.json().getString("openapi"));
    assertTrue(json.json().getJsonObject("paths").containsKey("/raw_input/{result_name}/data"));
  }

  @Test
  void thePageOfTheDocumentationNeedsNothingFromElsewhere() {
    Answer page = service.client().get("/docs");

    assertTrue(page.header("Content-Type").startsWith("text/html"), page::toString);
    assertFalse(page.text().contains("http://") || page.text().contains("https://"), page::text);
    for (String asset : page.text().split("[\"']")) {
      if (asset.matches("/?docs/.*")) {
        String path = asset.startsWith("/") ? asset : "/" + asset;
        assertEquals(200, service.client().get(path).status(), path);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "swagger-ui.css, text/css",
    "swagger-ui-bundle.js, text/javascript",
    "docs.js, text/javascript",
    "docs.css, text/css",
    "favicon-32x32.png, image/png"
  })
  void eachPartOfThePageHasItsType(String asset, String type) {
    Answer answer = service.client().get("/docs/" + asset);

    assertEquals(200, answer.status(), answer::toString);
    assertEquals(type, answer.header("Content-Type"));
    assertTrue(answer.body().length() > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing.js", "..%2F..%2Flogback.xml", "swagger-ui.css.map"})
  void noOtherFileIsGiven(String asset) {
    assertEquals(404, service.client().get("/docs/" + asset).status());
  }
}
