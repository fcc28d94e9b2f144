package org.benchmarkresults.storage.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.DeleteOutcome;
import org.benchmarkresults.model.retention.ResultRemoval;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditQuery;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageModule;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The audit entry of a deletion is never lost, whatever happens between the two. */
class DeletionAuditTest {
  private static final String NAME = Results.of("run", "1").envelope().key().resultName();
  private static final AuditEntry CHANGE =
      AuditEntry.ofResult(
          Instant.parse("2026-11-01T00:00:00Z"),
          AuditEntry.Action.DELETED,
          Stage.RAW,
          NAME,
          null,
          new Actor("key:one", "192.0.2.1", "request"));

  @RegisterExtension final StorageModule storage = new StorageModule(Backend.MONGOD);

  private void delete() {
    storage.save(Results.of("run", "1"));
    DeleteOutcome outcome =
        storage
            .request(
                Addresses.DELETE, new ResultRemoval(Stage.RAW, NAME, null).withAuditEntry(CHANGE))
            .await();
    assertEquals(DeleteOutcome.Deleted.class, outcome.getClass());
  }

  private List<AuditEntry> trail() {
    return storage
        .request(Addresses.AUDIT_PAGE, new AuditQuery(null, null, null, null, null, null, 10))
        .await()
        .changes();
  }

  private long pending() {
    return Driver.await(
            Driver.of(storage.database())
                .getCollection("raw_input_deleted")
                .countDocuments(Filters.exists("audit")))
        .get(0);
  }

  @Test
  void aDeletionAndItsEntryAreThereTogether() {
    delete();

    assertEquals(List.of(CHANGE), trail());
    assertEquals(0, pending());
  }

  /** The state after a crash right behind the deletion. */
  @Test
  void anEntryThatIsMissingIsWrittenLater() {
    delete();
    var database = Driver.of(storage.database());
    Document entry = Driver.await(database.getCollection("audit").find()).get(0);
    Driver.await(database.getCollection("audit").drop());
    Driver.await(
        database
            .getCollection("raw_input_deleted")
            .updateOne(
                Filters.eq("result_name", NAME),
                Updates.set(
                    "audit",
                    new Document("entry", entry.getObjectId("_id").toHexString())
                        .append("at", entry.getDate("at"))
                        .append("caller", "key:one")
                        .append("address", "192.0.2.1")
                        .append("request_id", "request"))));

    storage.restore(NAME);

    assertEquals(List.of(CHANGE), trail());
    assertEquals(0, pending());
  }
}
