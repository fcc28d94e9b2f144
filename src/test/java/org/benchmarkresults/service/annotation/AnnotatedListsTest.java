package org.benchmarkresults.service.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeSet;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.benchmarkresults.service.Links;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels and exclusion in lists, filters, exports and saves. */
@OnDatabases
class AnnotatedListsTest {
  private static final String LISTED =
      "/raw_input?benchmark_name=lists&run_id=a&run_id=b&run_id=c&run_id=d&run_id=h";

  @RegisterExtension final RunningService service;

  AnnotatedListsTest(Backend backend) {
    service = RunningService.on(backend);
  }

  private static String body(String run, String members) {
    return "{\"timestamp\":\"2026-04-21T12:00:00Z\",\"benchmark_name\":\"lists\",\"run_id\":\""
        + run
        + "\",\"data\":1"
        + members
        + "}";
  }

  private static String path(String run) {
    return "/raw_input/" + Bodies.encoded("2026-04-21T12:00:00Z-lists-" + run);
  }

  private void patch(String run, String patch) {
    Answer answer =
        service.client().send(HttpMethod.PATCH, path(run), Buffer.buffer(patch)).await();
    assertEquals(200, answer.status(), answer::toString);
  }

  private Answer get(String path) {
    Answer answer = service.client().get(path);
    assertEquals(200, answer.status(), answer::toString);
    return answer;
  }

  private String runs(String query) {
    TreeSet<String> runs = new TreeSet<>();
    get("/raw_input?benchmark_name=lists&fields=run_id&" + query)
        .array()
        .forEach(row -> runs.add(((JsonObject) row).getString("run_id")));
    return String.join(" ", runs);
  }

