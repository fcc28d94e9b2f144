package org.benchmarkresults.storage.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.util.List;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.model.result.FindOutcome.Found;
import org.benchmarkresults.model.result.FindOutcome.NotFound;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.SaveOutcome.AlreadyStored;
import org.benchmarkresults.model.result.SaveOutcome.NewVersion;
import org.benchmarkresults.model.result.SaveOutcome.Stored;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.DeleteOutcome;
import org.benchmarkresults.model.retention.DeleteOutcome.Deleted;
import org.benchmarkresults.model.retention.DeleteOutcome.NotThere;
import org.benchmarkresults.model.retention.DeleteOutcome.OtherVersion;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.retention.RestoreOutcome.NameInUse;
import org.benchmarkresults.model.retention.RestoreOutcome.NothingDeleted;
import org.benchmarkresults.model.retention.RestoreOutcome.Restored;
import org.benchmarkresults.model.retention.ResultRemoval;
import org.benchmarkresults.model.version.ResultVersion;
import org.benchmarkresults.model.version.VersionTag;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageModule;
import org.benchmarkresults.storage.save.ResultStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that are deleted and restored one after the other. */
@OnDatabases
class DeletionsTest {
  private static final int LARGE = ResultStore.MOST_INLINE_BYTES + 1;
  private static final String NAME = Results.key("run").resultName();

  @RegisterExtension final StorageModule storage;

  DeletionsTest(Backend backend) {
    storage = new StorageModule(backend);
  }

  @Test
  void aDeletedResultIsNowhereToBeSeen() {
    storage.save(Results.of("run", "1"));
    storage.save(Results.of("run", "2"));

    DeleteOutcome outcome = storage.delete(NAME);

    Deleted deleted = (Deleted) outcome;
    assertEquals(deleted.deletedAt().plus(Duration.ofDays(30)), deleted.restorableUntil());
    assertEquals(new NotFound(), storage.find(NAME));
    assertEquals(new NotFound(), storage.find(NAME, 1));
    assertEquals(new NotFound(), storage.find(NAME, 2));
    assertEquals(List.of(), storage.versions(NAME));
    assertEquals(List.of(), storage.list(null, 10).rows());
    assertEquals(List.of(), storage.outline(null, 10).rows());
  }

