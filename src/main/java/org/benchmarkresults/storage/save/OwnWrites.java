package org.benchmarkresults.storage.save;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.storage.document.Generation;
import org.bson.types.ObjectId;

/**
 * The writes of one save. A response of the database may be lost, so a retried save must tell its
 * own writes from those of others. Confined to one event loop.
 */
final class OwnWrites {
  private record Version(int number, Instant receivedAt) {}

  private final long begunAt = System.nanoTime();
  private final String life = Generation.newLife();
  private final ObjectId entryId = new ObjectId();
  private final Set<Version> versions = new HashSet<>();

  /** When the save began, as {@link System#nanoTime} has it. */
  long begunAt() {
    return begunAt;
  }

  /** The generation of the document that this save inserts, the same in every attempt. */
  String life() {
    return life;
  }

  /** The id of the audit entry of this save, in every attempt. */
  ObjectId entryId() {
    return entryId;
  }

  /** Remembers a new version that is about to be written. */
  void add(int version, Instant receivedAt) {
    versions.add(new Version(version, receivedAt));
  }

  /** Whether this save wrote that version of a result, which holds the same data. */
  boolean include(Generation lineage, ResultSummary stored) {
    boolean first = stored.version() == 1 && lineage.key().equals(life);
    return first || versions.contains(new Version(stored.version(), stored.receivedAt()));
  }
}
