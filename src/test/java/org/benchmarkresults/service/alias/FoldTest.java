package org.benchmarkresults.service.alias;

import static org.benchmarkresults.service.Problems.pointers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, observations, models and suggestions with all spellings of a model as one model. */
@OnDatabases
class FoldTest {
  private static final String MODEL = "Qwen/Qwen3-8B";

  /** By the run that has each; the third one is no declared alias. */
  private static final List<String> SPELLINGS =
      List.of(MODEL, "qwen3-8b", "QWEN3-8B", "/models/qwen", "other", "alone-alias");

  @RegisterExtension final RunningService service;

  FoldTest(Backend backend) {
    service = RunningService.on(backend);
  }

  @BeforeEach
  void store() {
    if (!service.client().get("/aliases").array().isEmpty()) {
      return;
    }
    for (int i = 0; i < SPELLINGS.size(); i++) {
      post("/raw_input", "run " + i, SPELLINGS.get(i));
    }
    post("/standardized_output", "run 1", "qwen3-8b");
    post("/raw_input", "no model", null);
    Await.until(
        () -> get("/observations?limit=100").array().size() == 7,
        () -> get("/observations").text());
    set(MODEL, "qwen3-8b", "/models/qwen", "never used");
    set("without/results", "alone-alias", "unused too");
    set("zz nothing", "nor this");
  }

  private void post(String path, String run, String model) {
    JsonObject body =
        new JsonObject()
            .put("timestamp", Bodies.TIMESTAMP)
            .put("benchmark_name", "b")
            .put("run_id", run)
            .put("model_id", model)
            .put("folded_model", "the sender's own")
            .put("data", new JsonObject("{\"results\":{\"one\":{\"acc,none\":0.5}}}"));
    Answer answer = service.client().post(path, body.encode());
    assertEquals(200, answer.status(), answer::toString);
  }

  private void set(String model, String... aliases) {
    Answer answer =
        service
            .client()
            .send(
                HttpMethod.PUT,
                "/aliases/" + Bodies.encoded(model),
                Buffer.buffer(
                    new JsonObject().put("aliases", JsonArray.of((Object[]) aliases)).encode()),
                "Content-Type",
                "application/json")
            .await();
    assertEquals(200, answer.status(), answer::toString);
  }

  private Answer get(String path) {
    Answer answer = service.client().get(path);
    assertEquals(200, answer.status(), answer::toString);
    return answer;
  }

  private List<JsonObject> rows(String path) {
    return get(path).array().stream().map(JsonObject.class::cast).toList();
  }

