package org.benchmarkresults.model.security;

import java.util.List;

/** Entries for the audit trail. */
public record ChangeList(List<Change> changes) {
  public ChangeList {
    changes = List.copyOf(changes);
  }
}
