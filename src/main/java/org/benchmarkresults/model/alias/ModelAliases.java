package org.benchmarkresults.model.alias;

import java.time.Instant;
import java.util.List;

/**
 * The other spellings of one model.
 *
 * @param aliases at least one, none of them the model itself, in the order in which they were sent
 * @param changedBy the caller who set the list, as the audit log names it
 * @param revision of all aliases when this list was set; no other list ever has it
 */
public record ModelAliases(
    String modelId, List<String> aliases, String changedBy, Instant changedAt, long revision) {
  public ModelAliases {
    aliases = List.copyOf(aliases);
  }
}
