package org.benchmarkresults.http;

import java.util.Arrays;
import org.benchmarkresults.model.ResultSummary;
import org.jspecify.annotations.Nullable;

/** Entity tags of results and of their data, and whether a reader has one already (RFC 9110). */
final class EntityTags {
  private EntityTags() {}

  /** Changes with the version, of which data and envelope never change. */
  static String ofResult(ResultSummary summary) {
    return ofResult(summary.version(), summary.digest().hex());
  }

  static String ofResult(int version, String hexDigest) {
    return "\"" + version + "-" + hexDigest.substring(0, 32) + "\"";
  }

  static String ofData(ResultSummary summary) {
    return "\"" + summary.digest().hex() + "\"";
  }

  /** Whether an {@code If-None-Match} header names the tag; weak and strong tags are alike here. */
  static boolean matches(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    return ifNoneMatch.strip().equals("*")
        || Arrays.stream(ifNoneMatch.split(","))
            .map(String::strip)
            .map(candidate -> candidate.startsWith("W/") ? candidate.substring(2) : candidate)
            .anyMatch(tag::equals);
  }
}
