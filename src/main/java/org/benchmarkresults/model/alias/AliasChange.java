package org.benchmarkresults.model.alias;

import java.util.List;
import org.benchmarkresults.model.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Sets or removes the aliases of one model.
 *
 * @param aliases the whole new list; empty to remove it
 * @param caller who sets it
 * @param actor for the audit log; null when changes are not audited
 */
public record AliasChange(
    String modelId,
    List<String> aliases,
    Condition condition,
    String caller,
    @Nullable Actor actor) {
  public AliasChange {
    aliases = List.copyOf(aliases);
  }

  /**
   * The preconditions of the request.
   *
   * @param revisions the revisions of the list that may be replaced; null when none are named
   * @param anyRevision whether any existing list may be replaced
   * @param mustBeNew whether there must be no list yet
   */
  public record Condition(@Nullable List<Long> revisions, boolean anyRevision, boolean mustBeNew) {
    /** Without preconditions. */
    public static final Condition NONE = new Condition(null, false, false);

    public Condition {
      revisions = revisions == null ? null : List.copyOf(revisions);
    }

    /** Whether an existing list is named at all. */
    public boolean namesExisting() {
      return anyRevision || revisions != null;
    }
  }

  public boolean isRemoval() {
    return aliases.isEmpty();
  }
}
