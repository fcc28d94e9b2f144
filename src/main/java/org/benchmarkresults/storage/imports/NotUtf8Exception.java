package org.benchmarkresults.storage.imports;

/** A text of BSON holds bytes that are not UTF-8. */
final class NotUtf8Exception extends RuntimeException {
  NotUtf8Exception() {
    super("a text is not UTF-8");
  }
}
