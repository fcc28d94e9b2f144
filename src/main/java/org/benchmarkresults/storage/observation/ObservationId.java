package org.benchmarkresults.storage.observation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.benchmarkresults.model.observation.ObservedResult;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Stage;

/**
 * Ids of observations: letter of the stage, result name, NUL, generation, NUL, ordinal. The
 * observations of a result are a range of ids, so that they need no index of their own. Result
 * names contain no control characters.
 */
public final class ObservationId {
  public static final char SEPARATOR = '\u0000';
  private static final char BEHIND_SEPARATOR = '\u0001';

  private ObservationId() {}

  /** The id of a result in {@code derivations}. */
  public static String ofResult(Stage stage, String resultName) {
    return letter(stage) + resultName;
  }

  /** The common beginning of the ids of all observations of a result. */
  public static String from(Stage stage, String resultName) {
    return ofResult(stage, resultName) + SEPARATOR;
  }

  /** Behind the ids of all observations of a result. */
  public static String to(Stage stage, String resultName) {
    return ofResult(stage, resultName) + BEHIND_SEPARATOR;
  }

  /**
   * Identifies one reading of a result: by its version and the adapter, so that a repeat writes the
   * same ids.
   */
  public static String generation(int version, String adapter, int adapterVersion, String catalog) {
    return version + "-" + adapter + "-" + adapterVersion + "-" + catalog;
  }

  /** The common beginning of the ids of a generation. */
  static String ofGeneration(String resultAndGeneration) {
    return resultAndGeneration + SEPARATOR;
  }

  /** Behind the ids of a generation. */
  static String behindGeneration(String resultAndGeneration) {
    return resultAndGeneration + BEHIND_SEPARATOR;
  }

  /** The id of the observation with this number, counted from 0, of at most 99,999. */
  public static String of(ObservedResult result, String generation, int ordinal) {
    return from(result.stage(), result.resultName())
        + generation
        + SEPARATOR
        + "%05d".formatted(ordinal);
  }

  /**
   * The place of the first observation of a reading among rows of equal values: 46 bits of a hash,
   * before 17 for the number of the observation, so that those of a result stay together.
   */
  static long order(ObservedResult result, String generation) {
    String reading = from(result.stage(), result.resultName()) + generation;
    String hash = Digest.of(ByteBuffer.wrap(reading.getBytes(StandardCharsets.UTF_8))).hex();
    return HexFormat.fromHexDigitsToLong(hash, 0, 16) >>> 18 << 17;
  }

  public static Stage stage(String id) {
    return id.charAt(0) == letter(Stage.RAW) ? Stage.RAW : Stage.STANDARDIZED;
  }

  /** The result name of an observation's id, or of a result's. */
  public static String resultName(String id) {
    int end = id.indexOf(SEPARATOR);
    return id.substring(1, end < 0 ? id.length() : end);
  }

  static char letter(Stage stage) {
    return switch (stage) {
      case RAW -> 'r';
      case STANDARDIZED -> 's';
    };
  }
}
