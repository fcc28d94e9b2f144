package org.benchmarkresults.storage.save;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.SaveOutcome.AlreadyStored;
import org.benchmarkresults.model.result.SaveOutcome.NewVersion;
import org.benchmarkresults.model.result.SaveOutcome.Stored;
import org.benchmarkresults.model.version.ResultVersion;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many senders at once. */
@OnDatabases
class ConcurrentSavesTest {
  private static final int SENDERS = 64;
  private static final String NAME = Results.key("run").resultName();

  @RegisterExtension final StorageModule storage;

  ConcurrentSavesTest(Backend backend) {
    storage = new StorageModule(backend);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100_000})
  void sendersOfTheSameDataLeaveOneVersion(int length) {
    Result result = Results.of("run", Results.bytes(length, 1));

    List<SaveOutcome> outcomes = saveAll(sender -> result);

    assertEquals(1, outcomes.stream().filter(new Stored()::equals).count());
    assertEquals(SENDERS - 1, outcomes.stream().filter(new AlreadyStored(1, 1)::equals).count());
    assertEquals(1, storage.versions(NAME).size());
    assertEquals(result.data().bytes(), storage.data(storage.found(NAME, null)));
  }

  @ParameterizedTest
  @CsvSource({"8, 10", "8, 100000", "64, 10"})
  void sendersOfDifferentDataLeaveAVersionOfEach(int different, int length) {
    List<Result> results =
        IntStream.range(0, SENDERS)
            .mapToObj(sender -> Results.of("run", Results.bytes(length, sender % different)))
            .toList();

    List<SaveOutcome> outcomes = saveAll(results::get);

    List<ResultVersion> versions = storage.versions(NAME);
    Map<Integer, Digest> digests =
        versions.stream().collect(Collectors.toMap(ResultVersion::version, ResultVersion::digest));
    assertEquals(
        IntStream.rangeClosed(1, different).boxed().collect(Collectors.toSet()), digests.keySet());
    assertEquals(different, Set.copyOf(digests.values()).size());
    for (int sender = 0; sender < SENDERS; sender++) {
      assertEquals(results.get(sender).digest(), digests.get(version(outcomes.get(sender))));
    }
  }

  @Test
  void sendersOfDifferentKeysAreAllStored() {
    List<SaveOutcome> outcomes = saveAll(sender -> Results.of("run" + sender, "{}"));

    assertEquals(Set.of(new Stored()), Set.copyOf(outcomes));
    assertEquals(SENDERS, storage.list(null, 2 * SENDERS).rows().size());
  }

  private List<SaveOutcome> saveAll(Function<Integer, Result> resultOfSender) {
    List<Future<SaveOutcome>> saving =
        IntStream.range(0, SENDERS).boxed().map(resultOfSender).map(storage::saving).toList();
    return Future.all(saving).await().list();
  }

  private static int version(SaveOutcome outcome) {
    return switch (outcome) {
      case Stored stored -> 1;
      case AlreadyStored already -> already.version();
      case NewVersion next -> next.version();
      case SaveOutcome.NotKnown notKnown -> throw new AssertionError(notKnown);
      case SaveOutcome.Failed failed -> throw new AssertionError(failed);
      case SaveOutcome.NameTaken taken -> throw new AssertionError(taken);
      case SaveOutcome.VersionRefused refused -> throw new AssertionError(refused);
    };
  }
}
