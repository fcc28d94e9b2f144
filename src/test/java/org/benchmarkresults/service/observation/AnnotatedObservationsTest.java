package org.benchmarkresults.service.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
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

/** Labels and exclusions of results in lists of observations and of results by observation. */
@OnDatabases
class AnnotatedObservationsTest {
  private static final int RESULTS = 6;
  private static final String METRIC = "/observations?metric=accuracy";

  @RegisterExtension final RunningService service;

  AnnotatedObservationsTest(Backend backend) {
    service = RunningService.on(backend);
  }

  /** Results 1, 3 and 5 have labels, 4 and 5 are excluded. */
  @BeforeEach
  void store() {
    if (service.client().head(path(0)).status() == 200) {
      return;
    }
    for (int i = 0; i < RESULTS; i++) {
      String data = "\"data\":{\"accuracy\":0.%d,\"total_time\":1.5}".formatted(i);
      Answer answer = service.client().post("/raw_input", Bodies.withMembers("b" + i, data));
      assertEquals(200, answer.status(), answer::toString);
      if (i % 2 == 1) {
        patch(i, "{\"labels\":{\"nightly\":\"main\",\"build\":\"" + i + "\"}}");
      }
      if (i >= 4) {
        patch(i, "{\"excluded\":{\"reason\":\"throttled\"}}");
      }
    }
    for (int i = 0; i < RESULTS; i++) {
      String path = path(i);
      Await.until(
          () -> ofResult(path).getString("state").equals("derived"),
          () -> path + " is not derived: " + ofResult(path));
    }
  }

  private static String path(int number) {
    return Bodies.path("b" + number);
  }

  private void patch(int number, String patch) {
    Answer answer =
        service
            .client()
            .send(
                HttpMethod.PATCH,
                path(number),
                Buffer.buffer(patch),
                "Content-Type",
                "application/merge-patch+json")
            .await();
    assertEquals(200, answer.status(), answer::toString);
  }

  private JsonObject ofResult(String path) {
    Answer answer = service.client().get(path + "/observations");
    assertEquals(200, answer.status(), answer::toString);
    return answer.json();
  }

  private List<Integer> found(String url) {
    return numbers(Lists.rows(service.client().get(url)));
  }

  private static List<Integer> numbers(List<JsonObject> rows) {
    return rows.stream()
        .map(row -> Integer.valueOf(row.getString("benchmark_name").substring(1)))
        .sorted()
        .toList();
  }

  @Test
  void excludedResultsAreLeftOutUnlessTheyAreAskedFor() {
    assertEquals(List.of(0, 1, 2, 3), found(METRIC));
    assertEquals(List.of(0, 1, 2, 3), found(METRIC + "&excluded=no"));
    assertEquals(List.of(0, 1, 2, 3, 4, 5), found(METRIC + "&excluded=also"));
    assertEquals(List.of(4, 5), found(METRIC + "&excluded=only"));
    assertEquals(List.of(4, 5), found(METRIC + "&filter=excluded==throttled"));
    assertEquals(List.of(), found(METRIC + "&excluded=no&filter=excluded==throttled"));
    assertEquals(400, service.client().get(METRIC + "&excluded=maybe").status());
  }

  @Test
  void labelsAreFilters() {
    assertEquals(List.of(1, 3), found(METRIC + "&filter=labels.nightly==main"));
    assertEquals(List.of(0, 2), found(METRIC + "&filter=labels.nightly!=main"));
    assertEquals(List.of(1), found(METRIC + "&filter=labels.build%3C3"));
    assertEquals(List.of(1, 3), found(METRIC + "&filter=labels.build=in=(1,3,5)"));
    assertEquals(List.of(3, 5), found(METRIC + "&excluded=also&filter=labels.build=in=(3,5)"));
    assertEquals(List.of(1, 3), found(METRIC + "&filter=labels.nightly=prefix=ma"));
    assertEquals(List.of(0, 2), found(METRIC + "&filter=labels.nightly=exists=false"));
  }

