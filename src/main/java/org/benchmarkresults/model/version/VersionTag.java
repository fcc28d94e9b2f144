package org.benchmarkresults.model.version;

import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ResultSummary;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a version in an entity tag.
 *
 * @param digestPrefix how the hex digits of its data's digest begin
 * @param fingerprint of its envelope
 * @param annotated the revision of its annotations; null where the tag names the version alone
 */
public record VersionTag(
    int version, String digestPrefix, String fingerprint, @Nullable Integer annotated) {
  /** The number of digits of the digest in a tag. */
  public static final int DIGEST_DIGITS = 32;

  /** The tag of a version whatever its annotations, as saves return it. */
  public static VersionTag of(int version, Digest digest, Envelope envelope) {
    return new VersionTag(
        version, digest.hex().substring(0, DIGEST_DIGITS), envelope.fingerprint(), null);
  }

  /** The tag of a result as it is read; one without annotations names the version alone. */
  public static VersionTag of(ResultSummary summary) {
    VersionTag version = of(summary.version(), summary.digest(), summary.envelope());
    int revision = summary.annotations().revision();
    return revision == 0 ? version : version.annotated(revision);
  }

  private VersionTag annotated(@Nullable Integer revision) {
    return new VersionTag(version, digestPrefix, fingerprint, revision);
  }

  /** Whether the result is of this version, and of these annotations if the tag names any. */
  public boolean matches(ResultSummary summary) {
    VersionTag current = of(summary);
    return equals(current) || equals(current.annotated(null));
  }

  /** Whether the result is of this version and these annotations. */
  public boolean matchesExactly(ResultSummary summary) {
    return equals(of(summary));
  }
}
