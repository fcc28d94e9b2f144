package org.benchmarkresults.http.suggest;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of names that are suggested. */
enum NameKind {
  MODEL_ID("model_id"),
  BENCHMARK_NAME("benchmark_name"),
  TASK("task"),
  METRIC("metric"),
  SOURCE("source"),
  /** A label of results, key and value with an equals sign between them. */
  LABEL("label");

  private final String text;

  NameKind(String text) {
    this.text = text;
  }

  /** The name in requests and responses. */
  String text() {
    return text;
  }

  static Optional<NameKind> named(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
  }
}
