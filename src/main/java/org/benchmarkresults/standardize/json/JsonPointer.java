package org.benchmarkresults.standardize.json;

import java.util.List;

/** JSON pointers (RFC 6901). */
public final class JsonPointer {
  private JsonPointer() {}

  /** The pointer to a value by the names and indexes that lead to it. */
  public static String of(List<String> segments) {
    StringBuilder pointer = new StringBuilder();
    for (String segment : segments) {
      pointer.append('/').append(segment.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}
