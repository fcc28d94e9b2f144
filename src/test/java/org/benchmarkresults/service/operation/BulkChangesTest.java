package org.benchmarkresults.service.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One action on all results that a filter finds: a dry run, and then a run of exactly that set. */
@OnDatabases
class BulkChangesTest {
  @RegisterExtension final RunningService service;

  private final String benchmark = "b" + UUID.randomUUID();
  private final String selected =
      "'stage':'raw_input','filter':'benchmark_name=prefix=" + benchmark + "'";
  private BulkRequests bulk;

  BulkChangesTest(Backend backend) {
    service = RunningService.on(backend);
  }

  @BeforeEach
  void openClient() {
    bulk = new BulkRequests(service.client());
  }

  private void store(String suffix, String data) {
    Answer stored = service.client().post("/raw_input", Bodies.withData(benchmark + suffix, data));
    assertEquals(200, stored.status(), stored::toString);
  }

  private String name(String suffix) {
    return Bodies.resultName(benchmark + suffix);
  }

  private int status(String suffix) {
    return service.client().get(Bodies.path(benchmark + suffix)).status();
  }

  private void delete(String suffix) {
    service
        .client()
        .send(HttpMethod.DELETE, Bodies.path(benchmark + suffix), Buffer.buffer())
        .await();
  }

  @Test
  void aDryRunShowsTheSetAndChangesNothing() {
    store("-1", "1");
    store("-2", "1");

    JsonObject dryRun = bulk.dryRun("'action':'delete'," + selected);

    assertEquals(2, dryRun.getLong("count"));
    assertEquals(
        List.of(name("-2"), name("-1")),
        dryRun.getJsonArray("sample").stream()
            .map(row -> ((JsonObject) row).getString("pk"))
            .toList());
    assertEquals("ready", dryRun.getJsonObject("operation").getString("state"));
    assertEquals(200, status("-1"));
  }

  @Test
  void aRunChangesExactlyTheSetAndSaysWhatChangedSince() {
    for (String suffix : List.of("-1", "-2", "-3", "-4")) {
      store(suffix, "1");
    }
    JsonObject dryRun = bulk.dryRun("'action':'delete'," + selected);
    store("-2", "2");
    delete("-3");
    store("-5", "1");

    JsonObject ended = bulk.run(dryRun);

    assertEquals("done", ended.getString("state"));
    assertEquals(
        List.of(4L, 2L, 1L, 1L, 0L, 0L, 1L),
        List.of("count", "done", "changed", "gone", "failed", "remaining", "new_matches").stream()
            .map(ended::getLong)
            .toList());
    assertEquals(new JsonArray().add(name("-2")), ended.getJsonArray("changed_names"));
    assertEquals(new JsonArray().add(name("-3")), ended.getJsonArray("gone_names"));
    assertEquals(new JsonArray().add(name("-5")), ended.getJsonArray("new_names"));
    assertEquals(
        List.of(404, 200, 404, 404, 200),
        List.of(status("-1"), status("-2"), status("-3"), status("-4"), status("-5")));
  }

  @Test
  void aResultThatWasStoredAnewUnderTheNameIsLeftAlone() {
    store("-1", "1");
    JsonObject dryRun = bulk.dryRun("'action':'delete'," + selected);
    delete("-1");
    store("-1", "1");

    JsonObject ended = bulk.run(dryRun);

    assertEquals(1, ended.getLong("changed"));
    assertEquals(200, status("-1"));
  }

  @Test
  void deletedResultsAreRestored() {
    store("-1", "1");
    store("-2", "1");
    store("-3", "1");
    bulk.run("'action':'delete'," + selected);
    JsonObject dryRun = bulk.dryRun("'action':'restore'," + selected);
    store("-2", "7");

    JsonObject ended = bulk.run(dryRun);

    assertEquals(3, dryRun.getLong("count"));
    assertEquals(2, ended.getLong("done"));
    assertEquals(name("-2"), ended.getJsonArray("failures").getJsonObject(0).getString("name"));
    assertEquals(List.of(200, 200), List.of(status("-1"), status("-3")));
  }

