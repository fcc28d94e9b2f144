package org.benchmarkresults.storage.embedded.file;

import java.io.IOException;

/** The embedded database is open in another process or in this one. */
public final class InUseException extends IOException {
  private static final long serialVersionUID = 1L;

  InUseException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
