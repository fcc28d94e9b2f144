package org.benchmarkresults.storage.derivation;

import static org.benchmarkresults.storage.observation.Derived.GENERIC;
import static org.benchmarkresults.storage.observation.Derived.TOOL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.derivation.AdapterUpgrade;
import org.benchmarkresults.model.derivation.DerivationProgress;
import org.benchmarkresults.model.derivation.PendingPage;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.observation.Derived;
import org.benchmarkresults.storage.observation.ObservationModule;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each stored result is read, however often that is cut short. */
@OnDatabases
class PendingResultsTest {
  private static final Derived NEWER = new Derived("vllm-serve", 2, "c2");

  @RegisterExtension final ObservationModule module;
  private final Backend backend;

  PendingResultsTest(Backend backend) {
    this.backend = backend;
    module = new ObservationModule(backend);
  }

  private List<Result> save(int count) {
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Derived says that the first version was received at noon.
      results.add(module.save(Results.of("run-%02d".formatted(i), "1")));
    }
    return results;
  }

  private static String request(Result result) {
    return "RAW " + result.envelope().key().resultName() + " 1";
  }

  private void derive(Derived adapter, List<Result> results, double... values) {
    results.forEach(result -> module.derive(adapter.of(result, 1, values)));
  }

  @Test
  void aWholeDatabaseIsListedPageByPage() {
    List<Result> results = save(25);

    PendingPage first = module.pending(null);
    assertEquals(10, first.pending().size());
    assertTrue(first.mayBeMore());
    assertEquals(first.pending(), module.pending(null).pending());
    assertEquals(results.stream().map(PendingResultsTest::request).toList(), module.allPending());

    derive(TOOL, results, 0.1);
    assertEquals(List.of(), module.allPending());
  }

  @Test
  void aPageWhoseNodeDiedIsListedAgain() {
    List<Result> results = save(3);
    assertEquals(3, module.pending(null).pending().size());
    module.derive(TOOL.of(results.get(0), 1, 0.1));

    assertEquals(List.of(request(results.get(1)), request(results.get(2))), module.allPending());
  }

  @Test
  void theWatermarkStaysBeforeWhatSavesMayStillAdd() {
    Instant now = module.clock.instant();
    Result late = module.save(Results.at(now, "late", "1"));
    module.clock.advance(Duration.ofSeconds(5));
    assertEquals(List.of(request(late)), module.allPending());
    // Stored after the other one was listed, in a place before it.
    Result earlier = module.save(Results.at(now, "earlier", "1"));
    assertEquals(List.of(), module.allPending());
    module.clock.advance(Duration.ofMinutes(5));

    assertEquals(List.of(request(earlier), request(late)), module.allPending());
  }

  @Test
  void aResultThatWasReceivedLongAgoIsListedToo() {
    Result first = module.save(Results.at(module.clock.instant(), "first", "1"));
    module.clock.advance(Duration.ofMinutes(5));
    assertEquals(List.of(request(first)), module.allPending());
    Result imported = module.save(Results.at(Results.NOON, "imported", "1"));

    List<String> pending = List.of();
    for (int attempt = 0; attempt < 600 && !pending.contains(request(imported)); attempt++) {
      pending = module.allPending();
      module.clock.advance(Duration.ofMillis(1));
    }

    assertTrue(pending.contains(request(imported)), pending::toString);
  }

  @Test
  void onlyTheHolderOfTheLeaseGetsResults() {
    // The embedded database belongs to one process, whose nodes follow one another.
    boolean isShared = backend == Backend.MONGOD;
    save(1);
    assertTrue(module.pending("a", null).isHolder());
    PendingPage other = module.pending("b", null);
    assertEquals(!isShared, other.isHolder());
    assertEquals(isShared ? 0 : 1, other.pending().size());

    module.clock.advance(Duration.ofMinutes(1));
    assertEquals(1, module.pending("b", null).pending().size());
    assertEquals(!isShared, module.pending("a", null).isHolder());
  }

  @Test
  void aWritingThatWasCutShortIsDoneAgain() {
    List<Result> results = save(1);
    derive(TOOL, results, 0.1);
    Driver.await(
        module
            .byHand()
            .getCollection("derivations")
            .updateMany(
                new Document(),
                Updates.combine(Updates.set("state", "pending"), Updates.set("w", "other"))));
    assertEquals(List.of(), module.allPending());

    module.clock.advance(Duration.ofMinutes(2));
    assertEquals(List.of(request(results.get(0))), module.allPending());
  }

  @Test
  void aDeletionThatDiedBeforeTheObservationsIsFinished() {
    Result result = save(1).get(0);
    module.derive(TOOL.of(result, 1, 0.1));
    List<Document> observations = module.all("observations");
    Document derivation = module.derivation(result);
    module.allPending();
    module.delete(result);
    Driver.await(module.byHand().getCollection("observations").insertMany(observations));
    Driver.await(module.byHand().getCollection("derivations").insertOne(derivation));

    module.clock.advance(Duration.ofHours(1));
    module.allPending();

    assertEquals(List.of(), module.values(result));
    assertNull(module.state(result));
  }

  @Test
  void aPendingLeftoverOfADeletedResultGoes() {
    Result result = save(1).get(0);
    module.delete(result);
    module.derive(TOOL.of(result, 1, 0.1));
    assertEquals("pending", module.state(result));

    module.clock.advance(Duration.ofHours(1));
    module.allPending();

    assertNull(module.state(result));
  }

  @Test
  void aNewerAdapterReadsItsResultsAndTheGenericOnesAgain() {
    List<Result> results = save(3);
    module.allPending();
    module.derive(TOOL.of(results.get(0), 1, 0.1, 0.2));
    module.derive(GENERIC.of(results.get(1), 1, 0.1));
    module.derive(new Derived("k6", 1, "c1").of(results.get(2), 1, 0.1));

    module.clock.advance(Duration.ofMinutes(1));
    List<String> pending = module.allPending(NEWER);
    assertEquals(List.of(request(results.get(0)), request(results.get(1))), pending);
    assertNull(upgrades().get(0).endedAt());

    module.derive(NEWER.of(results.get(0), 1, 0.1, 0.3, 0.4));
    module.derive(new Derived("generic", 1, "c2").of(results.get(1), 1, 0.1));
    assertEquals(List.of(), module.allPending(NEWER));

    AdapterUpgrade upgrade = upgrades().get(0);
    assertEquals("vllm-serve", upgrade.adapter());
    assertEquals(1, upgrade.fromVersion());
    assertEquals(2, upgrade.toVersion());
    assertEquals(
        List.of(2L, 1L, 1L, 0L, 1L),
        List.of(
            upgrade.results(),
            upgrade.changedResults(),
            upgrade.added(),
            upgrade.removed(),
            upgrade.changed()));
    assertEquals(module.clock.instant(), upgrade.endedAt());
    assertEquals(List.of(0.1, 0.3, 0.4), module.values(results.get(0)));
  }

  @Test
  void olderAdaptersSetNothingBack() {
    List<Result> results = save(1);
    module.allPending();
    derive(TOOL, results, 0.1);
    module.clock.advance(Duration.ofMinutes(1));
    module.allPending(NEWER);
    derive(NEWER, results, 0.2);
    module.clock.advance(Duration.ofMinutes(2));

    assertEquals(List.of(), module.allPending(TOOL));
    derive(TOOL, results, 0.1);

    assertEquals(List.of(0.2), module.values(results.get(0)));
    assertEquals(1, upgrades().size());
  }

  private List<AdapterUpgrade> upgrades() {
    return module.request(ObservationAddresses.OBSERVATION_UPGRADES, new NoArguments()).upgrades();
  }

  @Test
  void aRebuildBeginsAnew() {
    List<Result> results = save(2);
    derive(TOOL, results, 0.1, 0.2);
    assertEquals(List.of(), module.allPending());

    module.request(ObservationAddresses.REBUILD_OBSERVATIONS, new NoArguments());

    assertEquals(List.of(), module.all("observations"));
    assertEquals(results.stream().map(PendingResultsTest::request).toList(), module.allPending());
    derive(TOOL, results, 0.1, 0.2);
    assertEquals(List.of(0.1, 0.2), module.values(results.get(0)));
  }

  @Test
  void progressCountsStates() {
    List<Result> results = save(4);
    module.derive(TOOL.of(results.get(0), 1, 0.1, 0.2));
    module.derive(TOOL.of(results.get(1), 1));
    module.derive(TOOL.failed(results.get(2), 1));

    DerivationProgress progress =
        module.request(ObservationAddresses.DERIVATION_PROGRESS, new NoArguments());

    assertEquals(new DerivationProgress(4, 2, 1, 2), progress);
    assertEquals(1, progress.pending());
    assertEquals(1, module.open().meters().get("observations.pending").gauge().value(), 0);
  }
}
