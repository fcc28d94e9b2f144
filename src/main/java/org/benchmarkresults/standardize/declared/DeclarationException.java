package org.benchmarkresults.standardize.declared;

import org.yaml.snakeyaml.error.Mark;

/** A declaration cannot be used; the message names the file's line. */
public final class DeclarationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DeclarationException(String file, Mark at, String fault) {
    super(file + ":" + (at.getLine() + 1) + ": " + fault);
  }

  DeclarationException(String file, String fault) {
    super(file + ": " + fault);
  }
}
