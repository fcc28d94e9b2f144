package org.benchmarkresults.model.version;

import java.util.List;

/** All versions of a result, newest first; empty when there is no such result. */
public record VersionList(List<ResultVersion> versions) {
  public VersionList {
    versions = List.copyOf(versions);
  }
}
