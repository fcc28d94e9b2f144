package org.benchmarkresults.storage.observation;

/**
 * The fields of the document that tells what became of reading a result. A result without one is
 * pending.
 */
final class DerivationDocument {
  /** {@link ObservationId#ofResult}. */
  static final String ID = "_id";

  /** Letter of the stage, as in the id. */
  static final String STAGE = "s";

  /** The version of the result that was read. */
  static final String VERSION = "v";

  /** {@link org.benchmarkresults.model.derivation.DerivationState#text}. */
  static final String STATE = "state";

  /** Why it failed. */
  static final String REASON = "reason";

  static final String GENERATION = "g";
  static final String ADAPTER = "a";
  static final String ADAPTER_VERSION = "av";
  static final String RECOGNISED_BY = "by";
  static final String TOOL = "tl";
  static final String FORMAT = "fmt";
  static final String HOLDS = "holds";
  static final String TOOL_VERSION = "tv";

  /** How many observations there are. */
  static final String COUNT = "n";

  /**
   * The values that were not understood, at most 200, each with pointer {@code p}, reason {@code
   * r}.
   */
  static final String NOT_UNDERSTOOD = "nu";

  /** How many values were not understood. */
  static final String NOT_UNDERSTOOD_COUNT = "nun";

  static final String CONTRADICTIONS = "ct";
  static final String HEADLINE = "hl";

  /** The distinct tasks and metrics of the observations, at most 500 each. */
  static final String TASKS = "t";

  static final String METRICS = "m";

  /** Of the result, so that an index has the order of lists. */
  static final String BENCHMARK_NAME = "b";

  static final String FIRST_RECEIVED_AT = "fr";

  /** When it was read. */
  static final String AT = "at";

  private DerivationDocument() {}
}
