package org.benchmarkresults.security;

import java.util.List;
import java.util.Set;
import org.benchmarkresults.model.security.Scope;

/**
 * Who calls, and what they may do.
 *
 * @param id for the audit trail, such as {@code key:00a1b2c3d4e5f607} or {@code jwt:somebody}; no
 *     secret
 * @param benchmarkPrefix they see and change only results whose benchmark name begins so; empty for
 *     all
 */
public record Caller(String id, Set<Scope> scopes, String benchmarkPrefix) {
  /** Whoever reaches a service that asks nobody who they are. */
  public static final Caller ANYBODY =
      new Caller("anybody", Set.copyOf(List.of(Scope.values())), "");

  /** Whoever reads where reading needs no token. */
  public static final Caller READER = new Caller("reader", Set.of(Scope.READ), "");

  /** A caller of an operation that is open to all, whose credentials are missing or unknown. */
  public static final Caller STRANGER = new Caller("stranger", Set.of(), "");

  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /**
   * Administration tells of all benchmarks: a restricted caller may not, whatever its token says.
   */
  public boolean may(Scope scope) {
    return scopes.contains(scope) && (scope != Scope.ADMIN || !isRestricted());
  }

  /** Whether results of some benchmarks are as if they were not there. */
  public boolean isRestricted() {
    return !benchmarkPrefix.isEmpty();
  }

  public boolean reaches(String benchmarkName) {
    return benchmarkName.startsWith(benchmarkPrefix);
  }
}
