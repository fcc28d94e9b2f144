package org.benchmarkresults.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.ReadConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.node.DatabaseState;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.Sort;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents in a real MongoDB, read without the service. */
class MongodStorageTest {
  private static final int LARGE = 600_000;
  private static final long CHUNKS_OF_LARGE = 3;

  @RegisterExtension final StorageModule storage = new StorageModule(Backend.MONGOD);

  private MongoCollection<Document> collection(String name) {
    return Driver.of(storage.database()).getCollection(name);
  }

  @Test
  void theIndexesAreThereOnceTheDatabaseIsReady() {
    DatabaseState state = whenIndexed();

    assertTrue(state.connected() && state.indexed(), state::toString);
    for (String stage : List.of("raw_input", "standardized_output")) {
      assertTrue(indexKeys(stage).contains("{first_received_at=-1, _id=-1, version=1, instant=1}"));
      assertTrue(indexKeys(stage + "_versions").contains("{result_name=1, version=-1}"));
      assertTrue(indexKeys(stage + "_deleted").contains("{result_name=1, deleted_at=-1}"));
      assertTrue(indexKeys(stage + "_deleted").contains("{deleted_at=1, _id=1}"));
      for (String namer : List.of("", "_versions", "_deleted")) {
        assertTrue(indexKeys(stage + namer).contains("{upload=1}"), namer);
      }
    }
  }

  /** They are made behind the first answers. */
  private DatabaseState whenIndexed() {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    DatabaseState state;
    do {
      state = storage.request(Addresses.DATABASE_STATUS, new NoArguments()).await();
    } while (!state.indexed() && System.nanoTime() < deadline);
    return state;
  }

  /** An index of an earlier release, or made by hand. */
  @Test
  void indexesOfAnotherDefinitionOrNameAreReplaced() {
    whenIndexed();
    for (String stage : List.of("raw_input", "raw_input_deleted")) {
      var results = collection(stage);
      Driver.await(results.dropIndex("received"));
      Driver.await(results.dropIndex("run"));
      Driver.await(results.dropIndex("upload"));
      Driver.await(
          results.createIndex(new Document("size", 1), new IndexOptions().name("received")));
      Driver.await(
          results.createIndex(
              new Document("run_id", 1).append("first_received_at", -1).append("_id", -1),
              new IndexOptions().name("run_of_old")));
      Driver.await(
          results.createIndex(new Document("upload", 1), new IndexOptions().name("upload")));
    }

    storage.restart();

    assertTrue(whenIndexed().indexed());
    for (String stage : List.of("raw_input", "raw_input_deleted")) {
      assertTrue(indexKeys(stage).contains("{first_received_at=-1, _id=-1, version=1, instant=1}"));
      assertFalse(indexKeys(stage).contains("{size=1}"));
    }
    Search search =
        new Search(Stage.RAW, false, Filter.everything(), Sort.NEWEST_FIRST, null, 10, false);
    assertEquals(new ResultCount(0, true), storage.request(Addresses.COUNT, search).await());
  }

  @Test
  void aSearchRightAfterTheStartWaitsForTheIndexesItNames() {
    storage.save(Results.of("run", "{}"));
    Search search =
        new Search(Stage.RAW, false, Filter.everything(), Sort.NEWEST_FIRST, null, 10, false);

    SearchOutcome outcome = storage.request(Addresses.SEARCH, search).await();

    assertEquals(1, ((SearchOutcome.Page) outcome).rows().size());
    assertEquals(new ResultCount(1, true), storage.request(Addresses.COUNT, search).await());
  }

  private Set<String> indexKeys(String collection) {
    return Driver.await(collection(collection).listIndexes()).stream()
        .map(index -> index.get("key", Document.class).entrySet().toString())
        .map(entries -> entries.replace('[', '{').replace(']', '}'))
        .collect(Collectors.toSet());
  }

  @Test
  void dataStandsInItsDocumentAsTheBytesThatWereSent() {
    Result result = Results.of("run", "{\"$oid\":1.10}");
    storage.save(result);

    List<Document> documents = Driver.await(collection("raw_input").find());

    assertEquals(1, documents.size());
    assertEquals(result.envelope().key().resultName(), documents.get(0).get("_id"));
    byte[] data = documents.get(0).get("data", Binary.class).getData();
    assertEquals("{\"$oid\":1.10}", new String(data));
  }

  @Test
  void sendersOfTheSameLargeDataLeaveTheChunksOfOne() {
    Result result = Results.of("run", Results.bytes(LARGE, 1));

    Future.all(IntStream.range(0, 16).mapToObj(sender -> storage.saving(result)).toList()).await();

    awaitChunks(CHUNKS_OF_LARGE);
    assertEquals(
        result.data().bytes(),
        storage.data(storage.found(result.envelope().key().resultName(), null)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void largeDataThatIsRefusedLeavesNoChunks(boolean byName) {
    storage.save(Results.of(new ResultKey("t", "a-b", "c"), "1"));
    Result refused =
        byName
            ? Results.of(new ResultKey("t", "a", "b-c"), "1".repeat(LARGE))
            : Results.refusingNewVersion(
                Results.of(new ResultKey("t", "a-b", "c"), "1".repeat(LARGE)));

    SaveOutcome outcome = storage.save(refused);

    assertTrue(
        outcome instanceof SaveOutcome.NameTaken || outcome instanceof SaveOutcome.VersionRefused,
        outcome::toString);
    awaitChunks(0);
  }

  @Test
  void largeVersionsKeepTheirChunks() {
    storage.save(Results.of("run", Results.bytes(LARGE, 1)));
    storage.save(Results.of("run", Results.bytes(LARGE, 2)));
    storage.save(Results.of("run", Results.bytes(LARGE, 1)));

    awaitChunks(2 * CHUNKS_OF_LARGE);
  }

  @Test
  void aResultIsAcknowledgedByAMajorityAndJournaled() {
    storage.save(Results.of("run", "{}"));

    // A reader that asks for what a majority has sees it at once.
    List<Document> majority =
        Driver.await(
            collection("raw_input")
                .withReadConcern(ReadConcern.MAJORITY)
                .find(Filters.eq("run_id", "run")));

    assertEquals(1, majority.size());
  }

  /** Chunks that nobody names are removed behind the answer. */
  private void awaitChunks(long expected) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    long count;
    do {
      count = Driver.await(collection("raw_input_chunks").countDocuments()).get(0);
    } while (count != expected && System.nanoTime() < deadline);
    assertEquals(expected, count);
  }
}
