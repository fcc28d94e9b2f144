package org.benchmarkresults.storage.imports;

/** A BSON string is not UTF-8. */
final class NotUtf8Exception extends RuntimeException {
  NotUtf8Exception() {
    super("a string is not UTF-8");
  }
}
