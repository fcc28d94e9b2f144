package org.benchmarkresults.http;

/** A request that cannot be served as it is; carries the answer. */
final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  ProblemException(Problem problem) {
    // No stack trace: it is the caller's fault, and callers can be many.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
