package org.benchmarkresults.service.observation;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Lists;
import org.benchmarkresults.service.list.CsvText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Observations over HTTP, of results that were posted and read by adapters. */
@OnDatabases
class ObservationListTest {
  private static final int RESULTS = 7;

  @RegisterExtension final RunningService service;

  ObservationListTest(Backend backend) {
    service = RunningService.on(backend);
  }

  /** The names of all begin with a formula and have a slash, as tools may name theirs. */
  private static String benchmark(int number) {
    return "=own/" + number;
  }

  @BeforeEach
  void store() {
    if (service.client().head(Bodies.path(benchmark(0))).status() == 200) {
      return;
    }
    for (int i = 0; i < RESULTS; i++) {
      String data =
          "\"model_id\":\"m%d\",\"context\":{\"hardware\":\"H100\",\"few_shot\":%d},\"data\":{\"accuracy\":0.%d0,\"total_time\":1.5}"
              .formatted(i % 2, i, i + 1);
      post("/raw_input", Bodies.withMembers(benchmark(i), data));
    }
    String converted = "\"data\":{\"accuracy\":0.95,\"total_time\":1.5}";
    post("/standardized_output", Bodies.withMembers(benchmark(0), converted));
    for (int i = 0; i < RESULTS; i++) {
      await(Bodies.path(benchmark(i)));
    }
    await(standardized());
  }

  private static String standardized() {
    return Bodies.path(benchmark(0)).replace("/raw_input", "/standardized_output");
  }

  private void post(String path, String body) {
    Answer answer = service.client().post(path, body);
    assertEquals(200, answer.status(), answer::toString);
  }

  private void await(String path) {
    Await.until(
        () -> ofResult(path).getString("state").equals("derived"),
        () -> path + " is not derived: " + ofResult(path));
  }

  private JsonObject ofResult(String path) {
    Answer answer = service.client().get(path + "/observations");
    assertEquals(200, answer.status(), answer::toString);
    return answer.json();
  }

  private List<JsonObject> rows(String query) {
    return Lists.rows(service.client().get("/observations" + query));
  }

  @Test
  void aRowTellsItsResultAndTheTextOfTheFile() {
    JsonObject row = rows("?metric=accuracy&name=" + name(2)).get(0);

    assertEquals(Bodies.resultName(benchmark(2)), row.getJsonObject("result").getString("name"));
    assertEquals("raw_input", row.getJsonObject("result").getString("stage"));
    assertEquals(0.3, row.getDouble("value"));
    assertEquals("0.30", row.getString("text"));
    assertEquals("/accuracy", row.getString("pointer"));
    assertEquals(2, row.getJsonObject("dimensions").getInteger("few_shot"));
    assertEquals("m0", row.getString("model"));
    assertEquals("generic", row.getJsonObject("adapter").getString("name"));
  }

  private static String name(int number) {
    return Bodies.encoded(Bodies.resultName(benchmark(number)));
  }

  @Test
  void parametersAndFiltersChooseAndOrder() {
    assertEquals(RESULTS, rows("?metric=accuracy").size());
    assertEquals(RESULTS + 1, rows("?metric=accuracy&cross_checks=true").size());
    assertEquals(1, rows("?metric=accuracy&stage=standardized_output").size());
    assertEquals(1, rows("?metric=accuracy&dimension.few_shot=5.0").size());
    assertEquals(RESULTS, rows("?metric=accuracy&dimension.hardware=H100").size());
    assertEquals(3, rows("?filter=metric==accuracy;value%3E0.4;value%3C0.8").size());
    assertEquals(2, rows("?filter=few_shot=in=(1,3);metric==accuracy").size());
    List<Double> values =
        rows("?metric=accuracy&sort=-value").stream().map(row -> row.getDouble("value")).toList();
    assertEquals(
        IntStream.iterate(RESULTS, i -> i > 0, i -> i - 1).mapToObj(i -> i / 10.0).toList(),
        values);
  }

  @Test
  void linksLeadThroughAllPages() {
    List<JsonObject> rows = rows("?metric=accuracy&sort=value&primary=true");
    List<JsonObject> paged =
        Lists.followed(
            service.client(), "/observations?metric=accuracy&sort=value&primary=true&limit=2");

    assertEquals(rows, paged);
  }

  @Test
  void aTableHoldsTheSameAndIsGuarded() {
    String query = "/observations?metric=accuracy&sort=value";
    List<List<String>> table = CsvText.records(service.client().get(query + "&format=csv").text());
    List<JsonObject> rows = Lists.rows(service.client().get(query));
    List<String> header = table.get(0);

    assertEquals(rows.size() + 1, table.size());
    for (int i = 0; i < rows.size(); i++) {
      List<String> fields = table.get(i + 1);
      JsonObject row = rows.get(i);
      assertEquals(row.getDouble("value"), Double.valueOf(field("value", header, fields)));
      assertEquals("'" + row.getString("benchmark_name"), field("benchmark_name", header, fields));
      assertEquals(
          row.getJsonObject("dimensions"), new JsonObject(field("dimensions", header, fields)));
    }
    String few =
        service
            .client()
            .get(query + "&limit=1&guard=none&format=csv&fields=benchmark_name,dimension.few_shot")
            .text();
    assertEquals("benchmark_name,dimension.few_shot\r\n=own/0,0\r\n", few);
  }

  private static String field(String name, List<String> header, List<String> fields) {
    return fields.get(header.indexOf(name));
  }

