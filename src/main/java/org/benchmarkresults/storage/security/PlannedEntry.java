package org.benchmarkresults.storage.security;

import org.benchmarkresults.model.security.AuditEntry;
import org.bson.types.ObjectId;

/**
 * An entry for the audit log under an id that is known before it is written, so that writing it
 * again is harmless.
 */
public record PlannedEntry(ObjectId id, AuditEntry entry) {
  public static PlannedEntry of(AuditEntry entry) {
    return new PlannedEntry(new ObjectId(), entry);
  }
}
