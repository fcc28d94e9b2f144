package org.benchmarkresults.service.result;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Problems;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading with conditions, without a body, and earlier versions. */
@OnMongod
class ReadingTest {
  private static final String PATH = Bodies.path("reading");

  @RegisterExtension final RunningService service;

  ReadingTest(Backend backend) {
    service = RunningService.on(backend);
  }

  @BeforeEach
  void saveTwoVersions() {
    service.client().post("/raw_input", Bodies.withData("reading", "{\"v\":1}"));
    service.client().post("/raw_input", Bodies.withData("reading", "{\"v\":2.10}"));
  }

  @ParameterizedTest
  @CsvSource({"'', %s", "'', W/%s", "'', '\"other\" , %s'", "'', *", "/data, %s", "/data, *"})
  void aReaderWhoHasItGetsNoBody(String part, String condition) {
    String tag = service.client().get(PATH + part).header("ETag");

    Answer answer = service.client().get(PATH + part, "If-None-Match", condition.formatted(tag));

    assertEquals(304, answer.status(), answer::toString);
    assertEquals(0, answer.body().length());
    assertEquals(tag, answer.header("ETag"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/data"})
  void aReaderWhoHasAnEarlierVersionGetsTheNewest(String part) {
    String tag = service.client().get(PATH + part + "?version=1").header("ETag");

    Answer answer = service.client().get(PATH + part, "If-None-Match", tag);

    assertEquals(200, answer.status(), answer::toString);
    assertNotEquals(tag, answer.header("ETag"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/data", "?version=1", "/data?version=1"})
  void headHasTheHeadersOfGetAndNoBody(String part) {
    Answer got = service.client().get(PATH + part);

    Answer answer = service.client().head(PATH + part);

    assertEquals(200, answer.status(), answer::toString);
    assertEquals(0, answer.body().length());
    for (String name : List.of("ETag", "Last-Modified", "Content-Type", "Cache-Control")) {
      assertEquals(got.header(name), answer.header(name), name);
    }
  }

  @Test
  void headOfTheDataTellsItsLength() {
    Answer answer = service.client().head(PATH + "/data");

    assertEquals("10", answer.header("Content-Length"));
  }

  @Test
  void headOfNothingHasNoBody() {
    Answer answer = service.client().head("/raw_input/nothing");

    assertEquals(404, answer.status(), answer::toString);
    assertEquals(0, answer.body().length());
  }

  @Test
  void headWithAConditionIsNotModified() {
    String tag = service.client().head(PATH).header("ETag");

    Answer answer = service.client().head(PATH, "If-None-Match", tag);

    assertEquals(304, answer.status(), answer::toString);
  }

  @ParameterizedTest
  @CsvSource({"'', 2, 2.10", "?version=1, 1, 1", "?version=2, 2, 2.10"})
  void eachVersionIsReadByItsNumber(String query, int version, String value) {
    Answer detail = service.client().get(PATH + query);
    Answer data = service.client().get(PATH + "/data" + query);

    assertEquals(version, detail.json().getInteger("version"));
    assertEquals("{\"v\":" + value + "}", data.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "2147483647"})
  void aVersionThatIsNotThereIsNotFound(String version) {
    Answer answer = service.client().get(PATH + "?version=" + version);

    requireProblem(answer, 404, "result-not-found", PATH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "", "1.0", "1e0", "2147483648", "99999999999999999999"})
  void aVersionThatCannotBeIsRefused(String version) {
    Answer answer = service.client().get(PATH + "?version=" + version);

    JsonObject problem = requireProblem(answer, 400, "invalid-parameter", PATH);
    assertEquals(List.of("version"), Problems.pointers(problem));
  }

  @Test
  void theFirstLocationStaysTheFirstVersion() {
    Answer first = service.client().post("/raw_input", Bodies.withData("reading", "{\"v\":1}"));

    Answer found = service.client().get(first.header("Location"));

    assertEquals("already_stored", first.json().getString("outcome"));
    assertEquals(1, found.json().getInteger("version"));
    assertEquals(first.header("ETag"), found.header("ETag"));
  }

  @Test
  void theRequestIdOfTheCallerIsGivenBack() {
    Answer answer = service.client().get(PATH, "X-Request-Id", "my-id.1:2_3");

    assertEquals("my-id.1:2_3", answer.header("X-Request-Id"));
  }

  @Test
  void requestsWithoutAnIdGetOneEach() {
    String first = service.client().get(PATH).header("X-Request-Id");
    String second = service.client().get(PATH).header("X-Request-Id");

    assertTrue(first.matches("[0-9a-f-]{36}"), first);
    assertNotEquals(first, second);
  }

  @Test
  void onSavingAStarRefusesANewVersion() {
    String first = Bodies.withData("once", "1");
    Answer stored = service.client().post("/raw_input", first, "If-None-Match", "*");
    Answer same = service.client().post("/raw_input", first, "If-None-Match", "*");

    Answer other =
        service.client().post("/raw_input", Bodies.withData("once", "2"), "If-None-Match", "*");

    assertEquals("stored", stored.json().getString("outcome"));
    assertEquals("already_stored", same.json().getString("outcome"));
    requireProblem(other, 412, "version-refused", "/raw_input");
    assertEquals("1", service.client().get(Bodies.path("once") + "/data").text());
  }
}
