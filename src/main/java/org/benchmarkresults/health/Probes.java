package org.benchmarkresults.health;

import io.vertx.ext.healthchecks.CheckResult;
import java.util.List;
import org.benchmarkresults.model.node.ProbeReport;

/** What vertx-health-check found, as the answer to a probe. */
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
