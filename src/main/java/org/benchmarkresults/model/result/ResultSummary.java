package org.benchmarkresults.model.result;

import java.time.Instant;
import java.util.Objects;
import org.benchmarkresults.model.annotation.Annotations;
import org.jspecify.annotations.Nullable;

/**
 * A stored result without its data; a row of a list.
 *
 * @param instant the moment of its timestamp text; null when the text has none
 * @param version counted from 1
 * @param size length of the data in bytes
 * @param nonFinite how many {@code NaN} and infinities the data holds
 * @param receivedAt when this version was received
 * @param firstReceivedAt when the first version was received; never changes, so lists are ordered
 *     by it
 */
public record ResultSummary(
    Envelope envelope,
    @Nullable Instant instant,
    int version,
    long size,
    Digest digest,
    int nonFinite,
    Instant receivedAt,
    Instant firstReceivedAt,
    Annotations annotations) {
  public ResultSummary {
    // Nodes of earlier releases send none.
    annotations = Objects.requireNonNullElse(annotations, Annotations.NONE);
  }

  /** A result without annotations. */
  public ResultSummary(
      Envelope envelope,
      @Nullable Instant instant,
      int version,
      long size,
      Digest digest,
      int nonFinite,
      Instant receivedAt,
      Instant firstReceivedAt) {
    this(
        envelope,
        instant,
        version,
        size,
        digest,
        nonFinite,
        receivedAt,
        firstReceivedAt,
        Annotations.NONE);
  }

  /** The same result with other annotations. */
  public ResultSummary with(Annotations other) {
    return new ResultSummary(
        envelope, instant, version, size, digest, nonFinite, receivedAt, firstReceivedAt, other);
  }

  public String resultName() {
    return envelope.key().resultName();
  }

  public RowRef ref() {
    return new RowRef(firstReceivedAt, resultName(), version, annotations.revision());
  }
}
