package org.benchmarkresults.http.bulk;

import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.model.result.Result;
import org.jspecify.annotations.Nullable;

/** The lines that one look at a load's input gave. Handed from the worker to the event loop. */
final class LineBatch {
  /** Why there are not more. */
  enum End {
    /** It has as many as it may. */
    FULL,
    /** All that came was read. */
    NOTHING_LEFT,
    /** The next line needs more room. */
    OUTGROWN,
    /** The body is at its end. */
    BODY_ENDED,
    /** The body cannot be read any further. */
    BODY_BROKEN
  }

  /** A line that holds a result. */
  record Taken(long line, Result result, int bytes) {}

  /** A line that holds none. */
  record Refused(long line, Problem problem) {}

  private final List<Taken> taken = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private long bytes;
  private End end = End.NOTHING_LEFT;
  private @Nullable Refused broken;

  void take(long line, Result result, int lineBytes) {
    taken.add(new Taken(line, result, lineBytes));
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

  List<Taken> taken() {
    return taken;
  }

  List<Refused> refused() {
    return refused;
  }

  int lines() {
    return taken.size() + refused.size();
  }

  long bytes() {
    return bytes;
  }

  End end() {
    return end;
  }

  /** In which line and why the body cannot be read any further; null when it can. */
  @Nullable Refused broken() {
    return broken;
  }
}
