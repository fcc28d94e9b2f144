package org.benchmarkresults.cli;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.SaveOutcome;

/**
 * Saves results side by side, so many that the store can write them in groups and so few that
 * memory stays small. Results of one name go one after the other: the later is the newer version.
 */
final class SavePipeline {
  private static final int KIBIBYTES_UNDER_WAY = 4_096;

  /** Of a result, however small: 256 of them are under way at most. */
  private static final int LEAST_KIBIBYTES = 16;

  private final Bus bus;
  private final Semaphore room = new Semaphore(KIBIBYTES_UNDER_WAY);
  private final Map<String, Future<SaveOutcome>> lastOfName = new HashMap<>();

  SavePipeline(Bus bus) {
    this.bus = bus;
  }

  /** Begins to save a result, when there is room; the calling thread waits for that. */
  Future<SaveOutcome> save(Result result) {
    int weight = Math.clamp(result.data().size() >> 10, LEAST_KIBIBYTES, KIBIBYTES_UNDER_WAY);
    room.acquireUninterruptibly(weight);
    String name = result.envelope().key().resultName();
    Future<SaveOutcome> before = lastOfName.get(name);
    Future<SaveOutcome> saving =
        before == null
            ? bus.request(Addresses.SAVE, result)
            : before.transform(done -> bus.request(Addresses.SAVE, result));
    lastOfName.put(name, saving);
    return saving.onComplete(done -> room.release(weight));
  }

  /** Nothing is under way any more. */
  void forget() {
    lastOfName.clear();
  }
}
