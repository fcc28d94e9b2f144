package org.benchmarkresults.service.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnMongod;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Lists;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists as tables, as rows of chosen members, and which of the formats is given. */
@OnMongod
class TablesTest {
  private static final String[] CSV = {"Accept", "text/csv"};
  private static final String SMALL = "{\"a\": [1.10, NaN]}";

  /** Beyond what stands beside a row, and beyond one chunk. */
  private static final String LARGE = "\"" + "x,\\\"".repeat(100_000) + "\"";

  @RegisterExtension final RunningService service;

  TablesTest(Backend backend) {
    service = RunningService.on(backend);
  }

  @BeforeEach
  void storeResults() {
    store(
        "=HYPERLINK(\"x\",\"y\")",
        "\"model_id\":\"a,b\\r\\nc\",\"source\":\"\",\"delta\":-0.5,\"note\":\"-1+1\",\"data\":"
            + SMALL);
    store(
        "plain",
        "\"tokenizer_id\":null,\"delta\":\"\\tx\",\"note\":{\"q\":\"\\\"\"},\"version\":\"mine\",\"data\":-7");
    store(
        "ü😀",
        "\"model_id\":\"＝1\",\"source\":\" @x \",\"delta\":null,\"loss\":NaN,\"data\":" + LARGE);
  }

  private void store(String name, String members) {
    Answer answer = service.client().post("/raw_input", Bodies.withMembers(name, members));
    assertEquals(200, answer.status(), answer::toString);
  }

  private List<Map<String, String>> table(String query) {
    Answer answer = service.client().get("/raw_input?sort=benchmark_name" + query, CSV);
    assertEquals(200, answer.status(), answer::toString);
    assertEquals("text/csv; charset=utf-8; header=present", answer.header("Content-Type"));
    List<List<String>> records = CsvText.records(answer.text());
    List<String> header = records.get(0);
    return records.stream()
        .skip(1)
        .map(
            record ->
                IntStream.range(0, header.size())
                    .boxed()
                    .collect(Collectors.toMap(header::get, record::get)))
        .toList();
  }

  @Test
  void aTableHoldsWhatTheListHolds() {
    List<JsonObject> rows = Lists.rows(service.client().get("/raw_input?sort=benchmark_name"));

    List<Map<String, String>> table = table("");

    assertEquals(3, table.size());
    for (int i = 0; i < rows.size(); i++) {
      for (String name :
          List.of(
              "pk",
              "run_id",
              "timestamp",
              "instant",
              "digest",
              "received_at",
              "first_received_at")) {
        assertEquals(rows.get(i).getString(name), table.get(i).get(name), name);
      }
      assertEquals(rows.get(i).getValue("size").toString(), table.get(i).get("size"));
      assertEquals("1", table.get(i).get("version"));
      assertEquals("", table.get(i).get("deleted_at"));
    }
  }

  @Test
  void textsThatASpreadsheetWouldRunAreNeutralised() {
    List<Map<String, String>> table =
        table("&fields=benchmark_name,model_id,source,extra.note,extra.delta");

    assertEquals(
        List.of("'=HYPERLINK(\"x\",\"y\")", "plain", "ü😀"), column(table, "benchmark_name"));
    assertEquals(List.of("a,b\r\nc", "", "'＝1"), column(table, "model_id"));
    assertEquals(List.of("", "", "' @x "), column(table, "source"));
    assertEquals(List.of("'-1+1", "{\"q\":\"\\\"\"}", ""), column(table, "extra.note"));
    assertEquals(List.of("-0.5", "'\tx", ""), column(table, "extra.delta"));
  }

  private static List<String> column(List<Map<String, String>> table, String name) {
    return table.stream().map(row -> row.get(name)).toList();
  }

  @Test
  void anEmptyTextIsNotWhatIsMissing() {
    String text =
        service
            .client()
            .get("/raw_input?sort=benchmark_name&fields=source,extra.delta", CSV)
            .text();

    assertEquals("source,extra.delta\r\n\"\",-0.5\r\n,\"'\tx\"\r\n' @x ,\r\n", text);
  }

