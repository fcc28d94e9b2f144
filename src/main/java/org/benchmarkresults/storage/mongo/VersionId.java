package org.benchmarkresults.storage.mongo;

import org.benchmarkresults.model.result.ResultSummary;

/** The id of one version of a result in page keys: {@code name@version}. */
public final class VersionId {
  private VersionId() {}

  public static String of(ResultSummary summary) {
    return summary.resultName() + "@" + summary.version();
  }

  public static String resultName(String id) {
    return id.substring(0, Math.max(0, id.lastIndexOf('@')));
  }

  /** 0 for an invalid id, as in a forged cursor. */
  public static int version(String id) {
    try {
      return Integer.parseInt(id.substring(id.lastIndexOf('@') + 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
