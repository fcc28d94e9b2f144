package org.benchmarkresults.storage.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultBatch;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.model.security.AuditQuery;
import org.benchmarkresults.model.version.VersionRestore;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Storage writes the audit entry of each change that has an actor, before it replies. */
@OnDatabases
class SaveAuditTest {
  private static final Actor ACTOR = new Actor("key:one", "192.0.2.1", "request");
  private static final String LARGE = "\"" + "x".repeat(ResultStore.MOST_INLINE_BYTES) + "\"";

  @RegisterExtension final StorageModule storage;

  SaveAuditTest(Backend backend) {
    storage = new StorageModule(backend);
  }

  private static Result audited(String runId, String data) {
    return Results.of(runId, data).by(ACTOR);
  }

  private static String name(String runId) {
    return Results.of(runId, "1").envelope().key().resultName();
  }

  private List<AuditEntry> entries() {
    return storage
        .request(Addresses.AUDIT_PAGE, new AuditQuery(null, null, null, null, null, null, 1_000))
        .await()
        .changes();
  }

  /** The entries of a name, in no order. */
  private List<String> actions(String runId) {
    return entries().stream()
        .filter(entry -> name(runId).equals(entry.resultName()))
        .map(entry -> entry.action().text() + " " + entry.version())
        .sorted()
        .toList();
  }

  @Test
  void eachOutcomeHasItsEntry() {
    storage.save(audited("a", "1"));
    storage.save(audited("a", "1"));
    storage.save(audited("a", "2"));
    storage.save(audited("a", "1"));

    assertEquals(
        List.of("already_stored 1", "already_stored 1", "new_version 2", "stored 1"), actions("a"));
    AuditEntry entry = entries().get(0);
    assertEquals(ACTOR, new Actor(entry.caller(), entry.address(), entry.requestId()));
    assertEquals(Stage.RAW, entry.stage());
  }

  @Test
  void largeResultsHaveEntriesToo() {
    storage.save(audited("large", LARGE));
    storage.save(audited("large", LARGE));
    storage.save(audited("large", LARGE.replace('x', 'y')));

    assertEquals(List.of("already_stored 1", "new_version 2", "stored 1"), actions("large"));
  }

  @Test
  void refusedSavesAndSavesWithoutAnActorHaveNone() {
    ResultKey holder = new ResultKey("t", "a-b", "c");
    storage.save(Results.of(holder, "1"));

    SaveOutcome taken = storage.save(Results.of(new ResultKey("t", "a", "b-c"), "1").by(ACTOR));
    SaveOutcome refused =
        storage.save(Results.refusingNewVersion(Results.of(holder, "2")).by(ACTOR));

    assertInstanceOf(SaveOutcome.NameTaken.class, taken);
    assertInstanceOf(SaveOutcome.VersionRefused.class, refused);
    assertEquals(List.of(), entries());
  }

  @Test
  void eachResultOfABatchHasItsEntry() {
    storage.save(Results.of("1", "1"));
    storage.save(Results.of("2", "other"));
    List<Result> results =
        Stream.concat(
                IntStream.range(0, 200).mapToObj(i -> audited("" + i, "1")),
                Stream.of(Results.of("unaudited", "1"), audited("large", LARGE)))
            .toList();

    storage.request(Addresses.SAVE_ALL, new ResultBatch(Stage.RAW, results)).await();

    assertEquals(201, entries().size());
    assertEquals(List.of("stored 1"), actions("0"));
    assertEquals(List.of("already_stored 1"), actions("1"));
    assertEquals(List.of("new_version 2"), actions("2"));
    assertEquals(List.of("stored 1"), actions("large"));
  }

  @Test
  void oneOfManySavesAtOnceIsTheOneThatStored() {
    List<Future<SaveOutcome>> saves = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      saves.add(storage.request(Addresses.SAVE, audited("same", "1")));
      saves.add(storage.request(Addresses.SAVE, audited("own" + i, "1")));
    }
    Future.all(saves).await();

    List<String> actions = actions("same");
    assertEquals(50, actions.size());
    assertEquals(1, actions.stream().filter("stored 1"::equals).count());
    assertEquals(100, entries().size());
  }

  @Test
  void restoresHaveEntries() {
    storage.save(audited("a", "1"));
    storage.save(audited("a", "2"));
    VersionRestore restore = new VersionRestore(Stage.RAW, name("a"), 1, null, "", ACTOR);
    storage.request(Addresses.RESTORE_VERSION, restore).await();
    storage.request(Addresses.RESTORE_VERSION, restore).await();
    storage.delete(name("a"));
    RestoreOutcome restored =
        storage
            .request(Addresses.RESTORE, new ResultRef(Stage.RAW, name("a"), null, "", ACTOR))
            .await();

    assertInstanceOf(RestoreOutcome.Restored.class, restored);
    assertEquals(
        List.of("already_stored 3", "new_version 2", "restored 3", "restored 3", "stored 1"),
        actions("a"));
    assertEquals(Action.RESTORED, entries().get(0).action());
  }
}
