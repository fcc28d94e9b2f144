package org.benchmarkresults.standardize.json;

import org.jspecify.annotations.Nullable;

/**
 * Wants the beginning of a document: enough for telling which tool wrote it, whatever its size.
 *
 * @param depth levels of containers still read
 */
public record Outline(int depth) implements Wanted {
  private static final int MEMBERS = 256;
  private static final int DEPTH = 6;

  /** The outline of a whole document. */
  public static Outline ofDocument() {
    return new Outline(DEPTH);
  }

  @Override
  public @Nullable Wanted child(String segment, int position) {
    return position < MEMBERS && depth > 0 ? new Outline(depth - 1) : null;
  }

  @Override
  public boolean descends() {
    return depth > 0;
  }
}
