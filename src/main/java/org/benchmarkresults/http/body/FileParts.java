package org.benchmarkresults.http.body;

import java.util.List;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.model.result.RawJson;

/**
 * The content of a file: one JSON document, or JSON lines.
 *
 * @param parts in their order; exactly one unless the file has lines
 */
public record FileParts(boolean isLines, List<Part> parts) {
  public FileParts {
    parts = List.copyOf(parts);
  }

  /** A document, or a line that is not blank. */
  public sealed interface Part {
    /** The number of its first line, from 1. */
    int line();
  }

  /**
   * Well-formed JSON.
   *
   * @param json the bytes of the file without a byte order mark, or of the line without line break
   * @param isContainer whether it is an object or an array
   */
  public record Value(int line, RawJson json, boolean isContainer) implements Part {}

  /** A line that is not JSON. */
  public record Broken(int line, Problem problem) implements Part {}
}