  @BeforeEach
  void store() {
    for (String run : List.of("a", "b", "c", "d")) {
      assertEquals(200, service.client().post("/raw_input", body(run, "")).status());
    }
    patch("a", "{\"labels\":{\"nightly\":\"main\",\"gpu\":\"H100\"}}");
    patch("b", "{\"labels\":{\"nightly\":\"release\",\"gpu\":\"A100\"}}");
    patch("c", "{\"labels\":{\"nightly\":\"mainline\"},\"excluded\":{\"reason\":\"hot\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          filter=labels.nightly==main                      | a
          filter=labels.nightly!=main                      | b c d
          filter=labels.nightly=in=(main,release)          | a b
          filter=labels.nightly=out=(main,release)         | c d
          filter=labels.nightly=prefix=main                | a c
          filter=labels.nightly>main                       | b c
          filter=labels.nightly>=main;labels.nightly<r     | a c
          filter=labels.nightly<=main                      | a
          filter=labels.gpu=exists=true                    | a b
          filter=labels.gpu=exists=false                   | c d
          filter=labels.gp=exists=true                     |
          filter=labels.nightly==main,labels.gpu==A100     | a b
          filter=labels.nightly==main;labels.gpu==A100     |
          filter=labels.nightly==main&sort=timestamp       | a
          filter=labels.nightly==H100                      |
          excluded=only                                    | c
          excluded=no                                      | a b d
          excluded=also                                    | a b c d
          excluded=no&filter=labels.nightly=prefix=main    | a
          filter=excluded==hot                             | c
          versions=all&filter=labels.gpu==H100             | a
          """)
  void labelsAndExclusionAreFilters(String query, String expected) {
    assertEquals(expected == null ? "" : expected, runs(query));
  }

  @Test
  void cursorsGoThroughLabelledResults() {
    String query =
        "/raw_input?filter=labels.nightly=exists=true;run_id=in=(a,b,c)&fields=run_id&limit=1";
    StringBuilder seen = new StringBuilder();

    for (String next = query; next != null; ) {
      Answer page = get(next);
      page.array().forEach(row -> seen.append(((JsonObject) row).getString("run_id")));
      next = Links.next(next, page);
    }

    assertEquals("cba", seen.toString());
  }

  @Test
  void labelsAreColumns() {
    String table =
        get("/raw_input?fields=run_id,labels.gpu,labels,excluded,note&format=csv&sort=-first_received_at")
            .text();

    assertTrue(table.startsWith("run_id,labels.gpu,labels,excluded,note\r\n"), table);
    assertTrue(
        table.contains("a,H100,\"{\"\"gpu\"\":\"\"H100\"\",\"\"nightly\"\":\"\"main\"\"}\",,\r\n"),
        table);
    assertTrue(table.contains("c,,\"{\"\"nightly\"\":\"\"mainline\"\"}\",hot,\r\n"), table);
    assertTrue(table.contains("d,,,,\r\n"), table);
  }

  @Test
  void thePlainListShowsChangesAtOnce() {
    String before = get("/raw_input").text();
    patch("d", "{\"note\":\"seen\"}");

    String after = get("/raw_input").text();

    assertTrue(!before.contains("seen") && after.contains("\"note\":\"seen\""), after);
  }

  @Test
  void ownMembersOfTheseNamesStayUntilTheyAreTaken() {
    service.client().post("/raw_input", body("own", ",\"labels\":[1],\"note\":\"mine\""));
    JsonObject before = get(path("own")).json();

    patch("own", "{\"note\":\"theirs\"}");

    JsonObject after = get(path("own")).json();
    assertEquals("mine", before.getString("note"));
    assertEquals("theirs", after.getString("note"));
    assertEquals("mine", after.getJsonObject("extra").getString("note"));
    assertEquals("[1]", after.getJsonArray("labels").encode());
  }

  @Test
  void labelsOfTheContextAreSetWithTheSave() {
    String labelled = body("e", ",\"context\":{\"labels\":{\"nightly\":\"dev\",\"build\":17}}");
    assertEquals(200, service.client().post("/raw_input", labelled).status());
    assertEquals("e", runs("filter=labels.build==17;labels.nightly==dev"));

    patch("e", "{\"labels\":{\"nightly\":null,\"build\":\"18\"}}");
    Answer again = service.client().post("/raw_input", labelled);

    assertEquals("already_stored", again.json().getString("outcome"));
    assertEquals(
        new JsonObject().put("build", "18"), get(path("e")).json().getJsonObject("labels"));
    Answer refused =
        service.client().post("/raw_input", body("f", ",\"context\":{\"labels\":{\"a b\":\"x\"}}"));
    assertEquals(422, refused.status());
    assertEquals(404, service.client().get(path("f")).status());
  }

  @Test
  void parametersOfAFileSetLabels() {
    Answer stored =
        service
            .client()
            .post(
                "/files?timestamp=2026-04-21T12:00:00Z&benchmark_name=lists&run_id=g"
                    + "&context.labels.nightly=file",
                "{\"accuracy\":0.5}");

    assertEquals(200, stored.status(), stored::toString);
    assertEquals("g", runs("filter=labels.nightly==file"));
  }

  @Test
  void anExportLoadedBackHasTheSameAnnotations() {
    String context = ",\"context\":{\"labels\":{\"gone\":\"x\"}}";
    service.client().post("/raw_input", body("h", context));
    patch("h", "{\"labels\":null,\"note\":\"kept\"}");
    String export = get(LISTED + "&format=ndjson&fields=data").text();
    assertEquals(5, export.lines().count());

    Answer loaded =
        service
            .client()
            .send(
                HttpMethod.POST,
                "/standardized_output",
                Buffer.buffer(export.replace("\"lists\"", "\"loaded\"")),
                "Content-Type",
                "application/x-ndjson")
            .await();

    assertEquals(200, loaded.status(), loaded::toString);
    String again =
        get("/standardized_output?benchmark_name=loaded&format=ndjson&fields=data").text();
    List<String> expected = export.replace("\"lists\"", "\"loaded\"").lines().sorted().toList();
    assertEquals(expected, again.lines().sorted().toList());
  }

  @Test
  void aLabelAsAParameterIsRefusedWithTheFilterThatFindsIt() {
    Answer refused = service.client().get("/raw_input?labels.nightly=main");

    assertEquals(400, refused.status());
    assertEquals(
        "labels.nightly: is not a parameter of this operation; did you mean"
            + " filter=labels.KEY==VALUE?",
        refused.json().getString("detail"));
  }

  @Test
  void labelsAreListedWithTheirCounts() {
    patch("d", "{\"labels\":{\"nightly\":\"main\"}}");
    patch("b", "{\"labels\":{\"gpu\":null}}");

    Answer first = get("/labels?key=nightly&limit=2");
    Answer second = get(Links.next("/labels", first));

    assertEquals(
        List.of("nightly=main 2", "nightly=mainline 1"),
        first.array().stream().map(AnnotatedListsTest::count).toList());
    assertEquals(
        List.of("nightly=release 1"),
        second.array().stream().map(AnnotatedListsTest::count).toList());
    assertEquals(
        List.of("gpu=H100 1"),
        get("/labels?prefix=gp").array().stream().map(AnnotatedListsTest::count).toList());
  }

  private static String count(Object row) {
    return ((JsonObject) row).getString("name") + " " + ((JsonObject) row).getValue("results");
  }
}
