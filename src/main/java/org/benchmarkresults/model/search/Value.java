package org.benchmarkresults.model.search;

import java.time.Instant;

/** A value that a field is compared with. */
public sealed interface Value {
  /** Compared by its UTF-8 bytes. */
  record Text(String text) implements Value {}

  /** To the millisecond. */
  record Moment(Instant instant) implements Value {}

  /** A whole number. */
  record Whole(long number) implements Value {}

  /** A number of a further member that is spelled so; storage asks for these itself. */
  record Spelling(String text) implements Value {}

  /** A number of a further member; JSON numbers are compared as binary64. */
  record Real(double number) implements Value {}
}
