package org.benchmarkresults.http.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.result.Digest;

/**
 * Which events were told of late, so that looking for lost ones tells nobody twice. It holds what
 * was put in within the time given, and up to twice as long; when there is more than fits, it
 * forgets earlier, and some is told twice. Thread-safe.
 */
final class RecentEvents {
  private static final int SMALLEST = 1 << 10;
  private static final int MOST = 1 << 19;

  private final Clock clock;
  private final long millis;
  private long[] recent = new long[SMALLEST];
  private int size;
  private long[] before = new long[SMALLEST];
  private long turnsAt;

  RecentEvents(Clock clock, Duration time) {
    this.clock = clock;
    millis = time.toMillis();
    turnsAt = clock.millis() + millis;
  }

  /** It need not be told any more. */
  void put(StoredEvent event) {
    boolean unused = add(event);
  }

  /** Whether it was not there before; now it is. */
  synchronized boolean add(StoredEvent event) {
    long now = clock.millis();
    if (now >= turnsAt || size >= MOST) {
      // Twice as long ago nothing is of use any more.
      before = now >= turnsAt + millis ? new long[SMALLEST] : recent;
      recent = new long[SMALLEST];
      size = 0;
      turnsAt = now + millis;
    }
    long identity = identity(event);
    if (before[slot(before, identity)] == identity) {
      return false;
    }
    int slot = slot(recent, identity);
    if (recent[slot] == identity) {
      return false;
    }
    recent[slot] = identity;
    size++;
    if (size * 2 > recent.length) {
      grow();
    }
    return true;
  }

  /** Where it is, or where there is room for it; half of the slots are free. */
  private static int slot(long[] identities, long identity) {
    int slot = (int) identity & (identities.length - 1);
    while (identities[slot] != 0 && identities[slot] != identity) {
      slot = (slot + 1) & (identities.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] larger = new long[recent.length * 2];
    Arrays.stream(recent)
        .filter(identity -> identity != 0)
        .forEach(identity -> larger[slot(larger, identity)] = identity);
    recent = larger;
  }

  /** Of the digest as much as nobody will ever see twice; never 0, which is a free slot. */
  private static long identity(StoredEvent event) {
    String text =
        event.stage()
            + "/"
            + event.version()
            + "/"
            + event.key().resultName()
            + "/"
            + event.receivedAt().toEpochMilli();
    Digest digest = Digest.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    return Long.parseUnsignedLong(digest.hex().substring(0, 16), 16) | 1;
  }
}