  @Test
  void aRowOfNothingIsStillARow() {
    List<Map<String, String>> table = table("&fields=extra.nothing");

    assertEquals(List.of("", "", ""), column(table, "extra.nothing"));
  }

  @Test
  void furtherMembersAndDataOfAnySizeAreJson() {
    List<Map<String, String>> table = table("&fields=extra,data,non_finite");

    assertEquals(List.of(SMALL, "-7", LARGE), column(table, "data"));
    assertEquals(List.of("1", "0", "1"), column(table, "non_finite"));
    assertEquals(
        new JsonObject("{\"delta\":\"\\tx\",\"note\":{\"q\":\"\\\"\"},\"version\":\"mine\"}"),
        new JsonObject(table.get(1).get("extra")));
    assertEquals(
        new JsonObject("{\"delta\":null,\"loss\":null}"),
        new JsonObject(table.get(2).get("extra")));
  }

  @Test
  void aTableOfNothingHasItsHeader() {
    Answer answer = service.client().get("/raw_input?run_id=nobody&fields=pk,extra.a%22b", CSV);

    assertEquals(List.of(List.of("pk", "extra.a\"b")), CsvText.records(answer.text()));
  }

  @Test
  void tablesHavePagesToo() {
    Answer answer = service.client().get("/raw_input?limit=2&count=true", CSV);

    assertEquals(3, CsvText.records(answer.text()).size());
    assertEquals("3", answer.header("X-Total-Count"));
    Answer rest = service.client().get(Lists.next(answer), CSV);
    assertEquals(2, CsvText.records(rest.text()).size());
  }

  @Test
  void rowsHaveTheMembersAskedForInThatOrder() {
    String fields = "fields=version,extra.version,pk,extra.note,instant,model_id,extra.nothing";

    List<JsonObject> rows =
        Lists.rows(service.client().get("/raw_input?sort=benchmark_name&" + fields));

    JsonObject plain = rows.get(1);
    assertEquals(
        List.of("version", "extra.version", "pk", "extra.note", "instant", "model_id"),
        List.copyOf(plain.fieldNames()));
    assertEquals(1, plain.getValue("version"));
    assertEquals("mine", plain.getValue("extra.version"));
    assertEquals(new JsonObject("{\"q\":\"\\\"\"}"), plain.getValue("extra.note"));
    assertEquals(
        List.of("version", "pk", "instant", "model_id"), List.copyOf(rows.get(2).fieldNames()));
  }

