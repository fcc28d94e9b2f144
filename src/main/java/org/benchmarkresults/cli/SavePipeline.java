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
 * Saves results concurrently: enough for the store to write them in groups, few enough to bound
 * memory. Results of one name are saved in order, because the later one is the newer version.
 */
final class SavePipeline {
  private static final int KIBIBYTES_UNDER_WAY = 4_096;

  /** Counted for a small result, so that at most 256 saves run at once. */
  private static final int LEAST_KIBIBYTES = 16;

  private final Bus bus;
  private final Semaphore room = new Semaphore(KIBIBYTES_UNDER_WAY);
  private final Map<String, Future<SaveOutcome>> lastOfName = new HashMap<>();

  SavePipeline(Bus bus) {
    this.bus = bus;
  }

  /** Starts a save; blocks while too many are running. */
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

  /** Forgets the saves of a batch, all of which have ended. */
  void forget() {
    lastOfName.clear();
  }
}
