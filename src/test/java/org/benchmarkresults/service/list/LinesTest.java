package org.benchmarkresults.service.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Lists;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists as JSON lines, which hold what was sent and can be sent again. */
@OnMongod
class LinesTest {
  private static final String[] LINES = {"Accept", "application/x-ndjson"};

  /** Some chunks of 255 KiB. */
  private static final int LARGE = 900_000;

  private static final Map<String, String> DATA = new LinkedHashMap<>();

  static {
    DATA.put("number", "-1.10e+005");
    DATA.put("text", "\"a \\u00e9 \\ud800 {\"");
    DATA.put("text like an object", "\"{not json\"");
    DATA.put("null", "null");
    DATA.put("duplicates", "{\"a\":1,\"a\":2}");
    DATA.put("non-finite", "{\"a\":[NaN,-Infinity]}");
    DATA.put("pretty", "{\n  \"a\" : [ 1.0,\r\n\t\"\\\\ \\\" \\n\" ]\n}");
    DATA.put("pretty non-finite", "[\n  NaN,\n  \"\ud83d\ude00 é\"\n]");
    DATA.put("large", large("", 1));
    DATA.put("large pretty", large("\n  ", 2));
    DATA.put("large with CRLF", large("\r\n\t", 3));
  }

  @RegisterExtension final RunningService service;

  LinesTest(Backend backend) {
    service = RunningService.on(backend);
  }

  /** Quotes, backslashes, escapes and letters of one to four bytes at every place of a chunk. */
  private static String large(String blank, long seed) {
    Random random = new Random(seed);
    String[] pieces = {
      "\"é\\\"\"", "\"\\\\\"", "\"\\u0007\\n\"", "\"\ud83d\ude00€\"", "1.50", "{\"k\":[]}", "null"
    };
    StringBuilder text = new StringBuilder("[").append(blank).append('0');
    while (text.length() < LARGE) {
      text.append(',').append(blank).append(pieces[random.nextInt(pieces.length)]);
    }
    return text.append(blank).append(']').toString();
  }

  @BeforeEach
  void storeResults() {
    DATA.forEach(
        (name, data) -> {
          String more = "\"note\":\"\\n\",\"nested\":{\n\"a\":\r\n[ 1.0 ]},\"loss\":NaN,\"data\":";
          Answer answer =
              service.client().post("/raw_input", Bodies.withMembers(name, more + data));
          assertEquals(200, answer.status(), answer::toString);
        });
    // Data that was sent inside a string is kept as the object that it is.
    String inString = new JsonObject().put("data", " {\n\"a\": \"\\u0001\"} ").encode();
    service
        .client()
        .post(
            "/raw_input",
            Bodies.withMembers("in a string", inString.substring(1, inString.length() - 1)));
  }

  @Test
  void eachLineIsOneRowOfTheList() {
    List<JsonObject> rows = Lists.rows(service.client().get("/raw_input"));

    List<String> lines = Lists.lines(service.client().get("/raw_input", LINES));

    assertEquals(rows, lines.stream().map(JsonObject::new).toList());
  }

  @Test
  void eachLineWithDataIsTheResultAsItWasSent() throws IOException {
    List<String> lines = Lists.lines(service.client().get("/raw_input?fields=data", LINES));

    assertEquals(DATA.size() + 1, lines.size());
    for (String text : lines) {
      ExportedLine line = ExportedLine.of(text);
      String name = line.text("benchmark_name");
      Buffer data = service.client().get(Bodies.path(name) + "/data").body();
      assertEquals(data, Buffer.buffer(line.data()), name);
      assertEquals(DATA.getOrDefault(name, line.data()), line.data(), name);
      assertEquals("run", line.text("run_id"));
      assertEquals(Bodies.TIMESTAMP, line.text("timestamp"));
      assertFalse(line.members().containsKey("pk"), text.substring(0, 100));
      if (DATA.containsKey(name)) {
        assertEquals("NaN", line.members().get("loss"));
        assertEquals("{ \"a\":  [ 1.0 ]}", line.members().get("nested"));
      }
    }
  }

