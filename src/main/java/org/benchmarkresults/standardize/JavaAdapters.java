package org.benchmarkresults.standardize;

import java.util.List;
import org.benchmarkresults.metric.Dictionary;

/** The adapters of tools whose formats need more than a declaration. */
public final class JavaAdapters {
  private JavaAdapters() {}

  /** All of them. */
  public static List<Adapter> all(Dictionary dictionary) {
    return List.of(new GenericAdapter(dictionary));
  }
}
