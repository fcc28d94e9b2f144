package org.benchmarkresults.storage.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.Date;
import java.util.List;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.model.result.FindOutcome.NotFound;
import org.benchmarkresults.model.result.SaveOutcome.AlreadyStored;
import org.benchmarkresults.model.result.SaveOutcome.NewVersion;
import org.benchmarkresults.model.retention.DeleteOutcome.Deleted;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.retention.RestoreOutcome.NothingDeleted;
import org.benchmarkresults.model.retention.RestoreOutcome.Restored;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageModule;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Removal of the halves that a deletion or a restore leaves when its node dies. */
@OnDatabases
class DeletionLeftoversTest {
  private static final String NAME = Results.key("run").resultName();
  private static final String LIVE = "raw_input";
  private static final String DELETED = "raw_input_deleted";
  private static final String VERSIONS = "raw_input_versions";

  @RegisterExtension final StorageModule storage;

  DeletionLeftoversTest(Backend backend) {
    storage = new StorageModule(backend);
  }

  private static List<Document> all(MongoDatabase database, String collection) {
    return Driver.await(database.getCollection(collection).find());
  }

  private long deletedCopies() {
    return storage.byHand(database -> all(database, DELETED).size());
  }

  /** Writes the copy that a deletion writes before it removes the result. */
  private void copyLive() {
    storage.byHand(
        database -> {
          Document copy = all(database, LIVE).get(0);
          String id = NAME + "@" + copy.getString("life");
          copy.append("_id", id).append("result_name", NAME);
          copy.append("deleted_at", new Date()).append("deletion", "one that was cut short");
          return Driver.await(database.getCollection(DELETED).insertOne(copy));
        });
  }

  @Test
  void aDeletionThatWasCutShortIsFinishedByTheNext() {
    storage.save(Results.of("run", "1"));
    copyLive();
    assertEquals(Results.bytes("1"), storage.data(storage.found(NAME, null)));

    var outcome = storage.delete(NAME);

    assertTrue(outcome instanceof Deleted, outcome::toString);
    assertEquals(new NotFound(), storage.find(NAME));
    assertEquals(1, deletedCopies());
    assertTrue(storage.restore(NAME) instanceof Restored);
    assertEquals(Results.bytes("1"), storage.data(storage.found(NAME, null)));
    assertEquals(0, deletedCopies());
  }

  @Test
  void aDeletionThatWasCutShortIsTakenBackByARestore() {
    storage.save(Results.of("run", "1"));
    copyLive();

    RestoreOutcome outcome = storage.restore(NAME);

    assertEquals(new Restored(storage.found(NAME, null).summary()), outcome);
    assertEquals(0, deletedCopies());
    assertEquals(new AlreadyStored(1, 1), storage.save(Results.of("run", "1")));
  }

  @Test
  void whatWasSavedAfterADeletionWasCutShortIsDeletedWithIt() {
    storage.save(Results.of("run", "1"));
    copyLive();
    assertEquals(new NewVersion(2, List.of("data")), storage.save(Results.of("run", "2")));

    storage.delete(NAME);

    assertEquals(1, deletedCopies());
    storage.restore(NAME);
    assertEquals(Results.bytes("2"), storage.data(storage.found(NAME, 2)));
    assertEquals(Results.bytes("1"), storage.data(storage.found(NAME, 1)));
    assertEquals(2, storage.versions(NAME).size());
    assertEquals(0, deletedCopies());
  }

  @Test
  void aRestoreKeepsWhatWasSavedAfterADeletionWasCutShort() {
    storage.save(Results.of("run", "1"));
    copyLive();
    storage.save(Results.of("run", "2"));

    RestoreOutcome outcome = storage.restore(NAME);

    assertEquals(new Restored(storage.found(NAME, 2).summary()), outcome);
    assertEquals(Results.bytes("1"), storage.data(storage.found(NAME, 1)));
    assertEquals(0, deletedCopies());
  }

  @Test
  void aRestoreThatWasCutShortIsFinishedByTheNext() {
    saveTwoAndDelete();
    Document copy = storage.byHand(database -> all(database, DELETED).get(0));
    storage.restore(NAME);
    putBack(copy);
    storage.save(Results.of("run", "3"));

    RestoreOutcome outcome = storage.restore(NAME);

    assertEquals(new Restored(storage.found(NAME, 3).summary()), outcome);
    assertEquals(0, deletedCopies());
    for (int version = 1; version <= 3; version++) {
      assertEquals(Results.bytes("" + version), storage.data(storage.found(NAME, version)));
    }
  }