  @Test
  void linesAndTheHeadOfAListAreLikeThoseOfResults() {
    Answer lines = service.client().get("/observations?metric=accuracy&format=ndjson");
    Answer head = service.client().head("/observations?metric=accuracy&limit=1");

    assertEquals(RESULTS, Lists.lines(lines).size());
    assertEquals(200, head.status());
    assertEquals(0, head.body().length());
    assertNotNull(Lists.next(head));
  }

  @Test
  void metricsBecomeColumns() {
    Answer table =
        service.client().get("/observations?pivot=metric&format=csv&source=&filter=n=exists=false");
    assertEquals(200, table.status(), table::toString);
    List<List<String>> records =
        CsvText.records(
            service.client().get("/observations?pivot=metric&format=csv&sort=instant").text());
    List<JsonObject> rows = rows("?pivot=metric");

    assertEquals(RESULTS + 1, records.size(), records::toString);
    assertEquals(RESULTS, rows.size());
    List<String> header = records.get(0);
    assertEquals("other_metrics", header.get(header.size() - 1));
    JsonObject metrics = rows.get(0).getJsonObject("metrics");
    assertTrue(metrics.size() >= 2, metrics::encode);
    metrics.fieldNames().forEach(name -> assertTrue(header.contains(name), name));
    assertEquals(2, rows("?pivot=metric&limit=2").size());
  }

  @Test
  void aResultTellsHowItWasReadAndWhereTheStagesDisagree() {
    JsonObject raw = ofResult(Bodies.path(benchmark(0)));

    assertEquals("generic", raw.getJsonObject("adapter").getString("name"));
    assertTrue(raw.getJsonArray("observations").size() >= 2, raw::encode);
    JsonArray disagreements = raw.getJsonArray("disagreements");
    assertEquals(1, disagreements.size(), raw::encode);
    JsonObject one = disagreements.getJsonObject(0);
    assertEquals("accuracy", one.getString("metric"));
    assertEquals("0.10", one.getJsonObject("own").getString("text"));
    assertEquals("0.95", one.getJsonObject("other").getString("text"));
    JsonObject other = ofResult(standardized()).getJsonArray("disagreements").getJsonObject(0);
    assertEquals("0.95", other.getJsonObject("own").getString("text"));
    assertEquals(0, ofResult(Bodies.path(benchmark(1))).getJsonArray("disagreements").size());
    String csv =
        service.client().get(Bodies.path(benchmark(1)) + "/observations?format=csv").text();
    assertTrue(CsvText.records(csv).size() >= 3, csv);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    String path = Bodies.path(benchmark(1));
    requireProblem(
        service.client().get("/raw_input/none/observations"),
        404,
        "result-not-found",
        "/raw_input/none/observations");
    requireProblem(
        service.client().get(path + "/observations?version=9"),
        404,
        "result-not-found",
        path + "/observations");
    assertEquals(200, service.client().get(path + "/observations?version=1").status());
  }

  @Test
  void resultsAreFoundByWhatWasObservedInThem() {
    for (String order : List.of("", "&sort=timestamp", "&sort=first_received_at")) {
      List<JsonObject> found =
          Lists.followed(
              service.client(),
              "/raw_input?metric=accuracy&limit=3&fields=benchmark_name,headline" + order);
      assertEquals(RESULTS, found.size(), order);
      assertTrue(found.stream().allMatch(row -> row.containsKey("headline")));
    }
    assertEquals(0, Lists.rows(service.client().get("/raw_input?metric=nothing")).size());
    assertEquals(
        1,
        Lists.rows(service.client().get("/standardized_output?metric=accuracy&metric=x")).size());
    assertEquals(
        1,
        Lists.rows(
                service
                    .client()
                    .get("/raw_input?metric=accuracy&benchmark_name=" + Bodies.encoded("=own/3")))
            .size());
    JsonObject plain = Lists.rows(service.client().get("/raw_input?limit=1")).get(0);
    assertNull(plain.getValue("headline"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /observations?filter=value==high          | filter | value must be a number, not "high"
          /observations?filter=tasks==a             | filter | there is no member "tasks"; did you mean task
          /observations?filter=primary%3Ctrue       | filter | primary has no order; compare it by == or !=
          /observations?filter=value=prefix=1       | filter | =prefix= is for texts, which value is not
          /observations?filter=stage==raw           | filter | must be raw_input or standardized_output
          /observations?fields=valu                 | fields | did you mean value
          /observations?since=soon                  | since  | must be a time such as
          /observations?dimension.=5                | dimension. | must end with the name of a dimension
          /observations?pivot=metric&sort=value     | sort   | must be instant or -instant with pivot=metric
          /observations?pivot=metric&fields=value   | fields | cannot be combined with pivot=metric
          /observations?cursor=none                 | cursor | was not issued for this list
          /raw_input?metric=a&deleted=true          | metric | cannot be combined with deleted=true
          /raw_input?task=a&count=true              | count  | cannot be combined with task or metric
          /raw_input?fields=headline&versions=all   | fields | headline cannot be combined
          """)
  void aWrongQueryIsRefusedWithASentence(String path, String parameter, String sentence) {
    Answer answer = service.client().get(path);

    assertEquals(422, answer.status(), answer::toString);
    JsonObject error = answer.json().getJsonArray("errors").getJsonObject(0);
    assertEquals(parameter, error.getString("parameter"));
    assertTrue(error.getString("detail").contains(sentence), error::encode);
  }

  @Test
  void aParameterOfAnotherValueIsRefused() {
    for (String query : List.of("sort=name", "stage=raw", "primary=yes", "limit=0", "taks=gsm8k")) {
      assertEquals(400, service.client().get("/observations?" + query).status(), query);
    }
  }
}
