package org.benchmarkresults.storage.observation.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.result.InsertManyResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.StoredObservation;
import org.benchmarkresults.model.observed.ObservationOutcome;
import org.benchmarkresults.model.observed.ObservationSearch;
import org.benchmarkresults.model.observed.ObservationSearch.Excluded;
import org.benchmarkresults.model.observed.ObservationSort;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.query.FilterText;
import org.benchmarkresults.query.ObservationFields;
import org.benchmarkresults.storage.StorageModule;
import org.benchmarkresults.storage.observation.ObservationDocument;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Filters, orders and pages of observations, against the same done plainly to a list. */
@OnDatabases
class ObservationSearchesTest {
  private static final long SEED = 20261128;
  private static final int RESULTS = 120;

  @RegisterExtension final StorageModule storage;

  private final Random random = new Random(SEED);
  private List<StoredObservation> all;

  ObservationSearchesTest(Backend backend) {
    storage = new StorageModule(backend);
  }

  @BeforeEach
  void fill() {
    List<BsonDocument> documents = SomeObservations.documents(random, 0, RESULTS);
    insert(documents);
    all = documents.stream().map(ObservationDocument::read).toList();
  }

  private void insert(List<BsonDocument> documents) {
    List<InsertManyResult> inserted =
        storage.byHand(
            database ->
                Driver.await(
                    database
                        .getCollection("observations", BsonDocument.class)
                        .insertMany(documents)));
    assertEquals(documents.size(), inserted.get(0).getInsertedIds().size());
  }

