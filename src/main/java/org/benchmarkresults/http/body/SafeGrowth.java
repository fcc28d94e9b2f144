package org.benchmarkresults.http.body;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.benchmarkresults.http.body.UploadBudget.Share;

/** The safety check of the banker's algorithm. */
final class SafeGrowth {
  private SafeGrowth() {}

  /**
   * Whether all bodies could still be completed, one after the other, once a share has grown.
   * Stalled bodies do not count, since they are evicted.
   *
   * @param bytes size that the share would have
   * @param left bytes that would be free then
   * @param largestClaim with this much free, every body can be completed
   */
  static boolean isSafe(
      Share share, long bytes, long left, Collection<Share> held, long largestClaim) {
    long now = System.nanoTime();
    long missing = share.missing() + share.bytes() - bytes;
    boolean isOwnDone = false;
    Collection<Share> unfinished = held;
    int before;
    do {
      before = unfinished.size() + (isOwnDone ? 0 : 1);
      if (!isOwnDone && missing <= left) {
        left += bytes;
        isOwnDone = true;
      }
      List<Share> rest = new ArrayList<>();
      for (Share other : unfinished) {
        if (left >= largestClaim && isOwnDone) {
          return true;
        }
        if (other == share || other.isStalled(now)) {
          continue;
        }
        if (other.missing() <= left) {
          left += other.bytes();
        } else {
          rest.add(other);
        }
      }
      unfinished = rest;
    } while (unfinished.size() + (isOwnDone ? 0 : 1) < before && !unfinished.isEmpty());
    return unfinished.isEmpty() && (isOwnDone || missing <= left);
  }
}