  @Test
  void rowsHaveDataOfAnySizeAsStrictJson() {
    List<JsonObject> rows =
        Lists.rows(
            service.client().get("/raw_input?sort=benchmark_name&fields=pk,data,non_finite"));

    assertEquals(new JsonObject("{\"a\":[1.10,null]}"), rows.get(0).getValue("data"));
    assertEquals(1, rows.get(0).getValue("non_finite"));
    assertEquals(-7, rows.get(1).getValue("data"));
    assertEquals(List.of("pk", "data", "non_finite"), List.copyOf(rows.get(2).fieldNames()));
    assertEquals("x,\"".repeat(100_000), rows.get(2).getString("data"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "none | application/json",
        "*/* | application/json",
        "application/json | application/json",
        "application/* | application/json",
        "text/html,application/xhtml+xml,*/*;q=0.8 | application/json",
        "application/x-ndjson | application/x-ndjson",
        "application/jsonl | application/x-ndjson",
        "APPLICATION/X-NDJSON | application/x-ndjson",
        "text/csv | text/csv",
        "text/csv; charset=utf-8 | text/csv",
        "text/* | text/csv",
        "text/csv;q=0.5, application/x-ndjson;q=0.9 | application/x-ndjson",
        "application/x-ndjson;q=0.5, text/csv | text/csv",
        "text/csv;q=0.1, application/json;q=0.2 | application/json",
        "text/csv, */*;q=0.1 | text/csv",
        "text/csv;q=0, */* | application/json",
        "text/csv;q=0 | application/json",
        "application/x-ndjson;q=0, text/csv;q=0.01 | text/csv",
        "application/problem+json, application/json | application/json",
        ";;q=x | application/json",
      })
  void theFormatIsWhatTheReaderLikesBest(String accept, String type) {
    String[] headers = accept == null ? new String[0] : new String[] {"Accept", accept};

    for (String path : List.of("/raw_input", "/raw_input?limit=1")) {
      Answer answer = service.client().get(path, headers);
      assertEquals(200, answer.status(), answer::toString);
      assertEquals(type, answer.header("Content-Type").replaceFirst(";.*", ""));
      assertTrue(answer.headers().getAll("Vary").contains("Accept"), answer::toString);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format=csv | text/csv | raw_input.csv",
        "format=ndjson | application/x-ndjson | raw_input.ndjson",
        "format=ndjson-strict&limit=1 | application/x-ndjson | raw_input.ndjson",
        "format=json | application/json | ",
      })
  void theFormatInTheUrlCountsMoreThanAccept(String format, String type, String file) {
    Answer answer = service.client().get("/raw_input?" + format, "Accept", "image/png");

    assertEquals(200, answer.status(), answer::toString);
    assertEquals(type, answer.header("Content-Type").replaceFirst(";.*", ""));
    String disposition = String.valueOf(answer.header("Content-Disposition"));
    assertEquals(
        file != null, disposition.contains("attachment; filename=\"" + file + "\""), disposition);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/raw_input",
        "/raw_input?limit=1",
        "/benchmarks",
        "/runs/run",
        "/raw_input/%s/versions"
      })
  void whoTakesNoneOfTheFormatsIsTold(String path) {
    String pk = Lists.members(service.client().get("/raw_input"), "pk").get(0);

    Answer answer =
        service
            .client()
            .get(path.formatted(Bodies.encoded(pk)), "Accept", "application/xml, image/*");

    assertEquals(406, answer.status(), answer::toString);
  }

  @Test
  void theGuardCanBeSwitchedOff() {
    String query = "/raw_input?sort=benchmark_name&fields=benchmark_name,extra.note";

    for (Answer answer :
        List.of(
            service.client().get(query + "&format=csv&guard=none"),
            service.client().get(query + "&guard=none", CSV),
            service.client().get(query, "Accept", "text/csv; guard=none"))) {
      List<List<String>> records = CsvText.records(answer.text());
      assertEquals(List.of("=HYPERLINK(\"x\",\"y\")", "-1+1"), records.get(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/benchmarks, name",
    "/models, name",
    "/sources, name",
    "/raw_input/%s/versions, version",
    "/runs/run, stage"
  })
  void everyListIsATableAndLinesToo(String path, String first) {
    String pk = Lists.members(service.client().get("/raw_input"), "pk").get(0);
    String list = path.formatted(Bodies.encoded(pk));

    List<List<String>> table =
        CsvText.records(service.client().get(list + "?format=csv&guard=none").text());
    List<String> lines = Lists.lines(service.client().get(list + "?format=ndjson"));

    assertEquals(first, table.get(0).get(0));
    assertEquals(table.size() - 1, lines.size());
    for (int i = 0; i < lines.size(); i++) {
      assertEquals(
          table.get(i + 1).get(0), String.valueOf(new JsonObject(lines.get(i)).getValue(first)));
    }
  }

  @Test
  void aRunAsATableOrLinesHasDataOfAnySize() {
    String query = "/runs/run?fields=benchmark_name,data";

    List<List<String>> table =
        CsvText.records(service.client().get(query + "&format=csv&guard=none").text());
    List<String> lines = Lists.lines(service.client().get(query + "&format=ndjson-strict"));

    assertEquals(
        List.of("raw_input", "ü😀", LARGE),
        table.stream().filter(row -> row.get(1).equals("ü😀")).findFirst().orElseThrow());
    JsonObject large =
        lines.stream()
            .map(JsonObject::new)
            .filter(row -> row.getString("benchmark_name").equals("ü😀"))
            .findFirst()
            .orElseThrow();
    assertEquals(List.of("stage", "benchmark_name", "data"), List.copyOf(large.fieldNames()));
    assertEquals("x,\"".repeat(100_000), large.getString("data"));
  }
}