  /** Every member, with each kind of comparison that it has. */
  private static Map<String, Predicate<StoredObservation>> filters() {
    Map<String, Predicate<StoredObservation>> table = new LinkedHashMap<>();
    table.put("stage==raw_input", o -> o.result().stage() == Stage.RAW);
    table.put("result.stage!=raw_input", o -> o.result().stage() == Stage.STANDARDIZED);
    table.put("name==t-other-r/7", o -> o.result().resultName().equals("t-other-r/7"));
    table.put("result_name=prefix=t-Eval", o -> o.result().resultName().startsWith("t-Eval"));
    table.put("name<t-Eval-r/5", o -> o.result().resultName().compareTo("t-Eval-r/5") < 0);
    table.put("name<=t-Eval-a-r/5", o -> o.result().resultName().compareTo("t-Eval-a-r/5") <= 0);
    table.put("name>t-Eval-a-r/5", o -> o.result().resultName().compareTo("t-Eval-a-r/5") > 0);
    table.put("name>=t-Eval-a-r/5", o -> o.result().resultName().compareTo("t-Eval-a-r/5") >= 0);
    table.put("result_version>=2", o -> o.result().version() >= 2);
    table.put("benchmark_name=prefix=Eval", o -> o.result().benchmarkName().startsWith("Eval"));
    table.put("run_id=in=(r/1,r/2,r/3)", o -> Set.of("r/1", "r/2", "r/3").contains(run(o)));
    table.put("model_id=exists=false", o -> o.result().modelId() == null);
    table.put("source==vllm", o -> "vllm".equals(o.result().source()));
    table.put("task==gsm8k", o -> "gsm8k".equals(one(o).task()));
    table.put("task==\"arc, \\\"easy\\\"\"", o -> "arc, \"easy\"".equals(one(o).task()));
    table.put("task==''", o -> "".equals(one(o).task()));
    table.put("task!=gsm8k", o -> !"gsm8k".equals(one(o).task()));
    table.put("task=exists=true", o -> one(o).task() != null);
    table.put("metric=out=(ttft,acc)", o -> one(o).metric().equals("exact_match"));
    table.put("variant==strict-match", o -> one(o).variant() != null);
    table.put("statistic==p99", o -> one(o).statistic().equals("p99"));
    table.put("value>0.25", o -> one(o).value() > 0.25);
    table.put("value>=2.5e-1", o -> one(o).value() >= 0.25);
    table.put("value==0.50", o -> one(o).value() == 0.5);
    table.put("value=in=(-1,1.0)", o -> Math.abs(one(o).value()) == 1);
    table.put("value<0", o -> one(o).value() < 0);
    table.put("text==0.250", o -> one(o).text().equals("0.250"));
    table.put("unit==1", o -> "1".equals(one(o).unit()));
    table.put("text_unit==%", o -> "%".equals(one(o).textUnit()));
    table.put("higher_is_better==true", o -> Boolean.TRUE.equals(one(o).higherIsBetter()));
    table.put("higher_is_better==false", o -> Boolean.FALSE.equals(one(o).higherIsBetter()));
    table.put("higher_is_better=exists=false", o -> one(o).higherIsBetter() == null);
    table.put("range_high<=1", o -> one(o).range() != null);
    table.put("range_low=exists=false", o -> one(o).range() == null);
    table.put("stderr>0.4", o -> one(o).stderr() != null);
    table.put("n==101", o -> one(o).n() != null && one(o).n() == 101);
    table.put("n>101.5", o -> one(o).n() != null && one(o).n() > 101);
    table.put("interval.low==-1", o -> one(o).interval() != null);
    table.put("interval_level==0.95", o -> one(o).interval() != null && level(o));
    table.put("primary==true", o -> one(o).primary());
    table.put("primary==false", o -> !one(o).primary());
    table.put("pointer==/2", o -> one(o).pointer().equals("/2"));
    table.put("model==Qwen/Qwen3-8B", o -> "Qwen/Qwen3-8B".equals(o.resolved().model()));
    table.put("instant>=2026-04-21T12:00:00Z", o -> isAtOrAfter(SomeObservations.NOON, o));
    table.put("instant=exists=false", o -> o.resolved().instant() == null);
    table.put("series==s_1", o -> o.resolved().series().equals("s_1"));
    table.put("adapter==generic", o -> o.adapter().equals("generic"));
    table.put("adapter.version==2", o -> o.adapterVersion() == 2);
    table.put("tool=exists=true", o -> o.tool() != null);
    table.put("cross_check==true", StoredObservation::isCrossCheck);
    table.put("cross_check==false", o -> !o.isCrossCheck());
    table.put("received_at<2026-04-21T12:01:00Z", o -> received(o) < 60);
    table.put("first_received_at==2026-04-21T12:00:00Z", o -> true);
    table.put("dimensions.few_shot==5", o -> is(o, "few_shot", "5", "5.0"));
    table.put("few_shot==5.0", o -> isNumber(o) || is(o, "few_shot", "5.0"));
    table.put("few_shot>4", SomeFilters::isNumber);
    table.put("dimension.hardware=prefix=H", o -> is(o, "hardware", "H100"));
    table.put("hardware=exists=false", o -> !is(o, "hardware", "H100", "A100"));
    table.put("hardware!=H100", o -> !is(o, "hardware", "H100"));
    table.put("hardware=in=(H100,A100)", o -> is(o, "hardware", "H100", "A100"));
    table.put("temperature=exists=true", o -> false);
    table.put("labels.nightly==main", o -> has(o, "nightly", "main"));
    table.put("labels.nightly==''", o -> has(o, "nightly", ""));
    table.put("labels.nightly!=main", o -> !has(o, "nightly", "main"));
    table.put("labels.build=in=(1,21)", o -> has(o, "build", "1", "21"));
    table.put("labels.build=out=(1,x)", o -> !has(o, "build", "1"));
    table.put("labels.build=prefix=2", o -> has(o, "build", "21"));
    table.put("labels.build<21", o -> has(o, "build", "1"));
    table.put("labels.build>1", o -> has(o, "build", "21"));
    table.put("labels.build>=1;labels.nightly<=z", o -> hasBoth(o));
    table.put("labels.build=exists=true", o -> has(o, "build", "1", "21"));
    table.put("labels.build=exists=false", o -> !has(o, "build", "1", "21"));
    table.put("labels.buil=exists=true", o -> false);
    table.put("excluded=exists=true", o -> o.annotations().excluded() != null);
    table.put("excluded=exists=false", o -> o.annotations().excluded() == null);
    table.put("excluded==throttled", o -> o.annotations().excluded() != null);
    table.put("excluded=prefix=x", o -> false);
    table.put(
        "labels.nightly==main;metric==acc",
        o -> has(o, "nightly", "main") && one(o).metric().equals("acc"));
    table.put(
        "task==gsm8k;value>0,hardware==H100",
        o -> ("gsm8k".equals(one(o).task()) && one(o).value() > 0) || is(o, "hardware", "H100"));
    return table;
  }

