package org.benchmarkresults.model.security;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A permission of a caller. No scope contains another. */
public enum Scope {
  READ("read"),
  WRITE("write"),
  DELETE("delete"),
  ADMIN("admin");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /** The name in the contract, in commands and in tokens. */
  public String text() {
    return text;
  }

  public static Optional<Scope> named(String text) {
    return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
  }

  /** Their words with blanks between. */
  public static String text(List<Scope> scopes) {
    return scopes.stream().map(Scope::text).collect(Collectors.joining(" "));
  }
}
