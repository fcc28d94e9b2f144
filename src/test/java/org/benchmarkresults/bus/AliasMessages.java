package org.benchmarkresults.bus;

import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.alias.AliasBook;
import org.benchmarkresults.model.alias.AliasChange;
import org.benchmarkresults.model.alias.AliasChange.Condition;
import org.benchmarkresults.model.alias.AliasOutcome;
import org.benchmarkresults.model.alias.AliasQuery;
import org.benchmarkresults.model.alias.ModelAliases;

/** Messages about aliases. */
final class AliasMessages {
  private static final ModelAliases LIST =
      new ModelAliases(
          "Qwen/Qwen3-8B",
          List.of("qwen3-8b", "𝄞"),
          "jwt:a b",
          Instant.parse("9999-12-31T23:59:59.999Z"),
          Long.MAX_VALUE);

  private AliasMessages() {}

  static List<Object> all() {
    return List.of(
        new AliasQuery(-1),
        new AliasBook(0, null),
        new AliasBook(Long.MAX_VALUE, List.of(LIST)),
        new AliasChange("m", List.of(), Condition.NONE, "anybody", null),
        new AliasChange(
            "m",
            List.of("a", "b"),
            new Condition(List.of(1L, Long.MAX_VALUE), true, true),
            "key:a",
            new Actor("key:a", "::1", "r")),
        new AliasOutcome.Kept(LIST),
        new AliasOutcome.Removed(LIST),
        new AliasOutcome.NoAliases(),
        new AliasOutcome.RevisionNeeded(LIST),
        new AliasOutcome.OtherRevision(null),
        new AliasOutcome.OtherRevision(LIST),
        new AliasOutcome.Conflicting(List.of(new AliasOutcome.Conflict(-1, "a", "b"))),
        new AliasOutcome.TooMany(1));
  }
}