  private static boolean is(StoredObservation o, String name, String... texts) {
    return SomeFilters.is(o, name, texts);
  }

  private static boolean has(StoredObservation o, String key, String... values) {
    return SomeFilters.has(o, key, values);
  }

  private static boolean hasBoth(StoredObservation o) {
    return has(o, "build", "1", "21") && has(o, "nightly", "main", "");
  }

  private static boolean isNumber(StoredObservation o) {
    return SomeFilters.isNumber(o);
  }

  private static Observation one(StoredObservation o) {
    return o.resolved().observation();
  }

  private static String run(StoredObservation o) {
    return o.result().runId();
  }

  private static boolean level(StoredObservation o) {
    return one(o).interval().level() != null;
  }

  private static long received(StoredObservation o) {
    return o.result().receivedAt().getEpochSecond() - SomeObservations.NOON.getEpochSecond();
  }

  private static boolean isAtOrAfter(Instant moment, StoredObservation o) {
    return o.resolved().instant() != null && !o.resolved().instant().isBefore(moment);
  }

  @Test
  void everyFilterMeansWhatItSays() {
    filters()
        .forEach(
            (text, predicate) -> {
              Set<StoredObservation> expected = new HashSet<>();
              all.stream().filter(predicate).forEach(expected::add);

              List<StoredObservation> found = walked(parsed(text), newest(), 1_000);

              assertEquals(expected, new HashSet<>(found), text);
              assertEquals(expected.size(), found.size(), text);
            });
  }

  private static Filter parsed(String text) {
    return text.isEmpty() ? Filter.everything() : FilterText.parse(text, new ObservationFields());
  }

  private static ObservationSort newest() {
    return ObservationSort.NEWEST_FIRST;
  }

  private List<StoredObservation> walked(Filter filter, ObservationSort sort, int limit) {
    List<StoredObservation> rows = new ArrayList<>();
    PageKey after = null;
    do {
      ObservationOutcome.Page page = page(filter, sort, after, limit);
      assertTrue(page.rows().size() <= limit);
      rows.addAll(page.rows());
      after = page.next();
    } while (after != null);
    return rows;
  }

  private ObservationOutcome.Page page(
      Filter filter, ObservationSort sort, PageKey after, int limit) {
    ObservationSearch search =
        new ObservationSearch(filter, sort, true, Excluded.ALSO, null, after, limit);
    return (ObservationOutcome.Page)
        storage.request(ObservationAddresses.SEARCH_OBSERVATIONS, search).await();
  }

  private static Comparator<StoredObservation> order(ObservationSort sort) {
    Comparator<StoredObservation> byInstant =
        Comparator.comparing(
            o -> o.resolved().instant(), Comparator.nullsFirst(Comparator.naturalOrder()));
    Comparator<StoredObservation> lacking =
        Comparator.comparing(
            o ->
                switch (sort.key()) {
                  case INSTANT -> o.resolved().instant() == null;
                  case MODEL -> o.resolved().model() == null;
                  default -> false;
                });
    Comparator<StoredObservation> descending =
        switch (sort.key()) {
          case INSTANT -> byInstant.reversed();
          case VALUE ->
              Comparator.<StoredObservation>comparingDouble(o -> one(o).value()).reversed();
          case MODEL ->
              Comparator.<StoredObservation, String>comparing(
                      o -> o.resolved().model(), Comparator.nullsFirst(Comparator.naturalOrder()))
                  .thenComparing(byInstant.reversed())
                  .reversed();
          case RESULT -> (one, other) -> 0;
        };
    return lacking.thenComparing(sort.descending() ? descending : descending.reversed());
  }

