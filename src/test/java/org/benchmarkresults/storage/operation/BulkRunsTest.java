package org.benchmarkresults.storage.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.model.operation.BulkAction;
import org.benchmarkresults.model.operation.BulkOperation;
import org.benchmarkresults.model.operation.BulkPlan;
import org.benchmarkresults.model.operation.BulkReply;
import org.benchmarkresults.model.operation.BulkState;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultBatch;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageModule;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs of several chunks: cut short and resumed, cancelled, expired. */
@OnDatabases
class BulkRunsTest {
  private static final int RESULTS = 2_500;

  @RegisterExtension final StorageModule storage;
  private final BulkModule bulk;

  BulkRunsTest(Backend backend) {
    storage = new StorageModule(backend);
    bulk = new BulkModule(storage);
  }

  private void saveMany() {
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < RESULTS; i++) {
      results.add(Results.of("run" + i, "1"));
      if (results.size() == 500) {
        storage
            .request(Addresses.SAVE_ALL, new ResultBatch(Stage.RAW, List.copyOf(results)))
            .await();
        results.clear();
      }
    }
  }

  @Test
  void aRunThatWasCutShortGoesOnAndLeavesOneEntryForEachResult() {
    saveMany();
    BulkPlan plan = bulk.dryRun(BulkModule.change(BulkAction.LABEL, false), false);
    String id = plan.operation().id();
    bulk.start(plan);
    Await.until(() -> bulk.found(id).progress().handled() > 0, () -> "it does not begin");

    storage.restart();
    BulkOperation ended = bulk.ended(id);

    assertEquals(RESULTS, ended.count());
    assertEquals(RESULTS, ended.progress().done(), ended::toString);
    assertEquals(0L, ended.progress().newMatches());
    Set<String> names = new HashSet<>();
    List<Document> entries = all("audit");
    entries.forEach(entry -> names.add(entry.getString("result_name")));
    assertEquals(List.of(RESULTS, RESULTS), List.of(names.size(), entries.size()));
    assertEquals(List.of(), all("bulk_items"));
  }

  /** Its outcome was not written down: the chunk is done again. */
  @Test
  void aChunkThatIsDoneTwiceIsCountedOnce() {
    for (int i = 0; i < 5; i++) {
      storage.save(Results.of("run" + i, "1"));
    }
    for (BulkAction action : List.of(BulkAction.LABEL, BulkAction.DELETE, BulkAction.RESTORE)) {
      BulkPlan plan = bulk.dryRun(BulkModule.change(action, false), action == BulkAction.RESTORE);
      String id = plan.operation().id();
      Document items = all("bulk_items").get(0);
      bulk.start(plan);
      bulk.ended(id);
      storage.byHand(
          database -> {
            Driver.await(database.getCollection("bulk_items").insertOne(items));
            return Driver.await(
                database
                    .getCollection("bulk_operations")
                    .updateOne(
                        new Document("_id", id),
                        Updates.combine(
                            Updates.set("state", "running"),
                            Updates.set("next", 0),
                            Updates.set("open", true),
                            Updates.set("not_before", new Date()),
                            Updates.set("progress.handled", 0L),
                            Updates.set("progress.done", 0L))));
          });

      BulkOperation ended = bulk.ended(id);

      assertEquals(5, ended.progress().done(), ended::toString);
      assertEquals(0, ended.progress().gone() + ended.progress().changed(), ended::toString);
    }
    assertEquals(15, all("audit").size());
  }

  @Test
  void aRunIsCancelledBetweenTwoChunks() {
    saveMany();
    BulkPlan plan = bulk.dryRun(BulkModule.change(BulkAction.LABEL, false), false);
    String id = plan.operation().id();
    bulk.start(plan);

    bulk.cancel(id);
    BulkOperation ended = bulk.ended(id);

    assertEquals(BulkState.CANCELLED, ended.state());
    assertTrue(ended.progress().handled() < RESULTS, ended::toString);
    assertEquals(ended.progress().done(), all("annotations").size());
  }

  @Test
  void anExpiredTokenStartsNothing() {
    storage.save(Results.of("run", "1"));
    BulkPlan plan = bulk.dryRun(BulkModule.change(BulkAction.DELETE, false), false);
    storage.byHand(
        database ->
            Driver.await(
                database
                    .getCollection("bulk_operations")
                    .updateOne(
                        new Document(),
                        Updates.set("expires_at", Date.from(Instant.now().minusSeconds(1))))));

    BulkReply reply = bulk.start(plan);

    assertInstanceOf(BulkReply.Expired.class, reply);
    assertEquals(1, all("raw_input").size());
  }

  private List<Document> all(String collection) {
    return storage.byHand(database -> Driver.await(database.getCollection(collection).find()));
  }
}
