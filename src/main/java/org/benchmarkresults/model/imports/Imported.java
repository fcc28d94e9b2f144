package org.benchmarkresults.model.imports;

import org.benchmarkresults.model.result.Result;

/** The conversion of one record of the legacy database. */
public sealed interface Imported {
  Origin origin();

  /** The record as a result to save. */
  record Ready(Origin origin, Result result) implements Imported {}

  /** The record cannot be converted; the reason is one sentence. */
  record Refused(Origin origin, String reason) implements Imported {}

  /**
   * Identifies a record for a person.
   *
   * @param id its {@code _id} as relaxed Extended JSON
   * @param pk its {@code pk} likewise; {@code null} when it has none
   */
  record Origin(String id, String pk) {}
}
