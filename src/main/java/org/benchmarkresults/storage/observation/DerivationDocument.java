package org.benchmarkresults.storage.observation;

/**
 * The fields of the document that tells what became of reading a result. A result without one is
 * pending.
 */
public final class DerivationDocument {
  /** {@link ObservationId#ofResult}. */
  public static final String ID = "_id";

  /** Letter of the stage, as in the id. */
  public static final String STAGE = "s";

  /** The version of the result that was read. */
  public static final String VERSION = "v";

  /** {@link org.benchmarkresults.model.derivation.DerivationState#text}. */
  public static final String STATE = "state";

  /** Why it failed. */
  public static final String REASON = "reason";

  public static final String GENERATION = "g";
  public static final String ADAPTER = "a";
  public static final String ADAPTER_VERSION = "av";
  public static final String RECOGNISED_BY = "by";
  public static final String TOOL = "tl";
  public static final String FORMAT = "fmt";
  public static final String HOLDS = "holds";
  public static final String TOOL_VERSION = "tv";

  /** How many observations there are. */
  public static final String COUNT = "n";

  /**
   * The values that were not understood, at most 200, each with pointer {@code p}, reason {@code
   * r}.
   */
  public static final String NOT_UNDERSTOOD = "nu";

  /** How many values were not understood. */
  public static final String NOT_UNDERSTOOD_COUNT = "nun";

  /** Pointer, of a value that was not understood or of a contradiction's run. */
  public static final String POINTER = "p";

  /** Why a value was not understood. */
  public static final String NOT_UNDERSTOOD_REASON = "r";

  /** The contradictions, at most 200, as documents. */
  public static final String CONTRADICTIONS = "ct";

  public static final String CONTRADICTION_DIMENSION = "d";
  public static final String CONTRADICTION_USED = "u";
  public static final String CONTRADICTION_USED_FROM = "uf";
  public static final String CONTRADICTION_OTHER = "o";
  public static final String CONTRADICTION_OTHER_FROM = "of";

  public static final String HEADLINE = "hl";

  /** The distinct tasks and metrics of the observations, at most 500 each. */
  public static final String TASKS = "t";

  public static final String METRICS = "m";

  /** The receipt of the result, so that an index has the order of lists. */
  public static final String BENCHMARK_NAME = "b";

  public static final String FIRST_RECEIVED_AT = "fr";

  /** When it was read. */
  public static final String AT = "at";

  /** Whether the observations are a cross check; absent when they are not. */
  public static final String CROSS_CHECK = "c";

  /**
   * Identifies the writing that changed the document last; absent when nothing is being written.
   */
  public static final String TOKEN = "w";

  /** The generation that is being written. */
  public static final String CLAIMED_GENERATION = "cg";

  /** The rank of the catalog of adapters that read the result, or has to. */
  public static final String RANK = "cr";

  /** The catalog of adapters that read the result. */
  public static final String CATALOG = "cat";

  /** The adapter upgrade for which the result is read again. */
  public static final String UPGRADE = "up";

  /** Since when a restore is under way; absent once the result was read. */
  public static final String RESTORING = "rs";

  private DerivationDocument() {}
}
