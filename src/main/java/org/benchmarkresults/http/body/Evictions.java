package org.benchmarkresults.http.body;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.http.body.UploadBudget.Share;
import org.benchmarkresults.http.body.UploadBudget.Waiting;

/** Chooses the bodies that are evicted for queued ones. Guarded by the lock of its budget. */
final class Evictions {
  private int deadlockChecks;

  /**
   * Slow bodies, as many as the queue needs, and the newest one in a deadlock. Called once per
   * check.
   *
   * @param free bytes of the total that are not held
   * @param freeForNew bytes that bodies without memory may take to begin
   */
  Collection<Share> choose(
      Collection<Waiting> queue, Collection<Share> held, long total, long free, long freeForNew) {
    List<Share> slow = new ArrayList<>(held.stream().filter(Share::isSlow).toList());
    slow.sort(Comparator.comparingLong(Share::bytes).reversed());
    long slowBytes = slow.stream().mapToLong(Share::bytes).sum();
    long wanted = 0;
    long wantedByNew = 0;
    long claim = 0;
    for (Waiting waiting : queue) {
      Share share = waiting.share();
      wanted += waiting.bytes() - share.bytes();
      wantedByNew += share.bytes() == 0 ? waiting.bytes() : 0;
      claim = Math.max(claim, share.bytes() + share.missing());
    }
    long missing = Math.max(wanted - free, claim - (total - slowBytes));
    missing = Math.max(missing, wantedByNew - freeForNew);
    Set<Share> evicted = new LinkedHashSet<>();
    for (Share share : slow) {
      if (evicted.isEmpty() || missing > 0) {
        evicted.add(share);
        missing -= share.bytes();
      }
    }
    boolean isDeadlock = !held.isEmpty() && held.stream().allMatch(Share::isQueued);
    deadlockChecks = isDeadlock ? deadlockChecks + 1 : 0;
    if (deadlockChecks >= UploadBudget.SLOW_CHECKS) {
      queue.stream()
          .map(Waiting::share)
          .filter(share -> share.bytes() > 0)
          .reduce((before, last) -> last)
          .ifPresent(evicted::add);
    }
    return evicted;
  }
}
