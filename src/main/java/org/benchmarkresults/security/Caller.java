package org.benchmarkresults.security;

import java.util.List;
import java.util.Set;
import org.benchmarkresults.model.security.Scope;

/**
 * The authenticated caller of a request and its rights.
 *
 * @param id as in the audit log, such as {@code key:00a1b2c3d4e5f607} or {@code jwt:somebody}; no
 *     secret
 * @param benchmarkPrefix restricts the caller to benchmarks whose name begins with it; empty for
 *     all
 */
public record Caller(String id, Set<Scope> scopes, String benchmarkPrefix) {
  /** Every caller while authentication is off. */
  public static final Caller ANYBODY =
      new Caller("anybody", Set.copyOf(List.of(Scope.values())), "");

  /** A caller without credentials, while anonymous reading is allowed. */
  public static final Caller READER = new Caller("reader", Set.of(Scope.READ), "");

  /** A caller of an operation that is open to all, whose credentials are missing or unknown. */
  public static final Caller STRANGER = new Caller("stranger", Set.of(), "");

  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /** Administration covers all benchmarks, so a restricted caller never has that scope. */
  public boolean may(Scope scope) {
    return scopes.contains(scope) && (scope != Scope.ADMIN || !isRestricted());
  }

  /** Whether the caller is restricted to some benchmarks. */
  public boolean isRestricted() {
    return !benchmarkPrefix.isEmpty();
  }

  public boolean reaches(String benchmarkName) {
    return benchmarkName.startsWith(benchmarkPrefix);
  }
}
