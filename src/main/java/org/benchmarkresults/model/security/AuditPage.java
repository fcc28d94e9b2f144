package org.benchmarkresults.model.security;

import java.util.List;
import org.benchmarkresults.model.search.PageKey;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the audit trail.
 *
 * @param next where they end; null when there are no more
 */
public record AuditPage(List<AuditEntry> changes, @Nullable PageKey next) {
  public AuditPage {
    changes = List.copyOf(changes);
  }
}
