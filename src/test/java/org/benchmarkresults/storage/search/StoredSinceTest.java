package org.benchmarkresults.storage.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Topics;
import org.benchmarkresults.model.event.EventPage;
import org.benchmarkresults.model.event.EventQuery;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results received since some moment, page by page. */
@OnDatabases
class StoredSinceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @RegisterExtension final StorageModule storage;

  StoredSinceTest(Backend backend) {
    storage = new StorageModule(backend);
  }

  private List<StoredEvent> since(Instant moment, int limit) {
    List<StoredEvent> all = new ArrayList<>();
    PageKey behind = PageKey.before(moment);
    while (behind != null) {
      EventPage page =
          storage.request(Addresses.STORED_SINCE, new EventQuery(behind, limit)).await();
      assertTrue(page.events().size() <= limit, () -> page.events().size() + " of " + limit);
      all.addAll(page.events());
      behind = page.next();
    }
    return all;
  }

  private static Set<String> names(List<StoredEvent> events) {
    Set<String> names = new TreeSet<>();
    events.forEach(event -> names.add(name(event.stage(), event.key().runId(), event.version())));
    return names;
  }

  private static String name(Stage stage, String runId, int version) {
    return stage + " " + runId + " " + version;
  }

  private void save(Stage stage, String runId, int millis, String data) {
    Result result = Results.at(Results.NOON.plusMillis(millis), runId, data);
    storage.save(Results.inStage(stage, result));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 11, 500})
  void pagesOfAnyLengthTellEachVersionOnceInTheOrderOfReceipt(int limit) {
    save(Stage.RAW, "a", 0, "1");
    save(Stage.STANDARDIZED, "a", 0, "1");
    save(Stage.RAW, "a", 5, "2");
    save(Stage.RAW, "a", 9, "3");
    save(Stage.RAW, "b", 5, "1");
    save(Stage.STANDARDIZED, "b", 5, "1");
    save(Stage.STANDARDIZED, "b", 5, "2");
    save(Stage.RAW, "c", 9, "1");
    save(Stage.RAW, "d", 9, "1");
    save(Stage.RAW, "before", -1, "1");

    List<StoredEvent> events = since(Results.NOON, limit);

    assertEquals(9, events.size());
    assertEquals(
        new TreeSet<>(
            Set.of(
                name(Stage.RAW, "a", 1),
                name(Stage.RAW, "a", 2),
                name(Stage.RAW, "a", 3),
                name(Stage.RAW, "b", 1),
                name(Stage.RAW, "c", 1),
                name(Stage.RAW, "d", 1),
                name(Stage.STANDARDIZED, "a", 1),
                name(Stage.STANDARDIZED, "b", 1),
                name(Stage.STANDARDIZED, "b", 2))),
        names(events));
    List<Instant> moments = events.stream().map(StoredEvent::receivedAt).toList();
    assertEquals(moments.stream().sorted(Comparator.naturalOrder()).toList(), moments);
  }

  @Test
  void anEventIsToldOfAsTheDatabaseHasIt() {
    List<StoredEvent> told = new CopyOnWriteArrayList<>();
    var listening = storage.bus().subscribe(Topics.STORED, told::add).await();

    save(Stage.RAW, "a", 0, "1");
    save(Stage.RAW, "a", 7, "[2]");
    save(Stage.RAW, "a", 8, "[2]");

    List<StoredEvent> expected = since(Results.NOON, 10);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (told.size() < expected.size() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    assertEquals(expected, List.copyOf(told));
    listening.cancel().await();
  }

  @Test
  void whatIsDeletedIsNoLongerTold() {
    save(Stage.RAW, "a", 0, "1");
    save(Stage.RAW, "b", 0, "1");
    storage.delete(Results.key("a").resultName());

    assertEquals(Set.of(name(Stage.RAW, "b", 1)), names(since(Results.NOON, 10)));
    storage.restore(Results.key("a").resultName());
    assertEquals(2, since(Results.NOON, 10).size());
  }
}
