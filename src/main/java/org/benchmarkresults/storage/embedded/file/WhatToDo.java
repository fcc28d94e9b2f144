package org.benchmarkresults.storage.embedded.file;

/** What messages of several classes advise. */
final class WhatToDo {
  static final String RESTORE =
      "Move the folder away and restore a backup (java -jar benchmark-results.jar restore --from FILE)";

  private WhatToDo() {}
}
