package org.benchmarkresults.model.security;

import java.util.List;

/** Entries for the audit trail. */
public record AuditEntryBatch(List<AuditEntry> changes) {
  public AuditEntryBatch {
    changes = List.copyOf(changes);
  }
}
