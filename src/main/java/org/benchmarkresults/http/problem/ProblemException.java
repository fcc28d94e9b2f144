package org.benchmarkresults.http.problem;

/** A request that cannot be served as it is; carries the answer. */
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  public ProblemException(Problem problem) {
    // No stack trace: it is the caller's fault, and callers can be many.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
