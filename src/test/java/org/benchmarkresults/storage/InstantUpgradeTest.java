package org.benchmarkresults.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ResultKey;
import org.bson.BsonNull;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results that an earlier release stored without an instant get that of their timestamp. */
@OnDatabases
class InstantUpgradeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @RegisterExtension final StorageModule storage;

  InstantUpgradeTest(Backend backend) {
    storage = new StorageModule(backend);
  }

  private static Envelope at(String timestamp) {
    return new Envelope(new ResultKey(timestamp, "b", "r"), null, null, null, List.of());
  }

  @Test
  void resultsVersionsAndDeletedOnesAreUpgraded() {
    String name = at("2026-03-29_10-30-00").key().resultName();
    storage.save(Results.of(at("2026-03-29_10-30-00"), "1"));
    storage.save(Results.of(at("2026-03-29_10-30-00"), "2"));
    storage.save(Results.of(at("yesterday"), "1"));
    storage.byHand(
        database -> {
          Driver.await(database.getCollection("upgrades").deleteMany(new Document()));
          for (String collection : List.of("raw_input", "raw_input_versions")) {
            Driver.await(
                database
                    .getCollection(collection)
                    .updateMany(
                        Filters.exists("timestamp"), Updates.set("instant", BsonNull.VALUE)));
          }
          return null;
        });
    assertNull(storage.found(name, 1).summary().instant());

    storage.restart();
    Instant end = Instant.now().plus(PATIENCE);
    while (storage.found(name, 1).summary().instant() == null && Instant.now().isBefore(end)) {
      storage.bus().request(Addresses.DATABASE_STATUS, new NoArguments()).await();
    }

    Instant meant = Instant.parse("2026-03-29T10:30:00Z");
    assertEquals(meant, storage.found(name, 1).summary().instant());
    assertEquals(meant, storage.found(name, 2).summary().instant());
    assertNull(storage.found(at("yesterday").key().resultName(), null).summary().instant());
  }
}
