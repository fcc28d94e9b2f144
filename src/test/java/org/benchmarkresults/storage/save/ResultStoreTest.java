package org.benchmarkresults.storage.save;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.FindOutcome.Found;
import org.benchmarkresults.model.result.FindOutcome.NotFound;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.SaveOutcome.AlreadyStored;
import org.benchmarkresults.model.result.SaveOutcome.NameTaken;
import org.benchmarkresults.model.result.SaveOutcome.NewVersion;
import org.benchmarkresults.model.result.SaveOutcome.Stored;
import org.benchmarkresults.model.result.SaveOutcome.VersionRefused;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.version.ResultVersion;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that are saved one after the other. */
@OnDatabases
class ResultStoreTest {
  private static final int LARGE = ResultStore.MOST_INLINE_BYTES + 1;

  @RegisterExtension final StorageModule storage;

  ResultStoreTest(Backend backend) {
    storage = new StorageModule(backend);
  }

  private static String name(String runId) {
    return Results.key(runId).resultName();
  }

  @Test
  void aSavedResultIsFoundWithAllThatWasSent() {
    ExtraField nested = new ExtraField("$a.b", RawJson.of("{\"$oid\": 1.10}"));
    ExtraField empty = new ExtraField("", RawJson.of("\"\\u0000\""));
    Result result = Results.of(Results.sparse("run", nested, empty), "{\"acc\":1e400}");

    SaveOutcome outcome = storage.save(result);

    assertEquals(new Stored(), outcome);
    Found found = storage.found(name("run"), null);
    assertEquals(result.envelope(), found.summary().envelope());
    assertEquals(Instant.parse("2026-04-21T11:59:00Z"), found.summary().instant());
    assertEquals(result.digest(), found.summary().digest());
    assertEquals(13, found.summary().size());
    assertEquals(1, found.summary().version());
    assertEquals(Results.NOON, found.summary().receivedAt());
    assertEquals(Results.NOON, found.summary().firstReceivedAt());
    assertEquals(result.data().bytes(), storage.data(found));
  }

  @Test
  void aResultThatWasNeverSavedIsNotFound() {
    assertEquals(new NotFound(), storage.find(name("run")));
    assertEquals(new NotFound(), storage.find(name("run"), 1));
    assertEquals(List.of(), storage.versions(name("run")));
  }

  @Test
  void savingTheSameDataTwiceIsNotAConflict() {
    storage.save(Results.at(Results.NOON, "run", "{\"acc\":1}"));

    SaveOutcome again = storage.save(Results.at(Results.NOON.plusSeconds(9), "run", "{\"acc\":1}"));

    assertEquals(new AlreadyStored(1, 1), again);
    assertEquals(Results.NOON, storage.found(name("run"), null).summary().receivedAt());
    assertEquals(1, storage.versions(name("run")).size());
  }

  @Test
  void otherDataUnderTheSameKeyMakesANewVersion() {
    storage.save(Results.of("run", "1.0"));

    SaveOutcome outcome = storage.save(Results.of("run", "1.00"));

    assertEquals(new NewVersion(2, List.of("data")), outcome);
    assertEquals(Results.bytes("1.00"), storage.data(storage.found(name("run"), null)));
  }

  @Test
  void aChangedEnvelopeWithTheSameDataMakesANewVersion() {
    Envelope changed = Results.sparse("run", new ExtraField("tasks", RawJson.of("\"aime24\"")));
    storage.save(Results.of(Results.sparse("run"), "1"));

    SaveOutcome outcome = storage.save(Results.of(changed, "1"));

    assertEquals(new NewVersion(2, List.of("tasks")), outcome);
    assertEquals(changed, storage.found(name("run"), 2).summary().envelope());
    assertEquals(Results.sparse("run"), storage.found(name("run"), 1).summary().envelope());
  }

