package org.benchmarkresults.model.outline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of looking for a value in a result's data. */
public sealed interface OutlineOutcome {
  /**
   * A value of the data.
   *
   * @param name its name in an object; null in an array and of the whole data
   * @param index its place among the children of its parent, from 0
   * @param pointer JSON pointer (RFC 6901)
   * @param kind {@code object}, {@code array}, {@code string}, {@code number}, {@code true}, {@code
   *     false} or {@code null}
   * @param bytes the length of its text
   * @param members members of an object or elements of an array; 0 for other kinds
   * @param preview how its text begins, without blanks between tokens
   * @param isCut whether its text goes on behind the preview
   */
  record Value(
      @Nullable String name,
      int index,
      String pointer,
      String kind,
      long bytes,
      int members,
      String preview,
      boolean isCut) {}

  /**
   * The value is there.
   *
   * @param version of the result
   * @param mayBeMore whether children follow the last of these
   */
  record Found(int version, Value value, List<Value> children, boolean mayBeMore)
      implements OutlineOutcome {
    public Found {
      children = List.copyOf(children);
    }
  }

  /**
   * The pointer leads to no value.
   *
   * @param resolved the longest part of the pointer that leads to one
   * @param kind the kind of that value
   */
  record NoValue(String resolved, String kind) implements OutlineOutcome {}

  /** There is no such result or version. */
  record NoResult() implements OutlineOutcome {}
}
