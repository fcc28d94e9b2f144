package org.benchmarkresults.standardize;

import org.benchmarkresults.standardize.json.Document;
import org.benchmarkresults.standardize.json.Node;
import org.benchmarkresults.standardize.json.Wanted;
import org.jspecify.annotations.Nullable;

/** Reads the observations of one format of one tool. Thread-safe. */
public interface Adapter {
  /** The adapter's name, such as {@code vllm-serve}. */
  String name();

  /** Rises whenever the adapter would read something else out of a file than before. */
  int version();

  /** The tool whose files it reads. */
  String tool();

  /** The name of the format among those of the tool. */
  String format();

  /** Among several adapters that recognise a document the one with the highest rank reads it. */
  int rank();

  /**
   * The content of files without measurements: {@code samples}, {@code configuration} or {@code
   * telemetry}; null when they hold measurements. Of the others the tool and the format are told,
   * and they are not read further.
   */
  default @Nullable String holds() {
    return null;
  }

  /** Whether it also reads an array of its documents, element by element. */
  default boolean readsElements() {
    return true;
  }

  /**
   * The members by which a document is recognised as this adapter's, by its {@link
   * org.benchmarkresults.standardize.json.Outline}; null when nothing does.
   */
  @Nullable String recognise(Node outline);

  /** Which parts of a document it reads. */
  Wanted wanted();

  /** Adds what one document holds. */
  void read(Document document, Findings findings);
}
