package org.benchmarkresults.storage.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.RestoreOutcome.NothingDeleted;
import org.benchmarkresults.model.retention.RestoreOutcome.Restored;
import org.benchmarkresults.model.text.Uuid7;
import org.benchmarkresults.storage.Results;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Permanent removal, which spares data that another result needs. */
@OnDatabases
class PurgeTest {
  private static final String NAME = Results.key("run").resultName();
  private static final String DELETED = "raw_input_deleted";
  private static final String VERSIONS = "raw_input_versions";
  private static final String CHUNKS = "raw_input_chunks";
  private static final int LARGE = 300_000;
  private static final int CHUNKS_OF_LARGE = 2;
  private static final Duration AGE = Duration.ofDays(31);

  @RegisterExtension final RetentionModule room;
  private RetentionModule.Node node;

  PurgeTest(Backend backend) {
    room = new RetentionModule(backend);
  }

  @BeforeEach
  void openANode() {
    node = room.node();
  }

  private void saveLarge(long seed) {
    room.save(Results.of("run", Results.bytes(LARGE, seed)));
  }

  private void assertCounts(int deleted, int versions, int uploads) {
    assertEquals(
        List.of(deleted, versions, uploads * CHUNKS_OF_LARGE),
        List.of(room.all(DELETED).size(), room.all(VERSIONS).size(), room.all(CHUNKS).size()));
  }

  @Test
  void whatWasDeletedLongAgoIsRemovedWithAllThatBelongsToIt() {
    saveLarge(1);
    saveLarge(2);
    saveLarge(3);
    node.delete(NAME);
    room.clock.advance(Duration.ofDays(30));
    assertEquals(0, node.run().purged());
    assertCounts(1, 2, 3);

    room.clock.advance(Duration.ofHours(1));
    long purged = node.run().purged();

    assertEquals(1, purged);
    assertCounts(0, 0, 0);
    assertEquals(new NothingDeleted(), node.restore(NAME));
  }

  @Test
  void aResultThatWasStoredAnewKeepsWhatIsItsOwn() {
    saveLarge(1);
    saveLarge(2);
    node.delete(NAME);
    saveLarge(1);
    saveLarge(4);
    room.clock.advance(AGE);

    node.run();

    assertCounts(0, 1, 2);
    assertEquals(Results.bytes(LARGE, 1), room.data(NAME, 1));
    assertEquals(Results.bytes(LARGE, 4), room.data(NAME, 2));
  }

  @Test
  void aDeletionThatIsYoungerKeepsWhatIsItsOwn() {
    saveLarge(1);
    saveLarge(2);
    node.delete(NAME);
    room.clock.advance(Duration.ofDays(20));
    saveLarge(3);
    saveLarge(4);
    node.delete(NAME);
    room.clock.advance(Duration.ofDays(15));

    assertEquals(1, node.run().purged());

    assertCounts(1, 1, 2);
    assertTrue(node.restore(NAME) instanceof Restored);
    assertEquals(Results.bytes(LARGE, 3), room.data(NAME, 1));
    assertEquals(Results.bytes(LARGE, 4), room.data(NAME, 2));
  }

  /** Its deletion died before it removed the result. */
  @Test
  void aCopyBesideItsOwnResultTakesNothingWithIt() {
    saveLarge(1);
    saveLarge(2);
    Document live = room.all("raw_input").get(0);
    node.delete(NAME);
    insert("raw_input", live);
    room.clock.advance(AGE);

    node.run();

    assertCounts(0, 1, 2);
    assertEquals(Results.bytes(LARGE, 1), room.data(NAME, 1));
    assertEquals(Results.bytes(LARGE, 2), room.data(NAME, 2));
  }

  /** The restore died before it removed the copy; then the result went on. */
  @Test
  void aCopyBesideARestoredResultTakesNothingWithIt() {
    saveLarge(1);
    saveLarge(2);
    node.delete(NAME);
    Document copy = room.all(DELETED).get(0);
    node.restore(NAME);
    insert(DELETED, copy);
    saveLarge(3);
    room.clock.advance(AGE);

    node.run();

    assertCounts(0, 2, 3);
    for (int version = 1; version <= 3; version++) {
      assertEquals(Results.bytes(LARGE, version), room.data(NAME, version));
    }
  }