  @Test
  void linesSentAgainAreTheSameResults() {
    Client client = service.client();
    List<String> lines =
        Lists.lines(client.get("/raw_input?fields=data&sort=benchmark_name", LINES));

    for (String line : lines) {
      assertEquals("already_stored", outcome(client.post("/raw_input", line)));
      client.post("/standardized_output", line);
    }

    assertEquals(
        new HashSet<>(lines),
        new HashSet<>(Lists.lines(client.get("/standardized_output?fields=data", LINES))));
    assertEquals(
        Lists.members(client.get("/raw_input?sort=benchmark_name"), "digest"),
        Lists.members(client.get("/standardized_output?sort=benchmark_name"), "digest"));
  }

  private static String outcome(Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    return answer.json().getString("outcome");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=1", "limit=4", "limit=13"})
  void pagesOfLinesHaveLinksToo(String limit) {
    List<String> whole = Lists.lines(service.client().get("/raw_input?fields=data", LINES));
    StringBuilder lines = new StringBuilder();

    for (String page = "/raw_input?fields=data&" + limit; page != null; ) {
      Answer answer = service.client().get(page, LINES);
      Lists.lines(answer).forEach(line -> lines.append(line).append('\n'));
      page = Lists.next(answer);
    }

    assertEquals(String.join("\n", whole) + "\n", lines.toString());
  }

  @Test
  void linesOfChosenMembersHaveThese() {
    List<String> lines =
        Lists.lines(service.client().get("/raw_input?fields=pk,extra.nested&run_id=run", LINES));

    assertTrue(
        lines.stream()
            .map(JsonObject::new)
            .filter(row -> !row.getString("pk").contains("in a string"))
            .allMatch(row -> row.getJsonObject("extra.nested").encode().equals("{\"a\":[1.0]}")),
        lines::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pk,instant,data", "data,pk,extra.nested", "benchmark_name,size,data,version"})
  void linesHaveExactlyTheMembersAskedForAndAllData(String fields) throws IOException {
    List<String> lines =
        Lists.lines(service.client().get("/raw_input?format=ndjson&fields=" + fields));
    List<String> names = Lists.members(service.client().get("/raw_input"), "benchmark_name");

    assertEquals(DATA.size() + 1, lines.size());
    for (int i = 0; i < lines.size(); i++) {
      ExportedLine line = ExportedLine.of(lines.get(i));
      List<String> expected = new ArrayList<>(List.of(fields.split(",")));
      if (names.get(i).equals("in a string")) {
        expected.remove("extra.nested");
      }
      assertEquals(new HashSet<>(expected), line.members().keySet());
      String data = DATA.get(names.get(i));
      if (data != null) {
        assertEquals(data.replaceAll("[\r\n]", " "), line.members().get("data"), names.get(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "pk,data", "extra.loss,data"})
  void strictLinesHoldNoNonFiniteNumbers(String fields) throws IOException {
    String path = "/raw_input?sort=benchmark_name&fields=" + fields;
    List<String> strict = Lists.lines(service.client().get(path + "&format=ndjson-strict"));
    List<String> byAccept =
        Lists.lines(service.client().get(path, "Accept", "application/x-ndjson; strict=true"));

    assertEquals(strict, byAccept);
    for (String line : strict) {
      // A strict parser knows no NaN.
      assertTrue(new JsonObject(line).containsKey("data"), line);
    }
    assertTrue(strict.stream().anyMatch(line -> line.contains("\"data\":{\"a\":[null,null]}")));
    assertTrue(strict.stream().anyMatch(line -> line.contains("\"data\":[   null,")));
  }

  @Test
  void ofNothingThereAreNoLines() {
    Answer answer = service.client().get("/raw_input?run_id=nobody&fields=data", LINES);

    assertEquals(List.of(), Lists.lines(answer));
  }
}
