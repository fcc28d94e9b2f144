package org.benchmarkresults.model.operation;

import java.util.List;
import org.benchmarkresults.model.security.Scope;

/**
 * The caller of a request about bulk operations.
 *
 * @param seesAll whether the operations of other callers are visible too
 * @param scopes that the caller has
 */
public record BulkViewer(String caller, boolean seesAll, List<Scope> scopes) {
  public BulkViewer {
    scopes = List.copyOf(scopes);
  }

  /**
   * Whether an operation may be run and cancelled: that of another caller needs the scope admin.
   */
  public boolean controls(BulkOperation operation) {
    return caller.equals(operation.caller()) || scopes.contains(Scope.ADMIN);
  }

  /** Whether an operation is visible. */
  public boolean sees(BulkOperation operation) {
    return seesAll || caller.equals(operation.caller());
  }
}