  @Test
  void whatIsNotThereCannotBeDeletedOrRestored() {
    assertEquals(new NotThere(), storage.delete(NAME));
    assertEquals(new NothingDeleted(), storage.restore(NAME));

    storage.save(Results.of("run", "1"));
    storage.delete(NAME);

    assertEquals(new NotThere(), storage.delete(NAME));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, LARGE})
  void aRestoredResultIsAllThatItWas(int length) {
    List<Result> saved =
        List.of(
            Results.of("run", Results.bytes(length, 1)),
            Results.of("run", Results.bytes(length, 2)),
            Results.of("run", Results.bytes(length, 3)));
    saved.forEach(storage::save);
    Found before = storage.found(NAME, null);
    List<ResultVersion> versions = storage.versions(NAME);
    storage.delete(NAME);

    RestoreOutcome outcome = storage.restore(NAME);

    assertEquals(new Restored(before.summary()), outcome);
    assertEquals(before.summary(), storage.found(NAME, null).summary());
    assertEquals(versions, storage.versions(NAME));
    for (int version = 1; version <= 3; version++) {
      Found found = storage.found(NAME, version);
      assertEquals(saved.get(version - 1).data().bytes(), storage.data(found));
    }
    assertEquals(before.summary(), storage.list(null, 10).rows().get(0));
    assertEquals(new NothingDeleted(), deleteAndRestoreTwice());
  }

  /** Every deletion can be restored once; at the end there is nothing deleted. */
  private RestoreOutcome deleteAndRestoreTwice() {
    storage.delete(NAME);
    assertTrue(storage.restore(NAME) instanceof Restored);
    storage.delete(NAME);
    assertTrue(storage.restore(NAME) instanceof Restored);
    assertEquals(3, storage.versions(NAME).size());
    storage.save(Results.of("other", "1"));
    return storage.restore(Results.key("other").resultName());
  }

  @Test
  void aNameThatIsSavedAnewBeginsAnew() {
    storage.save(Results.of("run", "1"));
    storage.save(Results.of("run", "2"));
    storage.delete(NAME);

    SaveOutcome outcome = storage.save(Results.of("run", "1"));

    assertEquals(new Stored(), outcome);
    assertEquals(1, storage.versions(NAME).size());
    assertEquals(new NotFound(), storage.find(NAME, 2));
    assertEquals(new NewVersion(2, List.of("data")), storage.save(Results.of("run", "3")));
    assertEquals(new AlreadyStored(1, 2), storage.save(Results.of("run", "1")));
    assertEquals(new NewVersion(3, List.of("data")), storage.save(Results.of("run", "2")));
    assertEquals(Results.bytes("1"), storage.data(storage.found(NAME, 1)));
    assertEquals(Results.bytes("3"), storage.data(storage.found(NAME, 2)));
    assertEquals(Results.bytes("2"), storage.data(storage.found(NAME, 3)));
  }

  /** Even when all were received in the same millisecond, as here. */
  @ParameterizedTest
  @ValueSource(ints = {10, LARGE})
  void everyDeletionOfANameCanBeRestored(int length) {
    for (int life = 0; life < 3; life++) {
      storage.save(Results.of("run", Results.bytes(length, 10 * life + 1)));
      storage.save(Results.of("run", Results.bytes(length, 10 * life + 2)));
      storage.delete(NAME);
    }

    for (int life = 2; life >= 0; life--) {
      assertTrue(storage.restore(NAME) instanceof Restored);
      assertEquals(2, storage.versions(NAME).size());
      for (int version = 1; version <= 2; version++) {
        assertEquals(
            Results.bytes(length, 10 * life + version), storage.data(storage.found(NAME, version)));
      }
      removeByHand();
    }
    assertEquals(new NothingDeleted(), storage.restore(NAME));
  }

  /** Deleted by the service it would be the newest deletion again. */
  private void removeByHand() {
    var removed =
        storage.byHand(
            database ->
                Driver.await(
                    database.getCollection("raw_input").deleteOne(Filters.eq("_id", NAME))));
    assertEquals(1, removed.get(0).getDeletedCount());
  }

  @Test
  void versionsOfARestoredResultGoOn() {
    storage.save(Results.of("run", "1"));
    storage.save(Results.of("run", "2"));
    storage.delete(NAME);
    storage.restore(NAME);

    SaveOutcome next = storage.save(Results.of("run", "3"));

    assertEquals(new NewVersion(3, List.of("data")), next);
    storage.delete(NAME);
    storage.restore(NAME);
    assertEquals(new AlreadyStored(1, 3), storage.save(Results.of("run", "1")));
    assertEquals(new NewVersion(4, List.of("data")), storage.save(Results.of("run", "4")));
    for (int version = 1; version <= 4; version++) {
      assertEquals(Results.bytes("" + version), storage.data(storage.found(NAME, version)));
    }
    assertEquals(4, storage.versions(NAME).size());
  }

  @Test
  void aNameThatIsUsedAgainIsNotRestoredOver() {
    storage.save(Results.of("run", "1"));
    storage.delete(NAME);
    storage.save(Results.of("run", "2"));

    RestoreOutcome outcome = storage.restore(NAME);

    assertEquals(new NameInUse(1), outcome);
    assertEquals(Results.bytes("2"), storage.data(storage.found(NAME, null)));
    storage.delete(NAME);
    assertTrue(storage.restore(NAME) instanceof Restored);
    assertEquals(Results.bytes("2"), storage.data(storage.found(NAME, null)));
  }

  @Test
  void anotherKeyMayTakeANameThatWasDeleted() {
    storage.save(Results.of(new ResultKey("t", "a-b", "c"), "1"));
    storage.delete("t-a-b-c");

    SaveOutcome outcome = storage.save(Results.of(new ResultKey("t", "a", "b-c"), "2"));

    assertEquals(new Stored(), outcome);
    assertEquals(new NameInUse(1), storage.restore("t-a-b-c"));
  }

  @Test
  void onlyTheVersionThatIsMeantIsDeleted() {
    Result first = Results.of("run", "1");
    Result second = Results.of("run", "2");
    storage.save(first);
    storage.save(second);

    VersionTag tag = VersionTag.of(2, second.digest(), second.envelope());
    DeleteOutcome refused = deleteOnlyIf(VersionTag.of(1, first.digest(), first.envelope()));
    DeleteOutcome mixed = deleteOnlyIf(VersionTag.of(2, first.digest(), first.envelope()));
    DeleteOutcome none = deleteOnlyIf();

    OtherVersion other = new OtherVersion(2, second.digest());
    assertEquals(List.of(other, other, other), List.of(refused, mixed, none));
    assertEquals(2, storage.versions(NAME).size());
    DeleteOutcome meant = deleteOnlyIf(new VersionTag(1, "", "", null), tag);
    assertTrue(meant instanceof Deleted, meant::toString);
  }

  private DeleteOutcome deleteOnlyIf(VersionTag... tags) {
    return storage
        .request(Addresses.DELETE, new ResultRemoval(Stage.RAW, NAME, List.of(tags)))
        .await();
  }

  @Test
  void theStagesAreApart() {
    storage.save(Results.of("run", "1"));
    storage.save(Results.inStage(Stage.STANDARDIZED, Results.of("run", "2")));

    storage.delete(NAME);

    ResultRef standardized = new ResultRef(Stage.STANDARDIZED, NAME, null);
    assertTrue(storage.request(Addresses.FIND, standardized).await() instanceof Found);
    assertEquals(new NothingDeleted(), storage.request(Addresses.RESTORE, standardized).await());
  }
}