  private JsonObject stored(String suffix) {
    return service.client().get(Bodies.path(benchmark + suffix)).json();
  }

  @Test
  void labelsAreSetOnTheSetWhateverItsVersions() {
    store("-1", "1");
    store("-2", "1");
    JsonObject dryRun =
        bulk.dryRun("'action':'label','labels':{'nightly':'main','a.b':''}," + selected);
    store("-2", "2");
    store("-3", "1");

    JsonObject ended = bulk.run(dryRun);

    assertEquals(
        List.of(2L, 1L, 0L, 1L),
        List.of("done", "changed", "gone", "new_matches").stream().map(ended::getLong).toList());
    JsonObject labels = new JsonObject().put("nightly", "main").put("a.b", "");
    assertEquals(labels, stored("-1").getJsonObject("labels"));
    assertEquals(labels, stored("-2").getJsonObject("labels"));
    assertTrue(stored("-3").getJsonObject("labels", new JsonObject()).isEmpty());
    assertEquals(
        2,
        service
            .client()
            .get("/raw_input?filter=labels.nightly==main;benchmark_name=prefix=" + benchmark)
            .array()
            .size());
  }

  @Test
  void labelsAreRemovedAndResultsExcludedAndIncluded() {
    store("-1", "1");
    bulk.run("'action':'label','labels':{'x':'1','y':'2'}," + selected);

    bulk.run("'action':'unlabel','keys':['x','never']," + selected);
    bulk.run("'action':'exclude','reason':'throttled'," + selected);
    JsonObject excluded = stored("-1");
    JsonObject dryRun = bulk.dryRun("'action':'include','excluded':'only'," + selected);
    bulk.run(dryRun);

    assertEquals(new JsonObject().put("y", "2"), excluded.getJsonObject("labels"));
    assertTrue(excluded.encode().contains("throttled"), excluded::encode);
    assertEquals(1, dryRun.getLong("count"));
    assertEquals(new JsonObject().put("y", "2"), stored("-1").getJsonObject("labels"));
    assertTrue(!stored("-1").encode().contains("throttled"));
  }

  @Test
  void aResultWithTooManyLabelsIsCountedAsFailed() {
    store("-1", "1");
    store("-2", "1");
    JsonObject many = BulkRequests.json("'action':'label','dry_run':true," + selected);
    JsonObject labels = new JsonObject();
    for (int i = 0; i < 64; i++) {
      labels.put("k" + i, "v");
    }
    bulk.run(bulk.post(many.put("labels", labels)).json());
    JsonObject ended = bulk.run("'action':'label','labels':{'more':'1'}," + selected);

    assertEquals(2, ended.getLong("failed"));
    assertTrue(ended.getJsonArray("failures").encode().contains("64 are allowed"));
  }

  @Test
  void aTokenThatIsSentAgainReturnsItsOperation() {
    store("-1", "1");
    JsonObject dryRun = bulk.dryRun("'action':'delete'," + selected);
    JsonObject ended = bulk.run(dryRun);
    store("-1", "2");

    JsonObject again = bulk.run(dryRun);

    assertEquals(ended, again);
    assertEquals(200, status("-1"));
  }

  @Test
  void theRunMayRepeatTheRequestButNotChangeIt() {
    store("-1", "1");
    JsonObject dryRun = bulk.dryRun("'action':'delete'," + selected);
    String token = dryRun.getString("token");

    Answer other =
        bulk.post(
            BulkRequests.json("'action':'delete','stage':'raw_input','filter':'model_id==x'")
                .put("token", token));
    Answer purge =
        bulk.post(
            BulkRequests.json("'action':'delete','purge':true," + selected).put("token", token));
    Answer same = bulk.post(BulkRequests.json("'action':'delete'," + selected).put("token", token));

    assertEquals(409, other.status(), other::toString);
    assertEquals(409, purge.status(), purge::toString);
    assertEquals(202, same.status(), same::toString);
    assertEquals("bulk/" + same.json().getString("id"), same.header("Location"));
    bulk.ended(same.json().getString("id"));
  }

