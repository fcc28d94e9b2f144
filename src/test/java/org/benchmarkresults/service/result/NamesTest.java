package org.benchmarkresults.service.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.Json;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that do not look like file names. */
@OnDatabases
class NamesTest {
  @RegisterExtension final RunningService service;

  NamesTest(Backend backend) {
    service = RunningService.on(backend);
  }

  static Stream<String> names() {
    return Stream.of(
        "Standard Evalchemy",
        "org/bench",
        "a:b",
        "a+b",
        "100%",
        "%2F",
        "%20",
        "%zz",
        "a#b",
        "a?b",
        "a?version=2",
        "a&b=c",
        "a;b",
        "a\\b",
        "..",
        "a/../b",
        "/",
        "//",
        ".",
        "*",
        "~",
        "\"quoted\"",
        "<b>",
        "{result_name}",
        "$where",
        "a,b",
        "@2",
        "벤치마크",
        "é",
        "e\u0301",
        "\uD83E\uDD17",
        "a\u00a0",
        "a\u202e",
        " leading",
        "trailing ",
        "data",
        "versions",
        "x".repeat(512));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aNameIsReadBackByItsEncodedUrl(String name) {
    Answer saved = service.client().post("/raw_input", Bodies.withData(name, "{\"a\":1.10}"));

    Answer detail = service.client().get(Bodies.path(name));
    Answer data = service.client().get(Bodies.path(name) + "/data");
    Answer versions = service.client().get(Bodies.path(name) + "/versions");

    assertEquals(200, saved.status(), saved::toString);
    assertEquals(Bodies.resultName(name), saved.json().getString("saved_as"));
    assertEquals(200, detail.status(), detail::toString);
    assertEquals(Bodies.resultName(name), detail.json().getString("result_name"));
    assertEquals(name, detail.json().getString("benchmark_name"));
    assertEquals("{\"a\":1.10}", data.text());
    assertEquals(1, versions.array().size());
  }

  @ParameterizedTest
  @MethodSource("names")
  void theLocationCanBeFollowed(String name) {
    String body =
        "{\"benchmark_name\":\"location\",\"timestamp\":\"t\",\"run_id\":%s,\"data\":[]}"
            .formatted(Json.encode(name));
    Answer saved = service.client().post("/raw_input", body);

    Answer found = service.client().get(saved.header("Location"));

    assertEquals(200, found.status(), found::toString);
    assertEquals(name, found.json().getString("run_id"));
  }

  /** A browser encodes spaces and what is not ASCII, and leaves colons, plus and slash alone. */
  @ParameterizedTest
  @CsvSource({
    "Standard Evalchemy, Standard%20Evalchemy",
    "a:b, a:b",
    "a+b, a+b",
    "'mmlu:anatomy|5', mmlu:anatomy|5",
    "'(x)!*,;=@&$', '(x)!*,;=@&$'",
    "평가, %ED%8F%89%EA%B0%80"
  })
  void anUnencodedUrlOfTheDashboardFindsIt(String name, String inUrl) {
    service.client().post("/raw_input", Bodies.withData(name, "1"));

    Answer found = service.client().get("/raw_input/2026-04-21T12:45:25.391040Z-" + inUrl + "-run");

    assertEquals(200, found.status(), found::toString);
    assertEquals(Bodies.resultName(name), found.json().getString("result_name"));
  }

  @ParameterizedTest
  @CsvSource({"a b, a+b", "a+b, a b", "É, é", "é, e\u0301", "x, X"})
  void namesThatLookAlikeAreNotTheSame(String stored, String asked) {
    String ofThisTest = "alike " + (stored + asked).hashCode();
    service.client().post("/raw_input", Bodies.withData(ofThisTest + stored, "1"));

    Answer found = service.client().get(Bodies.path(ofThisTest + asked));

    assertEquals(404, found.status(), found::toString);
  }
}
