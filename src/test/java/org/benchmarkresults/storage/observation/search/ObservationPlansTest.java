package org.benchmarkresults.storage.observation.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.ExplainVerbosity;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.observed.ObservationOutcome;
import org.benchmarkresults.model.observed.ObservationSearch;
import org.benchmarkresults.model.observed.ObservationSort;
import org.benchmarkresults.model.observed.ObservationSort.Key;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.query.FilterText;
import org.benchmarkresults.query.ObservationFields;
import org.benchmarkresults.storage.Plans;
import org.benchmarkresults.storage.StorageModule;
import org.benchmarkresults.storage.search.BoundedCount;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The plans that MongoDB makes of the questions that have an index: none walks or sorts all. */
class ObservationPlansTest {
  private static final int RESULTS = 4_000;
  private static final int LIMIT = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @RegisterExtension final StorageModule storage = new StorageModule(Backend.MONGOD);

  private ObservationSearches searches;

  @BeforeEach
  void fill() {
    ObservationSearch any = search("", ObservationSort.NEWEST_FIRST, null);
    Await.until(() -> isServed(any), () -> "the indexes were not created");
    var database = Driver.of(storage.database());
    var unused =
        Driver.await(
            database
                .getCollection("observations", BsonDocument.class)
                .insertMany(SomeObservations.documents(new Random(1), 0, RESULTS)));
    searches =
        new ObservationSearches(
            database.getCollection("observations", RawBsonDocument.class),
            new BoundedCount(database, "observations"),
            true);
  }

  /** On a busy machine the indexes take longer than the client waits. */
  private boolean isServed(ObservationSearch search) {
    try {
      return storage.request(ObservationAddresses.SEARCH_OBSERVATIONS, search).await()
          instanceof ObservationOutcome.Page;
    } catch (Unavailable e) {
      return false;
    }
  }

  private static ObservationSearch search(String filter, ObservationSort sort, PageKey after) {
    return new ObservationSearch(
        filter.isEmpty()
            ? Filter.everything()
            : new Filter.All(List.of(FilterText.parse(filter, new ObservationFields()))),
        sort,
        true,
        ObservationSearch.Excluded.ALSO,
        null,
        after,
        LIMIT);
  }

  @Test
  void anIndexIsWalkedInOrder() {
    requireWalked("", Key.INSTANT, "newest");
    requireWalked("benchmark_name==other", Key.INSTANT, "benchmark_newest");
    requireWalked("model==Qwen/Qwen3-8B", Key.INSTANT, "model_newest");
    requireWalked("model=in=(Qwen/Qwen3-8B,a)", Key.INSTANT, "model_newest");
    requireWalked("series==s_1", Key.INSTANT, "series_newest");
    requireWalked("task==gsm8k;metric==ttft", Key.INSTANT, "task_metric_newest");
    requireWalked("task=in=(gsm8k,mmlu);metric=in=(ttft,acc)", Key.INSTANT, "task_metric_newest");
    requireWalked("task==gsm8k;metric==ttft;model==a", Key.INSTANT, "task_metric_model");
    requireWalked("task==gsm8k;metric==ttft", Key.VALUE, "task_metric_value");
    requireWalked("task==gsm8k;metric=in=(ttft,acc);value>0", Key.VALUE, "task_metric_value");
    requireWalked("metric==ttft", Key.VALUE, "metric_value");
    requireWalked("", Key.MODEL, "model_newest");
    requireWalked("task==gsm8k;metric==ttft", Key.MODEL, "task_metric_model");
    requireWalked("", Key.RESULT, "_id_");
    requireWalked("labels.nightly==main", Key.INSTANT, "label_newest");
    requireWalked("labels.build=in=(1,21);value>0", Key.INSTANT, "label_newest");
    requireWalked("labels.build==1;labels.nightly==main", Key.INSTANT, "label_newest");
    requireWalked("excluded=exists=true", Key.INSTANT, "excluded_newest");
  }

  @Test
  void fewObservationsOfLabelledResultsAreFetchedByTheirLabel() {
    for (String filter :
        List.of(
            "labels.build==1;task==gsm8k;metric==acc",
            "labels.build=prefix=2",
            "labels.build>1;metric==acc",
            "labels.nightly=exists=true")) {
      for (Key key : Key.values()) {
        ObservationSearch search = search(filter, new ObservationSort(key, true), null);
        requireIndex(search, "label_newest");
      }
    }
    requireIndex(
        search("excluded=exists=true", new ObservationSort(Key.VALUE, true), null),
        "excluded_newest");
  }

  private void requireIndex(ObservationSearch search, String index) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (ObservationSearches.Part part : searches.parts(search, deadline).await().orElseThrow()) {
      assertEquals(index, part.index(), search::toString);
      Set<String> stages =
          Plans.stages(
              Driver.await(
                      searches
                          .find(search, part, LIMIT, PATIENCE)
                          .explain(Document.class, ExplainVerbosity.EXECUTION_STATS))
                  .get(0));
      assertFalse(stages.contains("COLLSCAN"), () -> search + "" + stages);
    }
  }

  private void requireWalked(String filter, Key key, String index) {
    for (boolean isDescending : new boolean[] {true, false}) {
      ObservationSort sort = new ObservationSort(key, isDescending);
      ObservationSearch first = search(filter, sort, null);
      ObservationSearch before = first.from(null, 4 * LIMIT);
      PageKey deep = ((ObservationOutcome.Page) searches.page(before).await()).next();
      for (ObservationSearch search : List.of(first, first.from(deep, LIMIT))) {
        requirePlan(search, index);
      }
    }
  }

  private void requirePlan(ObservationSearch search, String index) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int wanted = LIMIT + 1;
    for (ObservationSearches.Part part : searches.parts(search, deadline).await().orElseThrow()) {
      assertEquals(index, part.index(), search::toString);
      if (wanted <= 0) {
        break;
      }
      Document plan =
          Driver.await(
                  searches
                      .find(search, part, wanted, PATIENCE)
                      .explain(Document.class, ExplainVerbosity.EXECUTION_STATS))
              .get(0);
      Set<String> stages = Plans.stages(plan);
      assertFalse(stages.contains("COLLSCAN") || stages.contains("SORT"), () -> search + "" + plan);
      wanted -= plan.get("executionStats", Document.class).getInteger("nReturned");
    }
  }

  @Test
  void aQuestionWithoutIndexIsRefusedAtOnceWhenItWouldOrderAll() {
    ObservationSearch search = search("hardware==H100", new ObservationSort(Key.VALUE, true), null);

    var outcome = (ObservationOutcome.TooCostly) searches.page(search).await();

    assertTrue(outcome.advice().contains("metric"), outcome::advice);
  }

  @Test
  void fewObservationsAreFetchedByTheConditionThatFindsThem() {
    ObservationSearch search =
        search("name==t-other-r/7,name==x;metric==acc", ObservationSort.NEWEST_FIRST, null);
    ObservationSearch named =
        search("name==t-other-r/7;hardware==H100", ObservationSort.NEWEST_FIRST, null);
    long deadline = System.nanoTime() + PATIENCE.toNanos();

    assertEquals("_id_", searches.parts(named, deadline).await().orElseThrow().get(0).index());
    assertEquals("newest", searches.parts(search, deadline).await().orElseThrow().get(0).index());
  }
}