  @Test
  void requestsThatMakeNoSenseAreRefusedWithTheReason() {
    assertRefused("/token", "'action':'delete'," + selected);
    assertRefused("/action", "'action':'destroy','dry_run':true," + selected);
    assertRefused("/stage", "'action':'delete','dry_run':true,'stage':'x'");
    assertRefused("/filters", "'action':'delete','dry_run':true,'filters':'x'," + selected);
    assertRefused("/purge", "'action':'restore','dry_run':true,'purge':true," + selected);
    assertRefused("/deleted", "'action':'delete','dry_run':true,'deleted':true," + selected);
    assertRefused("/labels", "'action':'label','dry_run':true," + selected);
    assertRefused(
        "/labels/a b", "'action':'label','dry_run':true,'labels':{'a b':'1'}," + selected);
    assertRefused("/keys", "'action':'unlabel','dry_run':true," + selected);
    assertRefused("/reason", "'action':'exclude','dry_run':true," + selected);
    assertRefused("/excluded", "'action':'delete','dry_run':true,'excluded':'x'," + selected);
    assertRefused("/dry_run", "'token':'x','dry_run':true");
    Answer filter =
        bulk.post(
            BulkRequests.json(
                "'action':'delete','dry_run':true,'stage':'raw_input','filter':'model_id=='"));
    assertEquals(422, filter.status(), filter::toString);
    assertEquals(404, bulk.post(BulkRequests.json("'token':'x'")).status());
    assertEquals(400, service.client().post("/bulk", "{").status());
  }

  private void assertRefused(String pointer, String members) {
    Answer refused = bulk.post(BulkRequests.json(members));
    assertEquals(422, refused.status(), refused::toString);
    assertEquals(
        pointer, refused.json().getJsonArray("errors").getJsonObject(0).getString("pointer"));
  }

  @Test
  void aCancelledOperationNeverRuns() {
    store("-1", "1");
    JsonObject dryRun = bulk.dryRun("'action':'delete'," + selected);
    String id = dryRun.getJsonObject("operation").getString("id");

    Answer cancelled =
        service.client().send(HttpMethod.DELETE, "/bulk/" + id, Buffer.buffer()).await();

    assertEquals("cancelled", cancelled.json().getString("state"));
    assertEquals("cancelled", bulk.run(dryRun).getString("state"));
    assertEquals(200, status("-1"));
  }

  @Test
  void theLatestOperationsAreListedFirst() {
    JsonObject first = bulk.dryRun("'action':'delete'," + selected).getJsonObject("operation");
    JsonObject second = bulk.dryRun("'action':'restore'," + selected).getJsonObject("operation");

    JsonArray list = service.client().get("/bulk").array();

    assertEquals(List.of(second, first), List.of(list.getValue(0), list.getValue(1)));
    assertNull(second.getString("started_at"));
    assertEquals(404, service.client().get("/bulk/nothing-here").status());
  }

  @Test
  void aPurgedResultIsGoneForGood() {
    store("-1", "1");
    store("-1", "2");

    JsonObject ended = bulk.run("'action':'delete','purge':true," + selected);

    assertEquals(1, ended.getLong("done"));
    assertEquals(404, status("-1"));
    assertTrue(
        service
            .client()
            .get("/raw_input?deleted=true&benchmark_name=" + benchmark + "-1")
            .array()
            .isEmpty());
    assertEquals(
        404, service.client().post(Bodies.path(benchmark + "-1") + "/restore", "").status());
  }
}
