package org.benchmarkresults.storage.observation;

import static org.benchmarkresults.storage.observation.Derived.GENERIC;
import static org.benchmarkresults.storage.observation.Derived.TOOL;
import static org.benchmarkresults.storage.observation.ObservationModule.standardized;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.List;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.storage.Results;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Observations take the place of earlier ones, and follow their results. */
@OnDatabases
class ObservationSavesTest {
  private static final Result FIRST = Results.of("run", "1");
  private static final Result SECOND =
      Results.at(Results.NOON.plus(Duration.ofMinutes(1)), "run", "2");

  @RegisterExtension final ObservationModule module;

  ObservationSavesTest(Backend backend) {
    module = new ObservationModule(backend);
  }

  @Test
  void theSameTwiceIsStoredOnce() {
    module.save(FIRST);
    module.derive(TOOL.of(FIRST, 1, 0.1, 0.2));
    module.derive(TOOL.of(FIRST, 1, 0.1, 0.2));

    assertEquals(List.of(0.1, 0.2), module.values(FIRST));
    assertEquals("derived", module.state(FIRST));
    assertEquals(1, module.events.size());
    assertEquals(2, module.events.get(0).observations());
    assertEquals(List.of("task-0", "task-1"), module.events.get(0).tasks());
  }

  @Test
  void aBatchWithOneResultTwiceStoresIt() {
    module.save(FIRST);
    module.derive(TOOL.of(FIRST, 1, 0.1), TOOL.of(FIRST, 1, 0.1));

    assertEquals(List.of(0.1), module.values(FIRST));
  }

  @Test
  void aNewVersionReplacesAndALateEarlierOneDoesNot() {
    module.save(FIRST);
    module.derive(TOOL.of(FIRST, 1, 0.1, 0.2, 0.3));
    module.save(SECOND);

    module.derive(TOOL.of(SECOND, 2, 0.5));
    assertEquals(List.of(0.5), module.values(FIRST));

    module.derive(TOOL.of(FIRST, 1, 0.1, 0.2, 0.3));
    assertEquals(List.of(0.5), module.values(FIRST));
    assertEquals(2, module.derivation(FIRST).getInteger("v"));
    assertEquals("derived", module.state(FIRST));
  }

  @Test
  void aReadingOfAReplacedVersionStaysPending() {
    module.save(FIRST);
    module.save(SECOND);

    module.derive(TOOL.of(FIRST, 1, 0.1));

    assertEquals(List.of(), module.values(FIRST));
    assertEquals("pending", module.state(FIRST));
    assertEquals(List.of("RAW " + Results.key("run").resultName() + " 2"), module.allPending());
  }

  @Test
  void aFailureIsStoredWithItsReason() {
    module.save(FIRST);
    module.derive(TOOL.failed(FIRST, 1));

    assertEquals("failed", module.state(FIRST));
    assertEquals("not JSON", module.derivation(FIRST).getString("reason"));
    assertEquals(List.of(), module.allPending());
  }

  @Test
  void aDeletionHidesAndARestoreBringsBack() {
    module.save(FIRST);
    module.derive(TOOL.of(FIRST, 1, 0.1));

    module.delete(FIRST);
    assertEquals(List.of(), module.values(FIRST));
    assertNull(module.state(FIRST));

    module.restore(FIRST);
    assertEquals("pending", module.state(FIRST));
    assertEquals(List.of("RAW " + Results.key("run").resultName() + " 1"), module.allPending());
    module.derive(TOOL.of(FIRST, 1, 0.1));
    assertEquals(List.of(0.1), module.values(FIRST));
    assertEquals("derived", module.state(FIRST));
    assertEquals(List.of(), module.allPending());
  }

  @Test
  void nothingIsStoredOfADeletedResult() {
    module.save(FIRST);
    module.delete(FIRST);

    module.derive(TOOL.of(FIRST, 1, 0.1));

    assertEquals(List.of(), module.values(FIRST));
    assertEquals(List.of(), module.allPending());
  }

  @Test
  void anotherResultOfTheNameIsReadAnew() {
    module.save(FIRST);
    module.save(SECOND);
    module.derive(TOOL.of(SECOND, 2, 0.2));
    module.delete(FIRST);
    Result anew = Results.at(Results.NOON.plus(Duration.ofMinutes(2)), "run", "3");
    module.save(anew);

    assertEquals(List.of("RAW " + Results.key("run").resultName() + " 1"), module.allPending());
  }

  @Test
  void aStandardizedOutputIsACrossCheckBesideItsRawInput() {
    Result standardized = standardized(FIRST);
    module.save(FIRST);
    module.save(standardized);
    module.derive(TOOL.of(standardized, 1, 0.1, 0.2));
    assertEquals(0, module.crossChecks(standardized));

    module.derive(TOOL.of(FIRST, 1, 0.1));
    assertEquals(2, module.crossChecks(standardized));
    assertEquals("derived", module.state(standardized));
    assertEquals("derived", module.state(FIRST));

    module.delete(FIRST);
    assertEquals(0, module.crossChecks(standardized));
    assertEquals(List.of(0.1, 0.2), module.values(standardized));
  }

  @Test
  void theOrderOfReadingDoesNotMatterForCrossChecks() {
    Result standardized = standardized(FIRST);
    module.save(FIRST);
    module.save(standardized);

    module.derive(TOOL.of(FIRST, 1, 0.1), TOOL.of(standardized, 1, 0.1, 0.2));

    assertEquals(2, module.crossChecks(standardized));
    assertEquals(0, module.crossChecks(FIRST));
    assertEquals("derived", module.state(standardized));
  }

  @Test
  void whatIsNotUnderstoodIsNoReasonForACrossCheck() {
    Result standardized = standardized(FIRST);
    module.save(FIRST);
    module.save(standardized);
    module.derive(GENERIC.of(FIRST, 1, 0.1));
    module.derive(TOOL.of(standardized, 1, 0.1));
    assertEquals(0, module.crossChecks(standardized));

    module.save(SECOND);
    module.derive(TOOL.of(SECOND, 2, 0.1));
    assertEquals(1, module.crossChecks(standardized));

    Result third = Results.at(Results.NOON.plus(Duration.ofMinutes(2)), "run", "3");
    module.save(third);
    module.derive(TOOL.of(third, 3));
    assertEquals(0, module.crossChecks(standardized));
  }
}
