package org.benchmarkresults.standardize.json;

import java.util.List;

/**
 * One JSON value of a body.
 *
 * @param line the line that it begins at, from 1, where the body holds one value a line; otherwise
 *     0
 * @param path where the value stands in the body's value: its index where the body is an array of
 *     documents, else nothing
 */
public record Document(int line, List<String> path, Node root) {
  public Document {
    path = List.copyOf(path);
  }

  /** The pointer to a value of this document; the line comes first where there are lines. */
  public String pointer(List<String> inside) {
    return (line > 0 ? "/" + line : "") + JsonPointer.of(path) + JsonPointer.of(inside);
  }
}