  @Test
  void sendingEarlierDataAgainAnswersTheVersionThatHoldsIt() {
    storage.save(Results.of("run", "\"a\""));
    storage.save(Results.of("run", "\"b\""));

    SaveOutcome again = storage.save(Results.of("run", "\"a\""));

    assertEquals(new AlreadyStored(1, 2), again);
    assertEquals(2, storage.versions(name("run")).size());
    assertEquals(Results.bytes("\"b\""), storage.data(storage.found(name("run"), null)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, LARGE})
  void everyVersionStaysReadable(int length) {
    List<Result> saved =
        List.of(
            Results.of("run", Results.bytes(length, 1)),
            Results.of("run", Results.bytes(length, 2)),
            Results.of("run", Results.bytes(length, 3)));

    List<SaveOutcome> outcomes = saved.stream().map(storage::save).toList();

    assertEquals(
        List.of(
            new Stored(), new NewVersion(2, List.of("data")), new NewVersion(3, List.of("data"))),
        outcomes);
    for (int version = 1; version <= 3; version++) {
      Found found = storage.found(name("run"), version);
      assertEquals(version, found.summary().version());
      assertEquals(saved.get(version - 1).data().bytes(), storage.data(found));
    }
    assertEquals(3, storage.found(name("run"), null).summary().version());
    assertEquals(new NotFound(), storage.find(name("run"), 4));
    assertEquals(new NotFound(), storage.find(name("run"), 0));
  }

  @Test
  void versionsAreListedNewestFirst() {
    Result first = Results.at(Results.NOON, "run", "1");
    Result second = Results.at(Results.NOON.plusMillis(1), "run", "22");
    Result third = Results.at(Results.NOON.plusMillis(2), "run", "333");
    storage.save(first);
    storage.save(second);
    storage.save(third);

    List<ResultVersion> versions = storage.versions(name("run"));

    assertEquals(
        List.of(
            new ResultVersion(3, third.digest(), 3, third.receivedAt()),
            new ResultVersion(2, second.digest(), 2, second.receivedAt()),
            new ResultVersion(1, first.digest(), 1, first.receivedAt())),
        versions);
  }

  @Test
  void aNewVersionRemembersWhenTheFirstWasReceived() {
    storage.save(Results.at(Results.NOON, "run", "1"));

    storage.save(Results.at(Results.NOON.plusSeconds(1), "run", "2"));

    Found newest = storage.found(name("run"), null);
    assertEquals(Results.NOON.plusSeconds(1), newest.summary().receivedAt());
    assertEquals(Results.NOON, newest.summary().firstReceivedAt());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, LARGE})
  void aNameThatAnotherKeyMakesIsTaken(int length) {
    ResultKey holder = new ResultKey("t", "a-b", "c");
    storage.save(Results.of(holder, "1"));
    Result clash = Results.of(new ResultKey("t", "a", "b-c"), "1".repeat(length));

    SaveOutcome outcome = storage.save(clash);

    assertEquals(new NameTaken(holder), outcome);
    assertEquals(holder, storage.found("t-a-b-c", null).summary().envelope().key());
    assertEquals(1, storage.versions("t-a-b-c").size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, LARGE})
  void aSenderMayRefuseANewVersion(int length) {
    Result first = Results.of("run", Results.bytes(length, 1));
    Result other = Results.of("run", Results.bytes(length, 2));
    SaveOutcome stored = storage.save(Results.refusingNewVersion(first));
    SaveOutcome same = storage.save(Results.refusingNewVersion(first));

    SaveOutcome refused = storage.save(Results.refusingNewVersion(other));

    assertEquals(new Stored(), stored);
    assertEquals(new AlreadyStored(1, 1), same);
    assertEquals(new VersionRefused(1, first.digest()), refused);
    assertEquals(1, storage.versions(name("run")).size());
  }

  @Test
  void theStagesAreApart() {
    Result raw = Results.of("run", "\"raw\"");
    Result standardized = Results.inStage(Stage.STANDARDIZED, Results.of("run", "\"standard\""));
    SaveOutcome first = storage.save(raw);

    SaveOutcome second = storage.save(standardized);

    assertEquals(new Stored(), first);
    assertEquals(new Stored(), second);
    assertEquals(raw.data().bytes(), storage.data(storage.found(name("run"), null)));
    ResultRef ref = new ResultRef(Stage.STANDARDIZED, name("run"), null);
    Found found = (Found) storage.request(Addresses.FIND, ref).await();
    assertEquals(standardized.digest(), found.summary().digest());
  }
}
