package org.benchmarkresults.http.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.benchmarkresults.model.event.StoredEvent;
import org.benchmarkresults.model.result.Digest;

/**
 * The events delivered recently, so that the search for missed events delivers none twice. Entries
 * are kept for one to two retention times; above 2^19 entries they expire earlier, and some events
 * are delivered twice. Thread-safe.
 */
final class RecentEvents {
  private static final int MIN_SLOTS = 1 << 10;
  private static final int MAX_ENTRIES = 1 << 19;

  private final Clock clock;
  private final long retentionMillis;
  private long[] recent = new long[MIN_SLOTS];
  private int size;
  private long[] previous = new long[MIN_SLOTS];
  private long expiresAt;

  RecentEvents(Clock clock, Duration retention) {
    this.clock = clock;
    retentionMillis = retention.toMillis();
    expiresAt = clock.millis() + retentionMillis;
  }

  /** Records an event. */
  void put(StoredEvent event) {
    boolean unused = add(event);
  }

  /** Records an event; false when it was recorded before. */
  synchronized boolean add(StoredEvent event) {
    long now = clock.millis();
    if (now >= expiresAt || size >= MAX_ENTRIES) {
      // Entries older than two retention times are dropped.
      previous = now >= expiresAt + retentionMillis ? new long[MIN_SLOTS] : recent;
      recent = new long[MIN_SLOTS];
      size = 0;
      expiresAt = now + retentionMillis;
    }
    long identity = identity(event);
    if (previous[slot(previous, identity)] == identity) {
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

  /** The slot of the identity, or the free one for it; half of the slots are free. */
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

  /** The first 64 bits of a digest; never 0, which marks a free slot. */
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
