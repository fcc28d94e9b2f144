package org.benchmarkresults.model.node;

import java.util.List;

/** The result of a probe and of its checks. */
public record ProbeReport(boolean up, List<Check> checks) {
  public ProbeReport {
    checks = List.copyOf(checks);
  }

  /** One check of a probe. */
  public record Check(String id, boolean up) {}
}
