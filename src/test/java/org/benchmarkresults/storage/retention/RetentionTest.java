package org.benchmarkresults.storage.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.RestoreOutcome.Restored;
import org.benchmarkresults.model.retention.RetentionPreview;
import org.benchmarkresults.model.retention.RetentionRun;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.storage.Results;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deletions by rules: what, when, and on which node. */
@OnDatabases
class RetentionTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @RegisterExtension final RetentionModule room;

  RetentionTest(Backend backend) {
    room = new RetentionModule(backend);
  }

  private void save(Stage stage, String benchmarkName, String runId, int daysOld) {
    RawJson data = RawJson.of("\"" + runId + "\"");
    Envelope envelope =
        new Envelope(new ResultKey("t", benchmarkName, runId), null, null, null, List.of());
    Instant received = room.clock.instant().minus(Duration.ofDays(daysOld));
    room.save(new Result(stage, envelope, data, Digest.of(data.bytes()), received, false));
  }

  private Set<String> names(String collection, String field) {
    return room.all(collection).stream()
        .map(document -> document.getString(field))
        .collect(Collectors.toSet());
  }

  @Test
  void withoutRulesNothingIsDeleted() {
    save(Stage.RAW, "a", "old", 10_000);

    RetentionRun run = room.node().run();

    assertEquals(0, run.deleted());
    assertEquals(Set.of("t-a-old"), names("raw_input", "_id"));
  }

  @Test
  void theMostSpecificRuleDecides() {
    save(Stage.RAW, "a", "8", 8);
    save(Stage.RAW, "a", "12", 12);
    save(Stage.RAW, "b=b", "8", 8);
    save(Stage.RAW, "b=b", "12", 12);
    save(Stage.RAW, "c", "8", 8);
    save(Stage.RAW, "c", "12", 12);
    save(Stage.STANDARDIZED, "c", "12", 12);
    var node = room.node("raw_input/*=10d", "raw_input/a=7d", "raw_input/b=b=365d");

    RetentionRun run = node.run();

    assertEquals(3, run.deleted());
    assertEquals(Set.of("t-b=b-8", "t-b=b-12", "t-c-8"), names("raw_input", "_id"));
    assertEquals(Set.of("t-a-8", "t-a-12", "t-c-12"), names("raw_input_deleted", "result_name"));
    assertEquals(Set.of("t-c-12"), names("standardized_output", "_id"));
    assertTrue(node.restore("t-c-12") instanceof Restored);
  }

  @Test
  void manyAreDeletedInBatches() {
    for (int i = 0; i < 50; i++) {
      save(Stage.RAW, "a", "run" + i, 10 + i);
    }

    RetentionRun run = room.node("raw_input/a=20d").run();

    // The tenth is exactly as old as it may get.
    assertEquals(39, run.deleted());
    assertEquals(11, room.all("raw_input").size());
  }

  @Test
  void thePreviewTellsWhatARunDoes() {
    for (int i = 0; i < 15; i++) {
      save(Stage.RAW, "a", "run" + i, 10 + i);
    }
    save(Stage.RAW, "b", "old", 100);
    save(Stage.RAW, "b", "gone", 1);
    var node = room.node("raw_input/a=12d", "raw_input/*=90d", "standardized_output/*=1d");
    node.delete("t-b-gone");
    room.clock.advance(Duration.ofDays(31));

    RetentionPreview preview = node.preview();

    assertNull(preview.lastRun());
    assertEquals(room.clock.instant(), preview.nextRun());
    assertEquals(
        List.of(new ResultCount(15, true), new ResultCount(1, true), new ResultCount(0, true)),
        preview.rules().stream().map(RetentionPreview.Due::count).toList());
    RetentionPreview.Due ofA = preview.rules().get(0);
    assertEquals("raw_input/a=12d", ofA.rule());
    assertEquals(10, ofA.names().size());
    assertEquals("t-a-run14", ofA.names().get(0));
    assertEquals(room.clock.instant().minus(Duration.ofDays(31 + 24)), ofA.oldest());
    assertEquals(List.of("t-b-old"), preview.rules().get(1).names());
    assertNull(preview.rules().get(2).oldest());
    assertEquals(new ResultCount(1, true), preview.expired().get(0).count());
    assertEquals(List.of("t-b-gone"), preview.expired().get(0).names());
    RetentionRun run = node.run();
    assertEquals(16, run.deleted());
    assertEquals(1, run.purged());
    assertEquals(List.of("t-b-gone"), room.purgedNames());
    RetentionPreview after = node.preview();
    assertEquals(0, after.rules().stream().mapToLong(due -> due.count().count()).sum());
    assertEquals(0, after.expired().get(0).count().count());
    assertEquals(
        new RetentionRun(room.clock.instant(), room.clock.instant(), 16, 1, 0, true),
        after.lastRun());
    assertEquals(room.clock.instant().plus(HOUR), after.nextRun());
  }

  @Test
  void ofSeveralNodesOneRunsAndNoneBeforeTheIntervalIsOver() {
    save(Stage.RAW, "a", "old", 100);
    List<RetentionModule.Node> nodes =
        List.of(
            room.node("raw_input/*=1d"), room.node("raw_input/*=1d"), room.node("raw_input/*=1d"));

    List<Optional<RetentionRun>> turns =
        room.on(
            () ->
                Future.all(nodes.stream().map(RetentionModule.Node::turning).toList())
                    .map(all -> all.<Optional<RetentionRun>>list()));

    assertEquals(1, turns.stream().filter(Optional::isPresent).count());
    room.clock.advance(HOUR.minusMillis(1));
    assertEquals(
        0, nodes.stream().map(RetentionModule.Node::turn).filter(Optional::isPresent).count());
    room.clock.advance(Duration.ofMillis(1));
    assertEquals(
        1, nodes.stream().map(RetentionModule.Node::turn).filter(Optional::isPresent).count());
  }

  @Test
  void theLeaseOfADeadNodeEnds() {
    var node = room.node();
    node.run();
    room.clock.advance(Duration.ofDays(1));
    Instant started = room.clock.instant();
    dieHoldingTheLease(started, started.plus(Duration.ofHours(3)));

    room.clock.advance(Duration.ofHours(3));
    Optional<RetentionRun> early = node.turn();
    RetentionPreview preview = node.preview();
    room.clock.advance(Duration.ofMinutes(1));
    Optional<RetentionRun> later = node.turn();

    assertFalse(early.isPresent());
    assertEquals(new RetentionRun(started, null, 0, 0, 0, false), preview.lastRun());
    assertTrue(later.isPresent());
  }

  @Test
  void whatIsDeletedAndPurgedIsInTheAuditTrailAndOldEntriesAreNot() {
    RetentionModule.Node node = room.node("raw_input/*=365d");
    room.save(Results.of("old", "1"));
    room.clock.advance(Duration.ofDays(400));
    node.run();
    room.clock.advance(Duration.ofDays(31));
    node.run();

    assertEquals(
        List.of("service:retention purged"),
        room.all("audit").stream()
            .map(entry -> entry.getString("caller") + " " + entry.getString("action"))
            .toList());

    room.clock.advance(Duration.ofDays(401));
    node.run();

    assertEquals(List.of(), room.all("audit"));
  }

  /** The state that a node with a clock ahead leaves, perhaps of an earlier release. */
  @Test
  void aRunInTheFutureHoldsNobodyUp() {
    RetentionModule.Node node = room.node();
    room.clock.advance(Duration.ofDays(400));
    node.run();
    Instant ahead = room.clock.instant();
    room.clock.advance(Duration.ofDays(-400));

    Instant next = node.preview().nextRun();
    Optional<RetentionRun> run = node.turn();
    dieHoldingTheLease(ahead, ahead);
    Optional<RetentionRun> afterOneThatDied = node.turn();

    assertEquals(room.clock.instant(), next);
    assertTrue(run.isPresent());
    assertTrue(afterOneThatDied.isPresent());
  }

  private void dieHoldingTheLease(Instant started, Instant until) {
    Driver.await(
        room.byHand()
            .getCollection("leases")
            .updateOne(
                Filters.eq("_id", "retention"),
                Updates.combine(
                    Updates.set("holder", "one that died"),
                    Updates.set("until", Date.from(until)),
                    Updates.set("started_at", Date.from(started)))));
  }

  @Test
  void aNodeThatLostItsLeaseStops() {
    Lease first = room.lease();
    Lease second = room.lease();
    assertTrue(room.on(() -> first.take(HOUR)));
    room.clock.advance(HOUR);
    assertTrue(room.on(() -> second.take(HOUR)));

    assertFalse(room.on(first::extend));
    assertFalse(room.on(() -> first.giveBack(new JsonObject())));
    assertTrue(room.on(second::extend));
  }
}
