package org.benchmarkresults.storage.save;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.StoredData;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.retention.RetentionModule;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A save whose answer was lost tells the same when it is repeated. */
class RepeatedSaveTest {
  @RegisterExtension final RetentionModule room = new RetentionModule(Backend.MONGOD);

  private static PendingSave arrival(String data) {
    Result result = Results.of("r", data);
    return PendingSave.now(result, new StoredData.Inline(result.data().bytes()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000})
  void aNewVersionTellsWhatChanged(int size) {
    SaveOutcome written = new SaveOutcome.NewVersion(2, List.of("data"));
    room.save(Results.of("r", "1"));
    PendingSave second = arrival("2".repeat(size));
    assertEquals(written, room.save(second));

    assertEquals(written, room.save(second));
    room.save(Results.of("r", "3"));
    assertEquals(written, room.save(second));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000})
  void aFirstVersionIsStored(int size) {
    PendingSave first = arrival("1".repeat(size));
    room.save(first);

    assertEquals(new SaveOutcome.Stored(), room.save(first));
    assertEquals(new SaveOutcome.AlreadyStored(1, 1), room.save(Results.of("r", "1".repeat(size))));
  }
}
