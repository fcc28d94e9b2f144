package org.benchmarkresults.health;

import io.vertx.ext.healthchecks.CheckResult;
import java.util.List;
import org.benchmarkresults.model.node.ProbeReport;

/** Converts results of vertx-health-check to probe reports. */
final class Probes {
  private Probes() {}

  static ProbeReport report(CheckResult result) {
    List<CheckResult> checks = result.getChecks();
    return new ProbeReport(
        CheckResult.isUp(result),
        checks == null
            ? List.of()
            : checks.stream()
                .map(check -> new ProbeReport.Check(check.getId(), CheckResult.isUp(check)))
                .toList());
  }
}