  /** A restore was held up while another one was done, and both went on from one deletion. */
  @Test
  void versionsThatTwoResultsGoOnFromStayForTheOther() {
    saveLarge(1);
    saveLarge(2);
    node.delete(NAME);
    Document copy = room.all(DELETED).get(0);
    node.restore(NAME);
    saveLarge(3);
    node.delete(NAME);
    room.clock.advance(AGE.dividedBy(2));
    insert(DELETED, copy.append("deleted_at", Date.from(room.clock.instant())));
    node.restore(NAME);
    room.clock.advance(AGE.dividedBy(2).plusDays(1));

    assertEquals(1, node.run().purged());

    assertEquals(Results.bytes(LARGE, 1), room.data(NAME, 1));
    assertEquals(Results.bytes(LARGE, 2), room.data(NAME, 2));
    assertCounts(0, 1, 2);
  }

  @Test
  void leftoversGoLongBeforeTheyWouldBePurged() {
    saveLarge(1);
    node.delete(NAME);
    Document copy = room.all(DELETED).get(0);
    node.restore(NAME);
    insert(DELETED, copy);
    node.run();
    assertCounts(1, 0, 1);
    room.clock.advance(Duration.ofHours(2));

    node.run();

    assertCounts(0, 0, 1);
    assertEquals(Results.bytes(LARGE, 1), room.data(NAME, 1));
  }

  @Test
  void whatIsBeingRestoredIsNotRemoved() {
    saveLarge(1);
    node.delete(NAME);
    room.clock.advance(AGE);
    mark("restoring", room.clock.instant());

    assertEquals(0, node.run().purged());

    assertCounts(1, 0, 1);
    room.clock.advance(Duration.ofHours(2));
    assertEquals(1, node.run().purged());
    assertCounts(0, 0, 0);
  }

  @Test
  void aPurgeThatWasCutShortIsDoneByTheNext() {
    saveLarge(1);
    saveLarge(2);
    node.delete(NAME);
    mark("purging", room.clock.instant());
    Driver.await(room.byHand().getCollection(CHUNKS).deleteMany(Filters.regex("_id", "0$")));
    room.clock.advance(AGE);

    assertEquals(1, node.run().purged());

    assertCounts(0, 0, 0);
  }

  @Test
  void chunksThatNobodyNamesAreSweptWhenTheyAreADayOld() {
    saveLarge(1);
    saveLarge(2);
    room.save(Results.of("other", Results.bytes(LARGE, 3)));
    node.delete(Results.key("other").resultName());
    Instant now = Instant.now();
    String old = Uuid7.next(now.minus(Duration.ofDays(2)));
    String young = Uuid7.next(now.plus(Duration.ofHours(12)));
    String ageless = "00000000-0000-4000-8000-000000000000";
    for (String upload : List.of(old, young, ageless)) {
      insert(CHUNKS, new Document("_id", upload + "/000000"));
      insert(CHUNKS, new Document("_id", upload + "/000001"));
    }
    // The clients' own uploads bear the time of the machine.
    room.clock.advance(Duration.between(room.clock.instant(), now.plus(Duration.ofHours(25))));

    long swept = node.run().swept();

    assertEquals(1, swept);
    assertEquals(Set.of(young, ageless), unnamed());
    assertEquals(Results.bytes(LARGE, 1), room.data(NAME, 1));
    room.clock.advance(Duration.ofHours(12));
    assertEquals(1, node.run().swept());
    assertEquals(Set.of(ageless), unnamed());
  }

  /** Uploads of chunks without data; the test has made them. */
  private Set<String> unnamed() {
    return room.all(CHUNKS).stream()
        .filter(chunk -> !chunk.containsKey("data"))
        .map(chunk -> chunk.getString("_id").replaceFirst("/.*", ""))
        .collect(Collectors.toSet());
  }

  @Test
  void theStagesAreApart() {
    room.save(Results.inStage(Stage.STANDARDIZED, Results.of("run", "1")));
    room.save(Results.of("run", "1"));
    node.delete(NAME);
    room.clock.advance(AGE);

    node.run();

    assertEquals(1, room.all("standardized_output").size());
    assertEquals(0, room.all(DELETED).size());
  }

  private void insert(String collection, Document document) {
    Driver.await(room.byHand().getCollection(collection).insertOne(document));
  }

  private void mark(String field, Instant moment) {
    Driver.await(
        room.byHand()
            .getCollection(DELETED)
            .updateMany(new Document(), Updates.set(field, Date.from(moment))));
  }
}
