package org.benchmarkresults.model.version;

import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.ResultSummary;

/** The outcome of making an earlier version the newest again. */
public sealed interface VersionRestoreOutcome {
  /** The content of the version was written as a new version. */
  record Written(ResultSummary summary) implements VersionRestoreOutcome {}

  /** The newest version held the same before; nothing was written. */
  record AlreadyNewest(ResultSummary summary) implements VersionRestoreOutcome {}

  /** There is no such result or version. */
  record NoSuchVersion() implements VersionRestoreOutcome {}

  /** Another version is the newest than the one it was to replace; nothing was done. */
  record OtherNewest(int version, Digest digest) implements VersionRestoreOutcome {}
}