  @Test
  void afterARestoreThatWasCutShortADeletionLosesNothing() {
    saveTwoAndDelete();
    Document copy = storage.byHand(database -> all(database, DELETED).get(0));
    storage.restore(NAME);
    putBack(copy);
    storage.save(Results.of("run", "3"));

    storage.delete(NAME);

    storage.restore(NAME);
    for (int version = 1; version <= 3; version++) {
      assertEquals(Results.bytes("" + version), storage.data(storage.found(NAME, version)));
    }
  }

  @Test
  void aRestoreThatTookHoldAndDiedDoesNotKeepTheNextFromIt() {
    saveTwoAndDelete();
    mark("restoring");

    RestoreOutcome outcome = storage.restore(NAME);

    assertTrue(outcome instanceof Restored, outcome::toString);
    assertEquals(2, storage.versions(NAME).size());
    storage.delete(NAME);
    assertEquals(
        List.of(), storage.byHand(database -> only(database, Filters.exists("restoring"))));
  }

  @Test
  void whatIsBeingRemovedForGoodIsNotRestored() {
    saveTwoAndDelete();
    mark("purging");

    RestoreOutcome outcome = storage.restore(NAME);

    assertEquals(new NothingDeleted(), outcome);
    assertEquals(new NotFound(), storage.find(NAME));
  }

  /** Such as a writer leaves that was held up between keeping a version and replacing it. */
  @Test
  void aVersionThatWasKeptInVainIsNoneOfTheNextLife() {
    storage.save(Results.of("run", "1"));
    Document kept = storage.byHand(database -> all(database, LIVE).get(0));
    storage.delete(NAME);
    keep(kept, NAME + "@" + kept.getString("life") + "@1");
    storage.save(Results.of("run", "2"));

    storage.save(Results.of("run", "3"));

    assertEquals(Results.bytes("2"), storage.data(storage.found(NAME, 1)));
    assertEquals(2, storage.versions(NAME).size());
    assertEquals(new NewVersion(3, List.of("data")), storage.save(Results.of("run", "1")));
  }

  @Test
  void resultsOfAnEarlierReleaseAreDeletedAndRestoredWithTheirVersions() {
    storage.save(Results.of("run", "1"));
    Document first = storage.byHand(database -> all(database, LIVE).get(0));
    storage.save(Results.of("run", "2"));
    storage.byHand(
        database -> {
          Driver.await(database.getCollection(VERSIONS).deleteMany(new Document()));
          return Driver.await(
              database.getCollection(LIVE).updateMany(new Document(), Updates.unset("life")));
        });
    first.remove("life");
    keep(first, NAME + "@1");
    assertEquals(Results.bytes("1"), storage.data(storage.found(NAME, 1)));
    assertEquals(new AlreadyStored(1, 2), storage.save(Results.of("run", "1")));
    assertEquals(new NewVersion(3, List.of("data")), storage.save(Results.of("run", "3")));

    storage.delete(NAME);
    storage.save(Results.of("run", "4"));
    assertEquals(1, storage.versions(NAME).size());
    storage.byHand(
        database -> Driver.await(database.getCollection(LIVE).deleteMany(new Document())));
    storage.restore(NAME);

    assertEquals(3, storage.versions(NAME).size());
    assertEquals(new NewVersion(4, List.of("data")), storage.save(Results.of("run", "4")));
    for (int version = 1; version <= 4; version++) {
      assertEquals(Results.bytes("" + version), storage.data(storage.found(NAME, version)));
    }
  }

  private void saveTwoAndDelete() {
    storage.save(Results.of("run", "1"));
    storage.save(Results.of("run", "2"));
    storage.delete(NAME);
  }

  private void putBack(Document copy) {
    storage.byHand(database -> Driver.await(database.getCollection(DELETED).insertOne(copy)));
  }

  private void keep(Document document, String id) {
    Document version = new Document(document).append("_id", id).append("result_name", NAME);
    storage.byHand(database -> Driver.await(database.getCollection(VERSIONS).insertOne(version)));
  }

  private void mark(String field) {
    storage.byHand(
        database ->
            Driver.await(
                database
                    .getCollection(DELETED)
                    .updateMany(new Document(), Updates.set(field, new Date()))));
  }

  private static List<Document> only(MongoDatabase database, Bson filter) {
    return Driver.await(database.getCollection(DELETED).find(filter));
  }
}
