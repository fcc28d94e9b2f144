package org.benchmarkresults.standardize.verticle;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.derivation.DeriveRequest;
import org.benchmarkresults.model.result.Stage;

/** Results that were just stored. What does not fit is dropped: the sweep finds it. Thread-safe. */
final class DeriveQueue {
  private final int capacity;
  private final Map<Key, DeriveRequest> waiting = new LinkedHashMap<>();

  private record Key(Stage stage, String resultName) {}

  DeriveQueue(int capacity) {
    this.capacity = capacity;
  }

  /** The newest of several versions of a result stays. */
  synchronized void add(DeriveRequest request) {
    Key key = new Key(request.stage(), request.resultName());
    DeriveRequest before = waiting.get(key);
    boolean isNewer = before == null || before.version() < request.version();
    if (isNewer && (before != null || waiting.size() < capacity)) {
      waiting.put(key, request);
    }
  }

  /** Takes the oldest requests out. */
  synchronized List<DeriveRequest> take(int most) {
    List<DeriveRequest> taken = new ArrayList<>();
    Iterator<DeriveRequest> oldest = waiting.values().iterator();
    while (oldest.hasNext() && taken.size() < most) {
      taken.add(oldest.next());
      oldest.remove();
    }
    return taken;
  }

  synchronized int size() {
    return waiting.size();
  }
}
