package org.benchmarkresults.http.bulk;

import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.model.result.Result;
import org.jspecify.annotations.Nullable;

/** The lines of a bulk upload that the worker has read in one call, handed to the event loop. */
final class LineBatch {
  /** Reasons for the end of a batch. */
  enum End {
    /** It is full. */
    FULL,
    /** All input was read. */
    NEEDS_INPUT,
    /** The current line needs more memory. */
    NEEDS_MEMORY,
    /** The body has ended. */
    BODY_ENDED,
    /** The rest of the body cannot be read. */
    BODY_BROKEN
  }

  record Accepted(long line, Result result, int bytes) {}

  record Refused(long line, Problem problem) {}

  private final List<Accepted> accepted = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private long bytes;
  private End end = End.NEEDS_INPUT;
  private @Nullable Refused broken;

  void accept(long line, Result result, int lineBytes) {
    accepted.add(new Accepted(line, result, lineBytes));
    bytes += lineBytes;
  }

  void refuse(long line, Problem problem) {
    refused.add(new Refused(line, problem));
  }

  void endsWith(End reason) {
    end = reason;
  }

  void breaks(long line, Problem problem) {
    end = End.BODY_BROKEN;
    broken = new Refused(line, problem);
  }

  List<Accepted> accepted() {
    return accepted;
  }

  List<Refused> refused() {
    return refused;
  }

  int lines() {
    return accepted.size() + refused.size();
  }

  long bytes() {
    return bytes;
  }

  End end() {
    return end;
  }

  /** The line and problem after which the body cannot be read; null otherwise. */
  @Nullable Refused broken() {
    return broken;
  }
}
