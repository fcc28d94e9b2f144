package org.benchmarkresults.model.observation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One number that a benchmark measured.
 *
 * @param pointer JSON pointer (RFC 6901) into the result's data; the line first where the body
 *     holds one JSON value a line
 * @param run index of the run in {@link Derivation#runs()}
 * @param task the tool's own name of the task; null when the tool names none
 * @param metric the dictionary's name, or the tool's where the dictionary knows none
 * @param variant filter, scorer, subset or language; null for none
 * @param statistic {@code mean}, {@code median}, {@code p99}, {@code sd}, {@code value}, ...
 * @param value finite, in {@code unit}
 * @param text the number as the tool wrote it
 * @param unit UCUM as OpenTelemetry writes it; null when nothing tells
 * @param textUnit the unit of {@code text}, as the tool writes it
 * @param higherIsBetter null when neither the file nor the tool tells
 * @param range the least and the most it can be; null for none
 * @param stderr standard error of this value, in {@code unit}; the spread of samples is not that
 * @param n samples, requests or rounds behind the value
 * @param interval the tool's own interval
 * @param primary whether it stands for its task
 * @param dimensions of this observation, beside those of its run
 */
public record Observation(
    String pointer,
    int run,
    @Nullable String task,
    String metric,
    @Nullable String variant,
    String statistic,
    double value,
    String text,
    @Nullable String unit,
    @Nullable String textUnit,
    @Nullable Boolean higherIsBetter,
    @Nullable Range range,
    @Nullable Double stderr,
    @Nullable Long n,
    @Nullable Interval interval,
    boolean primary,
    List<Dimension> dimensions) {
  public Observation {
    dimensions = List.copyOf(dimensions);
  }

  /** The least and the most that a value can be. */
  public record Range(double least, double most) {}

  /**
   * An interval that the tool gives.
   *
   * @param level such as 0.95; null when the tool does not say
   */
  public record Interval(double low, double high, @Nullable Double level) {}

  /** The same observation of a number that stands elsewhere. */
  public Observation at(String otherPointer) {
    return copy(otherPointer, primary, dimensions);
  }

  /** The same observation under other dimensions. */
  public Observation under(List<Dimension> otherDimensions) {
    return copy(pointer, primary, otherDimensions);
  }

  /** The same observation as the one that stands for its task. */
  public Observation asPrimary() {
    return copy(pointer, true, dimensions);
  }

  private Observation copy(String at, boolean isPrimary, List<Dimension> under) {
    return new Observation(
        at,
        run,
        task,
        metric,
        variant,
        statistic,
        value,
        text,
        unit,
        textUnit,
        higherIsBetter,
        range,
        stderr,
        n,
        interval,
        isPrimary,
        under);
  }
}
