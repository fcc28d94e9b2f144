package org.benchmarkresults.model.alias;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of a change of aliases. */
public sealed interface AliasOutcome {
  /** The list is as requested; also when it was so before. */
  record Kept(ModelAliases list) implements AliasOutcome {}

  /** The list is removed. */
  record Removed(ModelAliases list) implements AliasOutcome {}

  /** The model has no list to remove. */
  record NoAliases() implements AliasOutcome {}

  /** There is a list, and the request names no revision of it. */
  record RevisionNeeded(ModelAliases current) implements AliasOutcome {}

  /**
   * The list is not the one that the request names.
   *
   * @param current null when there is none
   */
  record OtherRevision(@Nullable ModelAliases current) implements AliasOutcome {}

  /** Spellings that belong to other models; nothing is changed. */
  record Conflicting(List<Conflict> conflicts) implements AliasOutcome {
    public Conflicting {
      conflicts = List.copyOf(conflicts);
    }
  }

  /** All lists together would hold more spellings, or more bytes, than a node keeps in memory. */
  record TooMany(int most) implements AliasOutcome {}

  /**
   * A spelling that another model has.
   *
   * @param index of the alias in the request; -1 for the model itself
   * @param model the model that the spelling belongs to
   */
  record Conflict(int index, String spelling, String model) {}
}
