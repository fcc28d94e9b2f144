package org.benchmarkresults.storage.retention;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.ExplainVerbosity;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.result.Stage;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The queries of the retention use indexes, in their order. */
class RetentionPlansTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  @RegisterExtension final RetentionModule room = new RetentionModule(Backend.MONGOD);

  @Test
  void whatARuleIsAboutIsFoundOldestFirst() {
    List<String> rules = List.of("raw_input/*=1d", "raw_input/a=1d", "standardized_output/*=1d");
    Config.Retention config =
        new Config.Retention(rules, Duration.ofDays(1), Duration.ofHours(1), Duration.ofDays(400));
    Bson order = Sorts.ascending("first_received_at", "_id");

    for (DueRule rule : DueRule.of(config.understood())) {
      requireIndexed(rule.stage().path(), rule.due(NOW), order);
    }
  }

  @Test
  void whatWasDeletedIsFoundOldestFirst() {
    Bson order = Sorts.ascending("deleted_at", "_id");

    requireIndexed("raw_input_deleted", Purge.deletedBefore(NOW), order);
  }

  @Test
  void theLatestDeletionOfANameIsFoundByIt() {
    Bson ofName = Filters.and(Filters.eq("result_name", "x"), Filters.eq("purging", null));

    requireIndexed("raw_input_deleted", ofName, new Document());
  }

  @Test
  void whoNamesAnUploadIsFoundByIt() {
    Bson named = Filters.in("upload", List.of("a", "b"));

    for (String namer : List.of("", "_versions", "_deleted")) {
      requireIndexed(Stage.RAW.path() + namer, named, new Document());
    }
  }

  private void requireIndexed(String collection, Bson filter, Bson order) {
    String plan =
        Driver.await(
                room.byHand()
                    .getCollection(collection)
                    .find(filter)
                    .sort(order)
                    .limit(16)
                    .explain(ExplainVerbosity.QUERY_PLANNER))
            .get(0)
            .get("queryPlanner", Document.class)
            .get("winningPlan", Document.class)
            .toJson();
    assertTrue(plan.contains("IXSCAN"), plan);
    assertFalse(plan.contains("\"SORT\"") || plan.contains("COLLSCAN"), plan);
  }
}
