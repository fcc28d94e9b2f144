package org.benchmarkresults.model.version;

import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ResultSummary;

/**
 * Identifies a version in an entity tag.
 *
 * @param digestPrefix how the hex digits of its data's digest begin
 * @param fingerprint of its envelope
 */
public record VersionTag(int version, String digestPrefix, String fingerprint) {
  /** The number of digits of the digest in a tag. */
  public static final int DIGEST_DIGITS = 32;

  public static VersionTag of(int version, Digest digest, Envelope envelope) {
    return new VersionTag(
        version, digest.hex().substring(0, DIGEST_DIGITS), envelope.fingerprint());
  }

  public boolean matches(ResultSummary summary) {
    return equals(of(summary.version(), summary.digest(), summary.envelope()));
  }
}
