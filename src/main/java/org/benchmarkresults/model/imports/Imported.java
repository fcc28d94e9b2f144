package org.benchmarkresults.model.imports;

import org.benchmarkresults.model.result.Result;

/** What was made of one record of the database that is brought in. */
public sealed interface Imported {
  /** Where it stood. */
  Origin origin();

  /** A result, ready to be saved. */
  record Ready(Origin origin, Result result) implements Imported {}

  /** No result can be made of it; the reason is one sentence. */
  record Refused(Origin origin, String reason) implements Imported {}

  /**
   * Names a record for a person who looks for it.
   *
   * @param id its {@code _id} as relaxed Extended JSON
   * @param pk its {@code pk} likewise; {@code null} when it has none
   */
  record Origin(String id, String pk) {}
}
