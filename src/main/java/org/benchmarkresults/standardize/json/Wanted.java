package org.benchmarkresults.standardize.json;

import org.jspecify.annotations.Nullable;

/** Decides, member by member while a document streams by, which parts of it become nodes. */
public interface Wanted {
  /** The wanted part below a member or element; null when nothing is, not even the value. */
  @Nullable Wanted child(String segment, int position);

  /** Whether members or elements of a value here are looked at; otherwise it becomes opaque. */
  boolean descends();
}
