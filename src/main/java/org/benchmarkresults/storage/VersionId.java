package org.benchmarkresults.storage;

import org.benchmarkresults.model.ResultSummary;

/** Names one version of a result in a mark: {@code name@version}. */
final class VersionId {
  private VersionId() {}

  static String of(ResultSummary summary) {
    return summary.resultName() + "@" + summary.version();
  }

  static String resultName(String id) {
    return id.substring(0, Math.max(0, id.lastIndexOf('@')));
  }

  /** 0 for an id that is none, which a caller can write who makes a cursor of his own. */
  static int version(String id) {
    try {
      return Integer.parseInt(id.substring(id.lastIndexOf('@') + 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
