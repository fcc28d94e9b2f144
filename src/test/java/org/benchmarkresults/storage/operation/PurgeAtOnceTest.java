package org.benchmarkresults.storage.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.model.operation.BulkAction;
import org.benchmarkresults.model.operation.BulkOperation;
import org.benchmarkresults.model.operation.BulkPlan;
import org.benchmarkresults.model.operation.BulkState;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Permanent removal at once leaves nothing anywhere in the database. */
@OnDatabases
class PurgeAtOnceTest {
  private static final String SECRET = "hf_tOpSeCrEtToKeN";
  private static final String NAME = Results.key("run").resultName();
  private static final int LARGE = 300_000;

  @RegisterExtension final StorageModule storage;
  private final BulkModule bulk;

  PurgeAtOnceTest(Backend backend) {
    storage = new StorageModule(backend);
    bulk = new BulkModule(storage);
  }

  private static String secret(int version) {
    return "{\"token\":\"" + SECRET + "\",\"version\":" + version + "}";
  }

  private static String large(int version) {
    return "[\"" + SECRET + version + "\",\"" + "x".repeat(LARGE) + "\"]";
  }

  private BulkOperation purge(boolean deleted) {
    BulkPlan plan = bulk.dryRun(BulkModule.change(BulkAction.DELETE, true), deleted);
    bulk.start(plan);
    return bulk.ended(plan.operation().id());
  }

  @Test
  void versionsChunksAndDeletedCopiesGoToo() {
    storage.save(Results.of("run", secret(1)));
    storage.save(Results.of("run", large(2)));
    storage.save(Results.of("run", secret(3)));
    storage.delete(NAME);
    storage.save(Results.of("run", large(4)));
    storage.delete(NAME);
    storage.restore(NAME);
    storage.save(Results.of("run", secret(5)));
    storage.save(Results.of("other", "1"));
    assertTrue(bulk.holding(SECRET).size() > 4);

    BulkOperation ended = purge(false);

    assertEquals(List.of(2L, 2L), List.of(ended.count(), ended.progress().done()));
    assertEquals(List.of(), bulk.holding(SECRET));
    assertEquals(
        List.of("audit"),
        bulk.holding(NAME).stream()
            .map(found -> found.replaceFirst(":.*", ""))
            .distinct()
            .filter(collection -> !collection.startsWith("bulk_"))
            .toList());
  }

  @Test
  void aDeletedResultIsPurgedWithoutTheOneThatFollowed() {
    storage.save(Results.of("run", secret(1)));
    storage.save(Results.of("run", large(2)));
    storage.delete(NAME);
    storage.save(Results.of("run", "1"));
    storage.save(Results.of("run", "2"));

    BulkOperation ended = purge(true);

    assertEquals(1, ended.progress().done());
    assertEquals(List.of(), bulk.holding(SECRET));
    assertEquals(2, storage.versions(NAME).size());
  }

  @Test
  void aNewerVersionThanTheOneShownIsLeftAlone() {
    storage.save(Results.of("run", "1"));
    BulkPlan plan = bulk.dryRun(BulkModule.change(BulkAction.DELETE, true), false);
    storage.save(Results.of("run", "2"));

    bulk.start(plan);
    BulkOperation ended = bulk.ended(plan.operation().id());

    assertEquals(1, ended.progress().changed());
    assertEquals(2, storage.versions(NAME).size());
  }

  /** Others save, delete and restore the name meanwhile; none of them sends the secret. */
  @Test
  void itIsCompleteAmongOtherWriters() {
    Random random = new Random(7);
    for (int round = 0; round < 3; round++) {
      storage.save(Results.of("run", secret(round)));
      storage.save(Results.of("run", large(round)));
      BulkPlan plan = bulk.dryRun(BulkModule.change(BulkAction.DELETE, true), false);
      List<Future<?>> others = new ArrayList<>();
      bulk.start(plan);
      for (int i = 0; i < 12; i++) {
        switch (random.nextInt(3)) {
          case 0 -> others.add(storage.deleting(NAME));
          case 1 -> others.add(storage.restoring(NAME));
          default -> others.add(storage.saving(Results.of("run", "" + random.nextInt(1_000))));
        }
      }
      Future.join(others).otherwiseEmpty().await();
      bulk.ended(plan.operation().id());
    }

    BulkOperation last = purge(false);
    BulkOperation deleted = purge(true);

    assertEquals(BulkState.DONE, last.state());
    assertEquals(0, last.progress().failed() + deleted.progress().failed());
    assertEquals(List.of(), bulk.holding(SECRET));
  }
}
