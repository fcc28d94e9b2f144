package org.benchmarkresults.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.SaveOutcome.AlreadyStored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded database and its folder. */
class EmbeddedStorageTest {
  private static final String NAME = Results.key("run").resultName();

  @RegisterExtension final StorageModule storage = new StorageModule(Backend.EMBEDDED);

  @Test
  void restartKeepsResults() {
    Result small = Results.of("run", "{\"acc\":1.10}");
    Result large = Results.of("run", Results.bytes(17 << 20, 1));
    storage.save(small);
    storage.save(large);

    storage.restart();

    assertEquals(2, storage.versions(NAME).size());
    assertEquals(small.data().bytes(), storage.data(storage.found(NAME, 1)));
    assertEquals(large.data().bytes(), storage.data(storage.found(NAME, 2)));
    assertEquals(
        List.of(NAME), storage.list(null, 10).rows().stream().map(r -> r.resultName()).toList());
  }

  @Test
  void retryAfterARestartIsAlreadyStored() {
    Result result = Results.of("run", "{}");
    storage.save(result);

    storage.restart();

    assertEquals(new AlreadyStored(1, 1), storage.save(result));
  }

  @Test
  @ExtendWith(VertxExtension.class)
  void folderInUseIsRefused(Vertx other) {
    Config config = storage.database().config(Map.of());
    StorageVerticle second =
        new StorageVerticle(config.mongo(), config.retention(), new Bus(other), Clock.systemUTC());

    Exception refused = assertThrows(Exception.class, () -> other.deployVerticle(second).await());

    assertTrue(refused.getMessage().contains("is in use by another process"), refused::toString);
  }
}
