package org.benchmarkresults.http.observation;

import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.model.observed.ObservationOutcome;

/** Problems of requests for observations. */
final class ObservationProblems {
  private ObservationProblems() {}

  static Problem tooCostly(ObservationOutcome.TooCostly costly) {
    return Problem.of(
        422,
        "query-too-costly",
        "No index serves this query, and scanning all observations takes too long. "
            + costly.advice());
  }

  static Problem notNewest(int newest) {
    return Problem.of(
        404,
        "no-observations",
        "Only the newest version of a result has observations, which is version " + newest + ".");
  }
}
