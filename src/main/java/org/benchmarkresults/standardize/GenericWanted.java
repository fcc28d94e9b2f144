package org.benchmarkresults.standardize;

import org.benchmarkresults.standardize.json.Wanted;
import org.jspecify.annotations.Nullable;

/**
 * Wants the upper levels of a body of any shape: short arrays, few nodes in all, and of settings
 * the first level of the outermost. Used by one thread at a time.
 */
final class GenericWanted implements Wanted {
  private static final int MOST_NODES = 20_000;

  /** Settings of the body or of its elements may name the model and the time. */
  private static final int ABOUT = GenericAdapter.DEEPEST;

  /** How many nodes may still be read. */
  private static final class Budget {
    private int left = MOST_NODES;
  }

  private final Budget budget;
  private final int depth;

  private GenericWanted(Budget budget, int depth) {
    this.budget = budget;
    this.depth = depth;
  }

  static GenericWanted ofBody() {
    return new GenericWanted(new Budget(), GenericAdapter.DEEPEST + 1);
  }

  /** One element more than the longest array is wanted, so that a longer one can be told. */
  @Override
  public @Nullable Wanted child(String segment, int position) {
    boolean beyond =
        position > GenericAdapter.LONGEST_ARRAY && segment.equals(Integer.toString(position));
    boolean setting = GenericNames.isSetting(segment);
    if (depth == 0 || beyond || (setting && depth < ABOUT) || budget.left == 0) {
      return null;
    }
    budget.left--;
    return new GenericWanted(budget, setting ? 1 : depth - 1);
  }

  @Override
  public boolean descends() {
    return depth > 0;
  }
}