  private List<String> values(String path, String member) {
    return rows(path).stream().map(row -> row.getString(member)).sorted().toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model_id=Qwen%2FQwen3-8B|run 0,run 1,run 3",
        "model_id=qwen3-8b|run 0,run 1,run 3",
        "model_id=never%20used|run 0,run 1,run 3",
        "model_id=QWEN3-8B|run 2",
        "model_id=qwen3-8b&model_id=other|run 0,run 1,run 3,run 4",
        "model_id=without/results|run 5",
        "filter=model_id==qwen3-8b|run 0,run 1,run 3",
        "filter=model_id=in=(qwen3-8b,other)|run 0,run 1,run 3,run 4",
        "filter=model_id!=qwen3-8b|no model,run 2,run 4,run 5",
        "filter=(model_id==qwen3-8b;run_id!='run%201'),run_id=='run%202'|run 0,run 2,run 3",
        "filter=model_id=prefix=qwen|run 1",
        "model_id=qwen3-8b&deleted=true|",
        "model_id=qwen3-8b&versions=all|run 0,run 1,run 3",
        "model_id=qwen3-8b&task=one|run 0,run 1,run 3",
        "model_id=qwen3-8b&sort=timestamp|run 0,run 1,run 3",
        "model_id=qwen3-8b&benchmark_name=b|run 0,run 1,run 3",
      })
  void aConditionOnOneSpellingMeansAll(String query, String runs) {
    List<String> found = values("/raw_input?fold=aliases&" + query, "run_id");

    assertEquals(runs == null ? List.of() : List.of(runs.split(",")), found);
  }

  @Test
  void theOtherStageIsFoldedToo() {
    assertEquals(
        List.of("qwen3-8b"),
        values("/standardized_output?fold=aliases&model_id=/models/qwen", "model_id"));
    assertEquals(List.of(), values("/standardized_output?model_id=/models/qwen", "model_id"));
  }

  @Test
  void countsAreOfAllSpellings() {
    Answer answer = get("/raw_input?fold=aliases&model_id=qwen3-8b&count=true&limit=1");

    assertEquals("3", answer.header("X-Total-Count"));
  }

  @Test
  void rowsKeepTheirSpellingAndTellTheModel() {
    List<JsonObject> rows = rows("/raw_input?fold=aliases&sort=model_id");

    assertEquals(
        List.of(
            Stream.of(null, null).toList(),
            List.of("/models/qwen", MODEL),
            List.of("QWEN3-8B", "QWEN3-8B"),
            List.of(MODEL, MODEL),
            List.of("alone-alias", "without/results"),
            List.of("other", "other"),
            List.of("qwen3-8b", MODEL)),
        rows.stream()
            .map(
                row -> Stream.of(row.getString("model_id"), row.getString("folded_model")).toList())
            .toList());
    assertEquals("the sender's own", rows.get(1).getJsonObject("extra").getString("folded_model"));
  }

  @Test
  void fieldsMayNameTheModelAndLinesAndTablesHaveIt() {
    String query = "/raw_input?fold=aliases&model_id=qwen3-8b&sort=model_id";

    assertEquals(
        "folded_model,model_id\r\n"
            + "Qwen/Qwen3-8B,/models/qwen\r\n"
            + "Qwen/Qwen3-8B,Qwen/Qwen3-8B\r\n"
            + "Qwen/Qwen3-8B,qwen3-8b\r\n",
        get(query + "&format=csv&fields=folded_model,model_id").text());
    assertTrue(
        get(query + "&format=csv")
            .text()
            .lines()
            .findFirst()
            .orElseThrow()
            .endsWith(",folded_model"));
    assertTrue(
        get(query + "&format=ndjson")
            .text()
            .lines()
            .allMatch(line -> MODEL.equals(new JsonObject(line).getString("folded_model"))));
    assertEquals(
        List.of(List.of("pk")),
        rows(query + "&fields=pk").stream()
            .map(row -> List.copyOf(row.fieldNames()))
            .distinct()
            .toList());
    Answer without = service.client().get("/raw_input?fields=folded_model");
    assertEquals(List.of("fields"), pointers(without.json()));
    assertEquals(422, without.status());
  }

  @Test
  void withoutTheParameterNothingIsFolded() {
    List<JsonObject> rows = rows("/raw_input?model_id=qwen3-8b");

    assertEquals(List.of("run 1"), rows.stream().map(row -> row.getString("run_id")).toList());
    assertEquals("the sender's own", rows.getFirst().getString("folded_model"));
    assertFalse(rows("/observations?model=qwen3-8b").getFirst().containsKey("folded_model"));
    assertFalse(
        get("/raw_input?format=csv").text().lines().findFirst().orElseThrow().contains("folded"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/raw_input?fold=all",
        "/raw_input?fold=",
        "/observations?fold=aliases&fold=aliases",
        "/models?fold=x",
        "/sources?fold=aliases"
      })
  void otherValuesAreRefused(String path) {
    Answer answer = service.client().get(path);

    assertEquals(400, answer.status(), answer::toString);
    assertEquals(List.of("fold"), pointers(answer.json()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&sort=timestamp", "&sort=-model_id", "&sort=benchmark_name"})
  void pagesOfSeveralSpellingsAreTheWhole(String order) {
    String query = "/raw_input?fold=aliases&model_id=qwen3-8b&model_id=other" + order;
    List<JsonObject> whole = rows(query);

    List<JsonObject> paged = new ArrayList<>();
    String path = query + "&limit=1";
    String first = null;
    while (path != null) {
      Answer page = get(path);
      page.array().forEach(row -> paged.add((JsonObject) row));
      path = Links.next(page);
      first = first == null ? path : first;
    }

    assertEquals(4, whole.size());
    assertEquals(whole, paged);
    assertEquals(422, service.client().get(first.replace("fold=aliases&", "")).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model=qwen3-8b",
        "model_id=/models/qwen",
        "filter=model==qwen3-8b",
        "filter=model_id=in=(qwen3-8b)",
        "model=qwen3-8b&task=one&metric=acc",
        "model=qwen3-8b&task=one&metric=acc&sort=-value",
        "model=qwen3-8b&task=one&metric=acc&sort=model",
        "model=qwen3-8b&sort=model",
        "model=qwen3-8b&pivot=metric"
      })
  void observationsOfAllSpellingsAreFound(String query) {
    List<JsonObject> rows = rows("/observations?fold=aliases&stage=raw_input&" + query);

    assertEquals(
        List.of("/models/qwen", MODEL, "qwen3-8b"),
        rows.stream().map(row -> row.getString("model")).sorted().toList());
    assertTrue(rows.stream().allMatch(row -> MODEL.equals(row.getString("folded_model"))));
  }

  @Test
  void tablesOfObservationsHaveTheModel() {
    String query = "/observations?fold=aliases&format=csv&model=qwen3-8b";

    assertTrue(get(query).text().lines().findFirst().orElseThrow().endsWith(",folded_model"));
    assertEquals(
        List.of("value,folded_model", "0.5,Qwen/Qwen3-8B"),
        get(query + "&fields=value,folded_model").text().lines().distinct().toList());
    assertTrue(
        get(query + "&pivot=metric")
            .text()
            .lines()
            .findFirst()
            .orElseThrow()
            .contains(",labels,excluded,folded_model,acc"));
    assertEquals(422, service.client().get("/observations?fields=folded_model").status());
  }

  private static JsonObject counts(JsonObject row) {
    JsonObject copy = row.copy();
    copy.remove("last_seen");
    copy.remove("is_lower_bound");
    return copy;
  }

  private static JsonObject model(String name, int raw, int standardized, String... spellings) {
    return new JsonObject()
        .put("name", name)
        .put("raw_input", raw)
        .put("standardized_output", standardized)
        .put("spellings", JsonArray.of((Object[]) spellings));
  }

  private static final List<JsonObject> MODELS =
      List.of(
          model("QWEN3-8B", 1, 0, "QWEN3-8B"),
          model(MODEL, 3, 1, MODEL, "qwen3-8b", "/models/qwen"),
          model("other", 1, 0, "other"),
          model("without/results", 1, 0, "alone-alias"));

  @Test
  void aModelIsOneRowWithTheSumsOfItsSpellings() {
    List<JsonObject> rows = rows("/models?fold=aliases");

    assertEquals(MODELS, rows.stream().map(FoldTest::counts).toList());
    assertEquals(
        rows("/models").stream()
            .filter(
                row -> List.of(MODEL, "qwen3-8b", "/models/qwen").contains(row.getString("name")))
            .map(row -> row.getString("last_seen"))
            .max(String::compareTo)
            .orElseThrow(),
        rows.get(1).getString("last_seen"));
    assertEquals(6, rows("/models").size());
    assertTrue(
        get("/models?fold=aliases&format=csv&prefix=Qwen")
            .text()
            .endsWith(
                ",false,\"[\"\"Qwen/Qwen3-8B\"\",\"\"qwen3-8b\"\",\"\"/models/qwen\"\"]\"\r\n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 100})
  void pagesOfModelsAreTheWhole(int limit) {
    List<JsonObject> found = new ArrayList<>();
    String path = "/models?fold=aliases&limit=" + limit;
    while (path != null) {
      Answer page = get(path);
      page.array().forEach(row -> found.add(counts((JsonObject) row)));
      path = Links.next(page);
    }

    assertEquals(MODELS, found);
    assertEquals(List.of("without/results"), values("/models?fold=aliases&prefix=without", "name"));
    assertEquals(List.of(), values("/models?fold=aliases&prefix=alone", "name"));
  }

  @Test
  void aSpellingSuggestsItsModel() {
    JsonObject found = rows("/suggest?fold=aliases&q=models&kinds=model_id").getFirst();

    assertEquals(MODEL, found.getString("value"));
    assertEquals("/models/qwen", found.getString("spelling"));
    assertEquals(4, found.getInteger("results"));
    assertEquals(
        rows("/models?fold=aliases&prefix=Qwen").getFirst().getString("last_seen"),
        found.getString("last_seen"));
    assertEquals(
        List.of(MODEL, "QWEN3-8B"),
        rows("/suggest?fold=aliases&q=qwen&kinds=model_id").stream()
            .map(row -> row.getString("value"))
            .toList());
    assertEquals(
        List.of("without/results"), values("/suggest?fold=aliases&q=unused%20too", "value"));
    assertEquals(List.of(), values("/suggest?fold=aliases&q=nor%20this", "value"));
    assertEquals(
        List.of("qwen3-8b", "QWEN3-8B").size(), rows("/suggest?q=qwen3-8b&limit=2").size());
    assertFalse(rows("/suggest?q=qwen").getFirst().containsKey("spelling"));
  }
}
