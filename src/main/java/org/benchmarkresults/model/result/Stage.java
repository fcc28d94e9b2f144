package org.benchmarkresults.model.result;

import java.util.Arrays;
import java.util.Optional;

/** The two stages of a result, kept side by side and tied together by an equal result name. */
public enum Stage {
  /** Output of the benchmark tool. */
  RAW("raw_input"),
  /** Output of a converter that read it. */
  STANDARDIZED("standardized_output");

  private final String path;

  Stage(String path) {
    this.path = path;
  }

  /** The stage of that path. */
  public static Optional<Stage> named(String path) {
    return Arrays.stream(values()).filter(stage -> stage.path.equals(path)).findFirst();
  }

  /** The first segment of its URLs, {@code raw_input} or {@code standardized_output}. */
  public String path() {
    return path;
  }
}
