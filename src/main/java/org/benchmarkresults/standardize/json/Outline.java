package org.benchmarkresults.standardize.json;

import org.jspecify.annotations.Nullable;

/**
 * Wants the beginning of a document: enough for telling which tool wrote it, whatever its size.
 * Each member of the document has a budget of its own, so that many samples in one do not hide the
 * results in the next. Used by one thread at a time.
 */
public final class Outline implements Wanted {
  private static final int MEMBERS = 256;

  /** Patterns tell rows by the first ones; one more than the longest array of a team's own JSON. */
  private static final int ELEMENTS = 34;

  private static final int DEPTH = 6;
  private static final int MOST_OF_A_MEMBER = 20_000;
  private static final int MOST = 200_000;

  /** How many nodes may still be read. */
  private static final class Budget {
    private int left;

    private Budget(int left) {
      this.left = left;
    }
  }

  private final int depth;
  private final Budget whole;
  private final @Nullable Budget member;

  private Outline(int depth, Budget whole, @Nullable Budget member) {
    this.depth = depth;
    this.whole = whole;
    this.member = member;
  }

  /** The outline of a whole document. */
  public static Outline ofDocument() {
    return new Outline(DEPTH, new Budget(MOST), null);
  }

  @Override
  public @Nullable Wanted child(String segment, int position) {
    boolean element = position > 0 && segment.equals(Integer.toString(position));
    Budget own = member == null ? new Budget(MOST_OF_A_MEMBER) : member;
    if (depth == 0
        || position >= (element ? ELEMENTS : MEMBERS)
        || whole.left == 0
        || own.left == 0) {
      return null;
    }
    whole.left--;
    own.left--;
    return new Outline(depth - 1, whole, own);
  }

  @Override
  public boolean descends() {
    return depth > 0;
  }
}
