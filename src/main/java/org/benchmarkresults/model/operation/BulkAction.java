package org.benchmarkresults.model.operation;

import java.util.Arrays;
import java.util.Optional;
import org.benchmarkresults.model.security.Scope;

/** The action of a bulk operation on each of its results. */
public enum BulkAction {
  LABEL("label", Scope.WRITE),
  UNLABEL("unlabel", Scope.WRITE),
  EXCLUDE("exclude", Scope.WRITE),
  INCLUDE("include", Scope.WRITE),
  DELETE("delete", Scope.DELETE),
  RESTORE("restore", Scope.DELETE);

  private final String text;
  private final Scope scope;

  BulkAction(String text, Scope scope) {
    this.text = text;
    this.scope = scope;
  }

  /** The name in the contract. */
  public String text() {
    return text;
  }

  /** The scope that the same action on one result needs. */
  Scope scope() {
    return scope;
  }

  public static Optional<BulkAction> named(String text) {
    return Arrays.stream(values()).filter(action -> action.text.equals(text)).findFirst();
  }
}
