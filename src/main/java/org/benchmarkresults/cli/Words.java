package org.benchmarkresults.cli;

import java.util.ListIterator;

/** The words of a command line. */
final class Words {
  private Words() {}

  /** Passes over the value of an option that is unknown, so that one mistake is told once. */
  static void skipValue(String word, ListIterator<String> rest) {
    boolean mayHaveValue = word.startsWith("--") && word.indexOf('=') < 0;
    if (mayHaveValue && rest.hasNext() && rest.next().startsWith("--")) {
      rest.previous();
    }
  }
}
