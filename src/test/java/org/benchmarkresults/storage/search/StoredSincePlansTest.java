package org.benchmarkresults.storage.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.ExplainVerbosity;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.model.event.EventQuery;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.storage.Plans;
import org.benchmarkresults.storage.StorageOnMongod;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Missed results are found by indexes, in their order, however many there are. */
class StoredSincePlansTest {
  private static final int COUNT = 5_000;

  private final StorageOnMongod room = new StorageOnMongod();

  @AfterEach
  void close() {
    room.close();
  }

  private static Document result(int number) {
    Date received = new Date(number);
    return new Document("_id", "r" + number)
        .append("version", number % 10 == 0 ? 2 : 1)
        .append("received_at", received)
        .append("first_received_at", number % 10 == 0 ? new Date(0) : received);
  }

  @Test
  void aPageCostsWhatItHolds() {
    for (Stage stage : Stage.values()) {
      room.fill(stage, IntStream.range(0, COUNT).mapToObj(StoredSincePlansTest::result).toList());
    }
    StoredSince since = new StoredSince(room.clients(), room.collections(), true);
    PageKey middle = new PageKey(null, null, new Date(COUNT / 2).toInstant(), 1, "r");

    List<Document> plans =
        since
            .finds(new EventQuery(middle, 20))
            .map(
                find ->
                    Driver.await(find.explain(Document.class, ExplainVerbosity.EXECUTION_STATS)))
            .map(explained -> explained.get(0))
            .toList();

    assertEquals(6, plans.size());
    for (Document plan : plans) {
      Set<String> stages = Plans.stages(plan.get("queryPlanner", Document.class));
      assertTrue(stages.contains("IXSCAN"), stages::toString);
      assertTrue(!stages.contains("SORT") && !stages.contains("COLLSCAN"), stages::toString);
      assertTrue(Plans.keys(plan) <= 30, () -> Plans.keys(plan) + " keys");
      assertTrue(Plans.documents(plan) <= 21, () -> Plans.documents(plan) + " documents");
    }
  }
}
