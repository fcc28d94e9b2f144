package org.benchmarkresults.storage.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.model.result.FindOutcome.Found;
import org.benchmarkresults.model.retention.DeleteOutcome;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.retention.RestoreOutcome.Restored;
import org.benchmarkresults.model.version.ResultVersion;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many that save, delete and restore one name at once. */
@OnDatabases
class ConcurrentDeletionsTest {
  private static final String NAME = Results.key("run").resultName();
  private static final int ROUNDS = 6;

  @RegisterExtension final StorageModule storage;

  ConcurrentDeletionsTest(Backend backend) {
    storage = new StorageModule(backend);
  }

  @Test
  void ofManyDeletionsAtOnceOneIsTheOne() {
    storage.save(Results.of("run", "1"));

    List<DeleteOutcome> outcomes =
        Future.all(Stream.generate(() -> storage.deleting(NAME)).limit(32).toList()).await().list();

    long deleted = outcomes.stream().filter(DeleteOutcome.Deleted.class::isInstance).count();
    assertEquals(1, deleted);
    assertTrue(storage.restore(NAME) instanceof Restored);
    assertEquals(Results.bytes("1"), storage.data(storage.found(NAME, null)));
  }

  @Test
  void manyRestoresAtOnceLeaveOneResult() {
    storage.save(Results.of("run", "1"));
    storage.save(Results.of("run", "2"));
    storage.delete(NAME);

    List<RestoreOutcome> outcomes =
        Future.all(Stream.generate(() -> storage.restoring(NAME)).limit(32).toList())
            .await()
            .list();

    assertTrue(outcomes.stream().anyMatch(Restored.class::isInstance), outcomes::toString);
    assertEquals(2, storage.versions(NAME).size());
    assertEquals(Results.bytes("1"), storage.data(storage.found(NAME, 1)));
    assertEquals(Results.bytes("2"), storage.data(storage.found(NAME, 2)));
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 10", "3, 10", "4, 70000"})
  void whateverWasAcceptedIsStillToBeHad(long seed, int length) {
    Random random = new Random(seed);
    Set<ByteBuffer> accepted = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      accepted.addAll(atOnce(random, length));
    }

    Set<ByteBuffer> found = collectAll();

    Set<ByteBuffer> lost = new HashSet<>(accepted);
    lost.removeAll(found);
    assertEquals(0, lost.size(), () -> lost.size() + " of " + accepted.size() + " are lost");
    assertTrue(accepted.size() > ROUNDS, "hardly anything was accepted");
  }

  /** The accepted ones of concurrent requests. */
  private Set<ByteBuffer> atOnce(Random random, int length) {
    Set<ByteBuffer> accepted = new HashSet<>();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      switch (random.nextInt(4)) {
        case 0 -> all.add(storage.deleting(NAME));
        case 1 -> all.add(storage.restoring(NAME));
        default -> {
          ByteBuffer data = Results.bytes(length, random.nextLong());
          all.add(storage.saving(Results.of("run", data)).onSuccess(saved -> add(data, accepted)));
        }
      }
    }
    Future.all(all).await();
    synchronized (accepted) {
      return Set.copyOf(accepted);
    }
  }

  private static void add(ByteBuffer data, Set<ByteBuffer> accepted) {
    synchronized (accepted) {
      accepted.add(data);
    }
  }

  /** The data of the live result and its versions, then of each deletion, the newest first. */
  private Set<ByteBuffer> collectAll() {
    Set<ByteBuffer> found = new HashSet<>();
    do {
      for (ResultVersion version : storage.versions(NAME)) {
        Found result = storage.found(NAME, version.version());
        assertEquals(version.digest(), result.summary().digest());
        found.add(storage.data(result));
      }
      // Deleted by the service it would be the newest deletion again.
      storage.byHand(
          database ->
              Driver.await(database.getCollection("raw_input").deleteOne(Filters.eq("_id", NAME))));
    } while (storage.restore(NAME) instanceof Restored);
    return found;
  }
}