  @Test
  void pagesOneAfterTheOtherHoldEveryRowOnceInOrder() {
    for (String text :
        List.of(
            "metric==ttft",
            "task==gsm8k;metric==acc",
            "metric=in=(ttft,acc);task=in=(gsm8k,mmlu)",
            "metric==acc;hardware==H100",
            "series==s_1;metric==ttft",
            "labels.build=in=(1,21)")) {
      for (ObservationSort.Key key : ObservationSort.Key.values()) {
        for (boolean isDescending : new boolean[] {true, false}) {
          ObservationSort sort = new ObservationSort(key, isDescending);
          Filter filter = parsed(text);
          List<StoredObservation> expected = walked(filter, newest(), 1_000);

          List<StoredObservation> found = walked(filter, sort, 1 + random.nextInt(9));

          assertFalse(found.isEmpty(), text);
          assertEquals(new HashSet<>(expected), new HashSet<>(found), sort + text);
          assertEquals(expected.size(), found.size(), sort + text);
          assertEquals(found.stream().sorted(order(sort)).toList(), found, sort + text);
        }
      }
    }
  }

  @Test
  void rowsThatWereThereAreNeitherRepeatedNorSkippedWhileOthersAreInserted() {
    for (ObservationSort sort :
        List.of(newest(), new ObservationSort(ObservationSort.Key.VALUE, true))) {
      Filter filter = parsed("metric==ttft");
      List<StoredObservation> before = walked(filter, sort, 1_000);
      List<StoredObservation> found = new ArrayList<>();
      PageKey after = null;
      int inserted = 10_000 * (1 + sort.key().ordinal());
      do {
        ObservationOutcome.Page page = page(filter, sort, after, 25);
        found.addAll(page.rows());
        after = page.next();
        insert(SomeObservations.documents(random, inserted, inserted += 5));
      } while (after != null);

      assertEquals(found.size(), new HashSet<>(found).size());
      assertEquals(before, found.stream().filter(before::contains).toList());
    }
  }

  @Test
  void crossChecksAreLeftOut() {
    assertEquals(
        all.stream().filter(o -> !o.isCrossCheck()).count(),
        rows(new ObservationSearch(
                Filter.everything(), newest(), false, Excluded.ALSO, null, null, 1_000))
            .size());
  }

  private List<StoredObservation> rows(ObservationSearch search) {
    return ((ObservationOutcome.Page)
            storage.request(ObservationAddresses.SEARCH_OBSERVATIONS, search).await())
        .rows();
  }

  @Test
  void excludedResultsAreLeftOutOrTheOnlyOnes() {
    for (String text : List.of("", "metric==acc", "labels.build==1")) {
      Set<StoredObservation> matching = new HashSet<>(walked(parsed(text), newest(), 1_000));

      Set<StoredObservation> counted = new HashSet<>(rows(excluding(Excluded.NO, text)));
      Set<StoredObservation> only = new HashSet<>(rows(excluding(Excluded.ONLY, text)));

      assertFalse(only.isEmpty(), text);
      assertTrue(only.stream().allMatch(o -> o.annotations().excluded() != null), text);
      assertTrue(counted.stream().allMatch(o -> o.annotations().excluded() == null), text);
      counted.addAll(only);
      assertEquals(matching, counted, text);
    }
  }

  private static ObservationSearch excluding(Excluded excluded, String text) {
    return new ObservationSearch(parsed(text), newest(), true, excluded, null, null, 1_000);
  }
}
