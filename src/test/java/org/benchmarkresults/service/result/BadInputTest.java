package org.benchmarkresults.service.result;

import static org.benchmarkresults.service.Problems.pointers;
import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that cannot be served are refused with what is wrong with them. */
class BadInputTest {
  private static final String VALID =
      "{\"benchmark_name\":\"b\",\"timestamp\":\"t\",\"run_id\":\"r\",\"data\":{}}";

  @RegisterExtension final RunningService service = RunningService.on(Backend.EMBEDDED);

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,}                  @ 7",
        "{\"a\":tru}                 @ 5",
        "{\"a\":1 \"b\":2}           @ 7",
        "{'a':1}                     @ 1",
        "{\"a\":01}                  @ 6",
        "{\"a\":1.}                  @ 7",
        "{\"a\":.5}                  @ 5",
        "{\"a\":+1}                  @ 5",
        "{\"a\":\"\\x\"}             @ 7",
        "{\"a\":\"\\u12G4\"}         @ 10",
        "{\"a\":[1,2}                @ 9",
        "{\"a\":1}}                  @ 7",
        "{\"a\":1}{}                 @ 7",
        "{\"a\":1} x                 @ 8",
        "{/**/}                      @ 1",
        "nonsense                    @ 0"
      })
  void brokenJsonIsRefusedWithTheOffset(String body, int offset) {
    Answer answer = service.client().post("/raw_input", body.strip());

    JsonObject problem = requireProblem(answer, 400, "broken-json", "/raw_input");
    assertEquals(offset, problem.getInteger("offset"), answer::toString);
    assertTrue(problem.getString("detail").contains("Byte " + offset), answer::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{", "{\"a\"", "{\"a\":", "{\"a\":[1,", "{\"a\":\"x", "{\"a\":1"})
  void jsonThatEndsTooEarlyIsRefusedWithItsEnd(String body) {
    Answer answer = service.client().post("/raw_input", body);

    JsonObject problem = requireProblem(answer, 400, "broken-json", "/raw_input");
    assertEquals(body.length(), problem.getInteger("offset"), answer::toString);
  }

  @Test
  void offsetsCountBytesFromTheStartOfTheBody() {
    String before = "\ufeff{\"한\":1,\"data\":[\n1,";
    int bytes = before.getBytes(StandardCharsets.UTF_8).length;

    Answer answer = service.client().post("/raw_input", before + "?]}");

    JsonObject problem = requireProblem(answer, 400, "broken-json", "/raw_input");
    assertEquals(bytes, problem.getInteger("offset"), answer::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7b2264617461223a22ff227d",
        "7b2264617461223a22c0af227d",
        "7b2264617461223a22eda080227d",
        "7b2264617461223a22f4908080227d",
        "7b2264617461223a22c3227d"
      })
  void bytesThatAreNoUtf8AreRefusedWithTheOffset(String hex) {
    Buffer body = Buffer.buffer(HexFormat.of().parseHex(hex));

    Answer answer = service.client().post("/raw_input", body);

    JsonObject problem = requireProblem(answer, 400, "broken-json", "/raw_input");
    assertEquals(9, problem.getInteger("offset"), answer::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
  void otherEncodingsAreRefused(String charset) throws Exception {
    Answer answer = service.client().post("/raw_input", Buffer.buffer(VALID.getBytes(charset)));

    JsonObject problem = requireProblem(answer, 400, "broken-json", "/raw_input");
    assertTrue(problem.getString("detail").contains("UTF-8"), answer::toString);
  }

  @Test
  void rawControlCharactersInTextsAreRefused() {
    Answer answer = service.client().post("/raw_input", Bodies.withData("b", "\"a\nb\""));

    requireProblem(answer, 400, "broken-json", "/raw_input");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INF", "-INF", "+Infinity", "nan", "infinity", "NaNs", "-NaN", "Infinit"})
  void otherWordsForNumbersAreRefused(String word) {
    Answer answer = service.client().post("/raw_input", Bodies.withData("b", "[" + word + "]"));

    requireProblem(answer, 400, "broken-json", "/raw_input");
  }

  @Test
  void halfASurrogatePairInTheNameOfAMemberIsRefused() {
    Answer answer = service.client().post("/raw_input", Bodies.withData("b", "{\"\\ud83d\":1}"));

    assertEquals(Set.of(400), Set.of(answer.status()), answer::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      value = {
        "{\"timestamp\":\"t\",\"data\":1}                                      @ /benchmark_name",
        "{\"benchmark_name\":\"b\",\"data\":1}                                 @ /timestamp",
        "{\"benchmark_name\":\"b\",\"timestamp\":\"t\"}                        @ /data",
        "{\"benchmark_name\":\"\",\"timestamp\":\"t\",\"data\":1}              @ /benchmark_name",
        "{\"benchmark_name\":null,\"timestamp\":\"t\",\"data\":1}              @ /benchmark_name",
        "{\"benchmark_name\":1,\"timestamp\":\"t\",\"data\":1}                 @ /benchmark_name",
        "{\"benchmark_name\":[],\"timestamp\":\"t\",\"data\":1}                @ /benchmark_name",
        "{\"benchmark_name\":\"\\u0000\",\"timestamp\":\"t\",\"data\":1}       @ /benchmark_name",
        "{\"benchmark_name\":\"\\ud83d\",\"timestamp\":\"t\",\"data\":1}       @ /benchmark_name",
        "{\"benchmark_name\":\"b\",\"timestamp\":\"\",\"data\":1}              @ /timestamp",
        "{\"benchmark_name\":\"b\",\"timestamp\":null,\"data\":1}              @ /timestamp",
        "{\"benchmark_name\":\"b\",\"timestamp\":true,\"data\":1}              @ /timestamp",
        "{\"benchmark_name\":\"b\",\"timestamp\":{},\"data\":1}                @ /timestamp",
        "{\"benchmark_name\":\"b\",\"timestamp\":NaN,\"data\":1}               @ /timestamp",
        "{\"benchmark_name\":\"b\",\"timestamp\":\"a\\nb\",\"data\":1}         @ /timestamp",
        "{\"benchmark_name\":\"b\",\"timestamp\":\"t\",\"run_id\":1,\"data\":1}     @ /run_id",
        "{\"benchmark_name\":\"b\",\"timestamp\":\"t\",\"run_id\":\"\\t\",\"data\":1} @ /run_id",
        "{\"benchmark_name\":\"b\",\"timestamp\":\"t\",\"model_id\":1,\"data\":1}   @ /model_id",
        "{\"benchmark_name\":\"b\",\"timestamp\":\"t\",\"tokenizer_id\":[],\"data\":1} @ /tokenizer_id",
        "{\"benchmark_name\":\"b\",\"timestamp\":\"t\",\"source\":false,\"data\":1} @ /source",
        "{\"benchmark_name\":\"b\",\"timestamp\":\"t\",\"data\":1,\"data\":1}       @ /data",
        "{\"benchmark_name\":\"b\",\"timestamp\":\"t\",\"a/b~\":1,\"a/b~\":1,\"data\":1} @ /a~1b~0"
      })
  void aMissingOrWrongMemberIsNamed(String body, String pointer) {
    Answer answer = service.client().post("/raw_input", body.strip());

    JsonObject problem = requireProblem(answer, 422, "invalid-member", "/raw_input");
    assertEquals(List.of(pointer), pointers(problem), answer::toString);
  }

  @Test
  void allMembersAtFaultAreNamedAtOnce() {
    Answer answer = service.client().post("/raw_input", "{\"run_id\":1,\"source\":2,\"data\":3}");

    JsonObject problem = requireProblem(answer, 422, "invalid-member", "/raw_input");
    assertEquals(
        Set.of("/benchmark_name", "/timestamp", "/run_id", "/source"),
        Set.copyOf(pointers(problem)));
  }

  @ParameterizedTest
  @CsvSource({
    "benchmark_name, 513",
    "run_id, 513",
    "timestamp, 129",
    "model_id, 4097",
    "source, 4097"
  })
  void aMemberThatIsTooLongIsNamed(String member, int length) {
    JsonObject body = new JsonObject(VALID).put(member, "x".repeat(length));

    Answer answer = service.client().post("/raw_input", body.encode());

    JsonObject problem = requireProblem(answer, 422, "invalid-member", "/raw_input");
    assertEquals(List.of("/" + member), pointers(problem));
    assertTrue(
        problem.getString("detail").contains(Integer.toString(length - 1)), answer::toString);
  }

  /** Escaped it takes six times its length in bytes. */
  @Test
  void theLongestMemberIsKeptAsItIs() {
    String escaped = "\\ud83e\\udd17".repeat(2_048);
    String body =
        "{\"benchmark_name\":\"longest\",\"timestamp\":\"t\",\"run_id\":\"r\",\"data\":1,\"model_id\":\""
            + escaped
            + "\"}";

    Answer answer = service.client().post("/raw_input", body);

    assertEquals(200, answer.status(), answer::toString);
    assertEquals(
        "\uD83E\uDD17".repeat(2_048),
        service.client().get("/raw_input/t-longest-r").json().getString("model_id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "1", "\"text\"", "NaN", "[{\"data\":1}]"})
  void aBodyThatIsNoObjectIsRefused(String body) {
    Answer answer = service.client().post("/raw_input", body);

    JsonObject problem = requireProblem(answer, 422, "invalid-member", "/raw_input");
    assertEquals(List.of(""), pointers(problem));
  }

  @Test
  void furtherMembersOfMoreThanAQuarterMebibyteAreRefused() {
    String wide = "\"wide\":\"" + "x".repeat(256 << 10) + "\",\"data\":1";

    Answer answer = service.client().post("/raw_input", Bodies.withMembers("b", wide));

    JsonObject problem = requireProblem(answer, 422, "invalid-member", "/raw_input");
    assertEquals(List.of("/wide"), pointers(problem));
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, ",
    "application/xml, ",
    "multipart/form-data; boundary=x, ",
    "nonsense, ",
    "application/json; charset=utf-16, ",
    "application/x-www-form-urlencoded, "
  })
  void anotherMediaTypeIsRefused(String type, String encoding) {
    String[] headers =
        encoding == null
            ? new String[] {"Content-Type", type}
            : new String[] {"Content-Type", type, "Content-Encoding", encoding};

    Answer answer =
        service.client().send(HttpMethod.POST, "/raw_input", Buffer.buffer(VALID), headers).await();

    requireProblem(answer, 415, "unsupported-media-type", "/raw_input");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-8",
        "APPLICATION/JSON",
        "application/json;charset=\"UTF-8\"",
        "application/json ; charset=utf8"
      })
  void jsonByAnyNameIsAccepted(String type) {
    Answer answer =
        service
            .client()
            .send(HttpMethod.POST, "/raw_input", Buffer.buffer(VALID), "Content-Type", type)
            .await();

    assertEquals(200, answer.status(), answer::toString);
  }

  @Test
  void aBodyWithoutATypeIsTakenForJson() {
    Answer answer =
        service.client().send(HttpMethod.POST, "/raw_input", Buffer.buffer(VALID)).await();

    assertEquals(200, answer.status(), answer::toString);
  }

  @ParameterizedTest
  @CsvSource({"[, ]", "'{\"a\":', }", "'[{\"a\":', }]"})
  void nestingDeeperThanTheLimitIsRefused(String open, String close) {
    int levels = open.length() == 1 || open.startsWith("{") ? 513 : 257;
    String deep = open.repeat(levels) + "1" + close.repeat(levels);

    Answer answer = service.client().post("/raw_input", Bodies.withData("b", deep));

    JsonObject problem = requireProblem(answer, 400, "nested-too-deep", "/raw_input");
    assertEquals(512, problem.getInteger("limit"));
  }

  @Test
  void nestingAsDeepAsTheLimitIsStored() {
    String deep = "[".repeat(511) + "]".repeat(511);

    Answer answer = service.client().post("/raw_input", Bodies.withData("deep", deep));

    assertEquals(200, answer.status(), answer::toString);
    assertEquals(deep, service.client().get(Bodies.path("deep") + "/data").text());
  }

  @ParameterizedTest
  @ValueSource(ints = {100_000, 20_000_000})
  void nestingWithoutEndIsRefused(int levels) {
    Answer answer = service.client().post("/raw_input", Bodies.withData("b", "[".repeat(levels)));

    requireProblem(answer, 400, "nested-too-deep", "/raw_input");
  }

  @Test
  void aRefusedResultIsNotStored() {
    service.client().post("/raw_input", Bodies.withMembers("refused", "\"data\":1,\"source\":2"));
    service.client().post("/raw_input", Bodies.withData("refused", "{\"a\":1,}"));

    assertEquals(404, service.client().get(Bodies.path("refused")).status());
  }
}
