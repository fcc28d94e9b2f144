package org.benchmarkresults.model.result;

import java.time.Instant;

/**
 * Names one row of a list for ever: a version of a result never changes, and one that is made anew
 * under the same name was first received at another time.
 *
 * @param annotated the revision of its annotations; 0 for none
 */
public record RowRef(Instant firstReceivedAt, String resultName, int version, int annotated) {
  /** A row without annotations. */
  public RowRef(Instant firstReceivedAt, String resultName, int version) {
    this(firstReceivedAt, resultName, version, 0);
  }

  /** The same version with annotations. */
  public RowRef annotated(int revision) {
    return new RowRef(firstReceivedAt, resultName, version, revision);
  }
}
