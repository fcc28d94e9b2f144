package org.benchmarkresults.storage.alias;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.benchmarkresults.model.alias.AliasChange;
import org.benchmarkresults.model.alias.AliasOutcome;
import org.benchmarkresults.model.alias.AliasOutcome.Conflict;
import org.benchmarkresults.model.alias.ModelAliases;
import org.benchmarkresults.storage.mongo.TextOrder;

/**
 * Applies a change to the lists of all models, without I/O.
 *
 * @param models all lists after the change; those before it where nothing changes
 * @param isWrite whether they must be written
 */
record AliasEdit(List<ModelAliases> models, AliasOutcome outcome, boolean isWrite) {
  /** Each node that folds keeps all of them in memory. */
  static final int MOST_SPELLINGS = 10_000;

  /** A document has at most 16 MiB. */
  static final long MOST_BYTES = 4L << 20;

  private static final int MOST_CONFLICTS = 20;

  /**
   * The edit.
   *
   * @param revision of all lists once they are written
   */
  static AliasEdit of(List<ModelAliases> models, AliasChange change, Instant now, long revision) {
    Optional<ModelAliases> current =
        models.stream().filter(list -> list.modelId().equals(change.modelId())).findFirst();
    if (change.isRemoval() && current.isEmpty()) {
      return refused(models, new AliasOutcome.NoAliases());
    }
    // A request that is repeated because its response was lost must not fail.
    if (current.isPresent() && current.get().aliases().equals(change.aliases())) {
      return refused(models, new AliasOutcome.Kept(current.get()));
    }
    Optional<AliasOutcome> unmet = unmet(change.condition(), current);
    if (unmet.isPresent()) {
      return refused(models, unmet.get());
    }
    List<ModelAliases> others =
        models.stream().filter(list -> !list.modelId().equals(change.modelId())).toList();
    if (change.isRemoval()) {
      return new AliasEdit(others, new AliasOutcome.Removed(current.orElseThrow()), true);
    }
    List<Conflict> conflicts = conflicts(others, change);
    if (!conflicts.isEmpty()) {
      return refused(models, new AliasOutcome.Conflicting(conflicts));
    }
    ModelAliases list =
        new ModelAliases(change.modelId(), change.aliases(), change.caller(), now, revision);
    List<ModelAliases> all = new ArrayList<>(others);
    all.add(list);
    if (isTooMuch(all)) {
      return refused(models, new AliasOutcome.TooMany(MOST_SPELLINGS));
    }
    all.sort(Comparator.comparing(ModelAliases::modelId, TextOrder.BY_CODE_POINTS));
    return new AliasEdit(all, new AliasOutcome.Kept(list), true);
  }

  private static AliasEdit refused(List<ModelAliases> models, AliasOutcome outcome) {
    return new AliasEdit(models, outcome, false);
  }

  private static Optional<AliasOutcome> unmet(
      AliasChange.Condition condition, Optional<ModelAliases> current) {
    if (current.isEmpty()) {
      return condition.namesExisting()
          ? Optional.of(new AliasOutcome.OtherRevision(null))
          : Optional.empty();
    }
    ModelAliases list = current.get();
    if (condition.mustBeNew()) {
      return Optional.of(new AliasOutcome.OtherRevision(list));
    }
    if (!condition.namesExisting()) {
      return Optional.of(new AliasOutcome.RevisionNeeded(list));
    }
    boolean isNamed =
        condition.anyRevision()
            || (condition.revisions() != null && condition.revisions().contains(list.revision()));
    return isNamed ? Optional.empty() : Optional.of(new AliasOutcome.OtherRevision(list));
  }

  /** A spelling belongs to one model, and a model with a list is a spelling of no other. */
  private static List<Conflict> conflicts(List<ModelAliases> others, AliasChange change) {
    Map<String, String> owners = new HashMap<>();
    for (ModelAliases list : others) {
      owners.put(list.modelId(), list.modelId());
      list.aliases().forEach(alias -> owners.put(alias, list.modelId()));
    }
    List<Conflict> conflicts = new ArrayList<>();
    for (int i = -1; i < change.aliases().size() && conflicts.size() < MOST_CONFLICTS; i++) {
      String spelling = i < 0 ? change.modelId() : change.aliases().get(i);
      String owner = owners.get(spelling);
      if (owner != null) {
        conflicts.add(new Conflict(i, spelling, owner));
      }
    }
    return conflicts;
  }

  private static boolean isTooMuch(List<ModelAliases> all) {
    long spellings = 0;
    long bytes = 0;
    for (ModelAliases list : all) {
      spellings += list.aliases().size();
      bytes += bytes(list.modelId()) + bytes(list.changedBy());
      for (String alias : list.aliases()) {
        bytes += bytes(alias);
      }
    }
    return spellings > MOST_SPELLINGS || bytes > MOST_BYTES;
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
