package org.benchmarkresults.http.problem;

/** Carries the problem that a request is refused with. */
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  public ProblemException(Problem problem) {
    // Without a stack trace, which is costly and useless for faults of clients.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
