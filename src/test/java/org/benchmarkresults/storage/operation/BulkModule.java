package org.benchmarkresults.storage.operation;

import com.mongodb.reactivestreams.client.MongoDatabase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.BulkAddresses;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.observed.ObservedSearch;
import org.benchmarkresults.model.operation.BulkAction;
import org.benchmarkresults.model.operation.BulkChange;
import org.benchmarkresults.model.operation.BulkDryRun;
import org.benchmarkresults.model.operation.BulkOperation;
import org.benchmarkresults.model.operation.BulkPlan;
import org.benchmarkresults.model.operation.BulkRef;
import org.benchmarkresults.model.operation.BulkReply;
import org.benchmarkresults.model.operation.BulkRun;
import org.benchmarkresults.model.operation.BulkState;
import org.benchmarkresults.model.operation.BulkViewer;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.model.security.Scope;
import org.benchmarkresults.storage.StorageModule;
import org.bson.RawBsonDocument;

/** Bulk operations of all raw inputs, by the bus. */
record BulkModule(StorageModule storage) {
  static final Actor ACTOR = new Actor("key:1", "127.0.0.1", "r");
  private static final BulkViewer ANYBODY =
      new BulkViewer("anybody", true, List.of(Scope.values()));
  private static final Set<BulkState> UNDER_WAY =
      Set.of(BulkState.READY, BulkState.RUNNING, BulkState.CANCELLING);

  static BulkChange change(BulkAction action, boolean purge) {
    return new BulkChange(
        action, purge, action == BulkAction.LABEL ? Map.of("k", "v") : Map.of(), List.of(), null);
  }

  BulkPlan dryRun(BulkChange change, boolean deleted) {
    Search all =
        new Search(Stage.RAW, deleted, Filter.everything(), Sort.NEWEST_FIRST, null, 1, false);
    ObservedSearch search = new ObservedSearch(all, List.of(), List.of());
    // On a busy machine the indexes of a new database take longer than a request waits.
    Await.until(
        () -> storage.request(Addresses.SEARCH, all).map(true).otherwise(false).await(),
        () -> "the indexes are not created");
    return storage
        .request(BulkAddresses.DRY_RUN, new BulkDryRun(change, search, "{}", "anybody", "", 3))
        .await();
  }

  BulkReply start(BulkPlan plan) {
    return storage
        .request(BulkAddresses.RUN, new BulkRun(plan.token(), null, null, ANYBODY, ACTOR))
        .await();
  }

  BulkOperation run(BulkChange change) {
    BulkPlan plan = dryRun(change, false);
    start(plan);
    return ended(plan.operation().id());
  }

  BulkReply find(String id) {
    return storage.request(BulkAddresses.FIND, new BulkRef(id, ANYBODY)).await();
  }

  BulkOperation found(String id) {
    return ((BulkReply.Found) find(id)).operation();
  }

  BulkReply cancel(String id) {
    return storage.request(BulkAddresses.CANCEL, new BulkRef(id, ANYBODY)).await();
  }

  BulkOperation ended(String id) {
    Await.until(
        () -> !UNDER_WAY.contains(found(id).state()), () -> "it does not end: " + found(id));
    return found(id);
  }

  /** All documents that hold a text anywhere, with the names of their collections. */
  List<String> holding(String text) {
    return storage.byHand(database -> holding(text, database));
  }

  private static List<String> holding(String text, MongoDatabase database) {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    List<String> found = new ArrayList<>();
    for (String collection : Driver.await(database.listCollectionNames())) {
      for (RawBsonDocument document :
          Driver.await(database.getCollection(collection, RawBsonDocument.class).find())) {
        var buffer = document.getByteBuffer().asNIO();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        if (contains(bytes, wanted)) {
          found.add(collection + ": " + document.get("_id"));
        }
      }
    }
    return found;
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
