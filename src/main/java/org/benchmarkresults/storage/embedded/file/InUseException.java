package org.benchmarkresults.storage.embedded.file;

import java.io.IOException;

/** Another process, or this one, has the embedded database open. */
public final class InUseException extends IOException {
  private static final long serialVersionUID = 1L;

  InUseException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