  @Test
  void rowsTellLabelsAndExclusionOnlyWhereThereAreAny() {
    List<JsonObject> rows = Lists.rows(service.client().get(METRIC + "&sort=value&excluded=also"));

    assertFalse(rows.get(0).containsKey("labels"));
    assertFalse(rows.get(0).containsKey("excluded"));
    assertEquals(
        new JsonObject().put("build", "3").put("nightly", "main"),
        rows.get(3).getJsonObject("labels"));
    assertFalse(rows.get(3).containsKey("excluded"));
    assertFalse(rows.get(4).containsKey("labels"));
    assertEquals("throttled", rows.get(4).getJsonObject("excluded").getString("reason"));
    JsonObject ofResult = ofResult(path(5)).getJsonArray("observations").getJsonObject(0);
    assertEquals("5", ofResult.getJsonObject("labels").getString("build"));
    assertEquals("throttled", ofResult.getJsonObject("excluded").getString("reason"));
    JsonObject pivoted =
        Lists.rows(service.client().get("/observations?pivot=metric&excluded=only")).get(0);
    assertEquals("throttled", pivoted.getJsonObject("excluded").getString("reason"));
  }

  @Test
  void tablesHaveColumnsOfLabels() {
    String few = METRIC + "&sort=value&excluded=also&format=csv";
    assertEquals(
        "labels.build,excluded\r\n,\r\n1,\r\n,\r\n3,\r\n,throttled\r\n5,throttled\r\n",
        service.client().get(few + "&fields=labels.build,excluded").text());
    List<List<String>> table = CsvText.records(service.client().get(few).text());
    int labels = table.get(0).indexOf("labels");
    assertEquals("{\"build\":\"3\",\"nightly\":\"main\"}", table.get(4).get(labels));
    assertEquals("throttled", table.get(5).get(table.get(0).indexOf("excluded")));
    String pivot = "/observations?pivot=metric&excluded=only&format=csv";
    List<List<String>> pivoted = CsvText.records(service.client().get(pivot).text());
    assertEquals("throttled", pivoted.get(1).get(pivoted.get(0).indexOf("excluded")));
  }

  @Test
  void cursorsBelongToTheParametersOfTheirList() {
    for (String parameters :
        List.of(
            "",
            "&excluded=also",
            "&excluded=only",
            "&filter=labels.nightly==main",
            "&excluded=also&filter=labels.nightly==main&sort=value")) {
      String url = METRIC + parameters;
      assertEquals(
          found(url), numbers(Lists.followed(service.client(), url + "&limit=1")), parameters);
    }
    String next = Lists.next(service.client().get(METRIC + "&limit=1"));
    assertEquals(422, service.client().get(next + "&excluded=also").status());
  }

  @Test
  void resultsAreFoundByObservationLabelAndExclusion() {
    for (String order : List.of("", "&sort=timestamp")) {
      String url = "/raw_input?metric=accuracy" + order;
      assertEquals(IntStream.range(0, RESULTS).boxed().toList(), found(url));
      assertEquals(List.of(4, 5), found(url + "&excluded=only"));
      assertEquals(List.of(0, 1, 2, 3), found(url + "&excluded=no"));
      assertEquals(List.of(1, 3, 5), found(url + "&filter=labels.nightly==main"));
      assertEquals(List.of(5), found(url + "&excluded=only&filter=labels.nightly==main"));
    }
  }

  @Test
  void aRebuildKeepsThem() {
    Answer rebuild =
        service.client().send(HttpMethod.POST, "/observations/rebuild", Buffer.buffer()).await();
    assertEquals(202, rebuild.status(), rebuild::toString);

    Await.until(
        () ->
            IntStream.range(0, RESULTS)
                    .allMatch(i -> ofResult(path(i)).getString("state").equals("derived"))
                && found(METRIC + "&excluded=also").size() == RESULTS,
        () -> "the observations are not read again: " + found(METRIC + "&excluded=also"));

    assertEquals(List.of(0, 1, 2, 3), found(METRIC));
    assertEquals(List.of(1, 3), found(METRIC + "&filter=labels.nightly==main"));
  }

  @Test
  void labelsAreSuggested() {
    Await.until(
        () ->
            service.client().get("/suggest?q=nightly%3D&kinds=label").array().stream()
                .map(JsonObject.class::cast)
                .anyMatch(
                    row ->
                        row.getString("value").equals("nightly=main")
                            && row.getLong("results") == 3
                            && row.getValue("last_seen") == null
                            && row.getString("field").equals("label")),
        () -> service.client().get("/suggest?kinds=label").toString());
  }
}
