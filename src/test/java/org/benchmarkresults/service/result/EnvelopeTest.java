package org.benchmarkresults.service.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The members beside the data. */
@OnMongod
class EnvelopeTest {
  @RegisterExtension final RunningService service;

  EnvelopeTest(Backend backend) {
    service = RunningService.on(backend);
  }

  private JsonObject detailOf(Answer saved) {
    assertEquals(200, saved.status(), saved::toString);
    return service.client().get(saved.header("Location")).json();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"run_id\":null,",
        "\"run_id\":\"\",",
        "\"run_id\":\"  \",",
        "\"run_id\":\"\u00a0\u200b\u3000\","
      })
  void aMissingRunIdIsMadeOfTheEnvelope(String runId) {
    String body =
        "{%s\"benchmark_name\":\"no id %d\",\"timestamp\":\"t\",\"data\":1}"
            .formatted(runId, runId.length());

    Answer first = service.client().post("/raw_input", body);
    Answer second = service.client().post("/raw_input", body);
    Answer standardized =
        service.client().post("/standardized_output", body.replace("\"data\":1", "\"data\":2"));
    Answer line =
        service
            .client()
            .send(
                HttpMethod.POST,
                "/raw_input",
                Buffer.buffer(body + "\n"),
                "Content-Type",
                "application/x-ndjson")
            .await();

    UUID made = UUID.fromString(first.json().getString("run_id"));
    assertEquals(5, made.version());
    assertEquals(2, made.variant());
    assertEquals(made.toString(), detailOf(first).getString("run_id"));
    assertEquals("already_stored", second.json().getString("outcome"));
    for (Answer other : new Answer[] {second, standardized, line}) {
      assertEquals(
          first.json().getString("saved_as"), other.json().getString("saved_as"), other::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "benchmark_name, \" \", must not consist of blanks alone",
    "benchmark_name, \"\u2003\u200b\", must not consist of blanks alone",
    "timestamp, \"   \", must not consist of blanks alone",
    "benchmark_name, \"a\\tb\", must not contain control characters",
    "timestamp, \"2026\\n\", must not contain control characters",
    "run_id, \"\\u007f\", must not contain control characters",
  })
  void aNameInWhichNothingCanBeSeenIsRefusedInWords(String member, String value, String why) {
    JsonObject body =
        new JsonObject("{\"benchmark_name\":\"b\",\"timestamp\":\"t\",\"data\":1}")
            .put(member, new JsonObject("{\"v\":" + value + "}").getString("v"));

    Answer answer = service.client().post("/raw_input", body.encode());

    assertEquals(422, answer.status(), answer::toString);
    assertEquals(member + ": " + why, answer.json().getString("detail"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"model_id\":null,\"tokenizer_id\":null,\"source\":null"})
  void modelTokenizerAndSourceMayBeMissing(String members) {
    Answer saved =
        service
            .client()
            .post(
                "/raw_input",
                Bodies.withMembers("sparse" + members.length(), "\"data\":1" + members));

    JsonObject detail = detailOf(saved);

    for (String member : new String[] {"model_id", "tokenizer_id", "source"}) {
      assertTrue(detail.containsKey(member), detail::encode);
      assertNull(detail.getValue(member));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-04-21T12:45:25.391040Z, 2026-04-21T12:45:25.391Z",
    "2025-08-06T12:00:00.123456+00:00Z, 2025-08-06T12:00:00.123Z",
    "2025-08-06T14:00:00+02:00, 2025-08-06T12:00:00.000Z",
    "2025-08-06T12:00:00, 2025-08-06T12:00:00.000Z",
    "20250806-120000, 2025-08-06T12:00:00.000Z",
    "1745239525.39104, 2025-04-21T12:45:25.391Z",
    "yesterday, "
  })
  void aTimestampIsKeptAsTextAndUnderstoodIfItCanBe(String timestamp, String instant) {
    Answer saved =
        service
            .client()
            .post(
                "/raw_input",
                "{\"benchmark_name\":\"time\",\"run_id\":\"r\",\"timestamp\":\"%s\",\"data\":1}"
                    .formatted(timestamp));

    JsonObject detail = detailOf(saved);

    assertEquals(timestamp + "-time-r", saved.json().getString("saved_as"));
    assertEquals(instant, saved.json().getString("instant"));
    assertTrue(saved.json().containsKey("instant"));
    assertEquals(timestamp, detail.getString("timestamp"));
    assertEquals(instant, detail.getString("instant"));
  }

  @ParameterizedTest
  @CsvSource({
    "1745239525, 2025-04-21T12:45:25.000Z",
    "1745239525.391040, 2025-04-21T12:45:25.391Z",
    "1.745239525e9, 2025-04-21T12:45:25.000Z",
    "1e400, "
  })
  void aNumericTimestampIsEpochSecondsAndKeepsItsDigits(String number, String instant) {
    Answer saved =
        service
            .client()
            .post(
                "/raw_input",
                "{\"benchmark_name\":\"epoch\",\"run_id\":\"r\",\"timestamp\":%s,\"data\":1}"
                    .formatted(number));

    JsonObject detail = detailOf(saved);

    assertEquals(number + "-epoch-r", saved.json().getString("saved_as"));
    assertEquals(number, detail.getString("timestamp"));
    assertEquals(instant, detail.getString("instant"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"tasks\":\"aime24\"",
        "\"config\":{ \"temperature\" : 1.10, \"$oid\":[1e400] }",
        "\"\":1",
        "\"a.b\":2",
        "\"$set\":{\"x\":1}",
        "\"nul\":\"\\u0000\"",
        "\"한국어\":\"평가\"",
        "\"_id\":9223372036854775808",
        "\"__proto__\":null"
      })
  void furtherMembersComeBackAsTheyWereSent(String member) {
    String name = "further " + member;
    service.client().post("/raw_input", Bodies.withMembers(name, member + ",\"data\":1"));

    Answer detail = service.client().get(Bodies.path(name));
    Answer list = service.client().get("/raw_input");

    assertTrue(detail.text().contains("," + member + ","), detail::toString);
    assertTrue(list.text().contains("," + member + "}"), () -> "no " + member + " in the list");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pk",
        "version",
        "size",
        "digest",
        "instant",
        "received_at",
        "first_received_at",
        "result_name",
        "non_finite",
        "extra"
      })
  void aMemberWithANameOfTheServicesOwnComesBackInExtra(String member) {
    String name = "own " + member;
    String sent = "\"%s\":{\"mine\":1.10}".formatted(member);
    service.client().post("/raw_input", Bodies.withMembers(name, sent + ",\"data\":1"));

    Answer detail = service.client().get(Bodies.path(name));

    assertTrue(detail.text().contains("\"extra\":{" + sent + "}"), detail::toString);
    assertEquals(name, detail.json().getString("benchmark_name"));
    assertEquals(1, detail.json().getInteger("data"));
  }

  @Test
  void nonFiniteNumbersInFurtherMembersAreNull() {
    service
        .client()
        .post("/raw_input", Bodies.withMembers("nan beside", "\"rate\":[Infinity],\"data\":1"));

    Answer detail = service.client().get(Bodies.path("nan beside"));

    assertTrue(detail.text().contains("\"rate\":[null]"), detail::toString);
  }

  @Test
  void membersMayStandInAnyOrder() {
    Answer saved =
        service
            .client()
            .post(
                "/raw_input",
                " {\"data\" : [ 1.10 ] ,\n\"timestamp\":\"t\",\"extra\":0,\"run_id\":\"r\","
                    + "\"benchmark_name\":\"order\"}\r\n");

    Answer data = service.client().get("/raw_input/t-order-r/data");

    assertEquals(200, saved.status(), saved::toString);
    assertEquals("[ 1.10 ]", data.text());
  }

  @Test
  void escapesInTheEnvelopeAreRead() {
    String body =
        "{\"benchmark\\u005fname\":\"\\ud55c\\u00e9\\/\\ud83e\\udd17\",\"timestamp\":\"t\","
            + "\"run_id\":\"r\",\"d\\u0061ta\":1}";

    Answer saved = service.client().post("/raw_input", body);

    assertEquals(200, saved.status(), saved::toString);
    assertEquals("t-한é/\uD83E\uDD17-r", saved.json().getString("saved_as"));
  }

  @Test
  void aChangedEnvelopeMakesANewVersionAndTheEarlierKeepsItsOwn() {
    service.client().post("/raw_input", Bodies.withMembers("mend", "\"tasks\":1,\"data\":1"));

    Answer saved =
        service.client().post("/raw_input", Bodies.withMembers("mend", "\"tasks\":2,\"data\":1"));

    assertEquals("new_version", saved.json().getString("outcome"));
    assertEquals(2, detailOf(saved).getInteger("tasks"));
    JsonObject first = service.client().get(Bodies.path("mend") + "?version=1").json();
    assertEquals(1, first.getInteger("tasks"));
  }

  @Test
  void aByteOrderMarkBeforeTheBodyIsAccepted() {
    Answer saved =
        service.client().post("/raw_input", "\ufeff" + Bodies.withData("marked", "\"x\""));

    assertEquals(200, saved.status(), saved::toString);
    assertEquals("\"x\"", service.client().get(Bodies.path("marked") + "/data").text());
  }

  @Test
  void theLongestNamesAreReadBack() {
    String longest = "한".repeat(512);
    String body =
        "{\"benchmark_name\":%1$s,\"run_id\":%1$s,\"timestamp\":%2$s,\"data\":1}"
            .formatted(Json.encode(longest), Json.encode("t".repeat(128)));

    Answer saved = service.client().post("/raw_input", body);

    assertEquals(longest, detailOf(saved).getString("run_id"));
  }
}
