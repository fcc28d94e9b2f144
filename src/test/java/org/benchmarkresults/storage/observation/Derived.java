package org.benchmarkresults.storage.observation;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.benchmarkresults.model.derivation.DerivedBatch;
import org.benchmarkresults.model.derivation.DerivedResult;
import org.benchmarkresults.model.observation.Contradiction;
import org.benchmarkresults.model.observation.DerivedObservations;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.NotUnderstood;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.ObservedResult;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.benchmarkresults.model.result.Result;

/** Results as an adapter would have read them. */
public record Derived(String adapter, int adapterVersion, String catalog) {
  /** An adapter that understands its tool's files. */
  public static final Derived TOOL = new Derived("vllm-serve", 1, "c1");

  public static final Derived GENERIC = new Derived("generic", 1, "c1");

  /** One observation for each value, of tasks that are numbered. */
  public DerivedResult of(Result result, int version, double... values) {
    List<ResolvedObservation> observations =
        IntStream.range(0, values.length)
            .mapToObj(
                number ->
                    new ResolvedObservation(
                        observation(number, values[number]),
                        "org/model",
                        result.receivedAt(),
                        "s1"))
            .toList();
    return new DerivedResult(
        result(result, version),
        new DerivedObservations(
            adapter,
            adapterVersion,
            "/mean_ttft_ms",
            "vllm",
            "serve",
            null,
            "0.9",
            List.of(),
            observations,
            List.of(new NotUnderstood("/a", "no number")),
            List.of(new Contradiction("dtype", "fp8", "context", "fp16", "file", "/1")),
            "task-0 1.0"),
        null,
        catalog);
  }

  public DerivedResult failed(Result result, int version) {
    return new DerivedResult(
        result(result, version), DerivedObservations.none(), "not JSON", catalog);
  }

  private static ObservedResult result(Result result, int version) {
    return new ObservedResult(
        result.stage(),
        result.envelope().key().resultName(),
        result.envelope().key().benchmarkName(),
        result.envelope().key().runId(),
        version,
        result.envelope().modelId(),
        result.envelope().source(),
        null,
        result.receivedAt(),
        org.benchmarkresults.storage.Results.NOON);
  }

  private static Observation observation(int number, double value) {
    return new Observation(
        "/" + number,
        0,
        "task-" + number,
        "exact_match",
        null,
        "mean",
        value,
        String.valueOf(value),
        "1",
        null,
        true,
        new Observation.Range(0, 1),
        0.01,
        100L,
        null,
        number == 0,
        List.of(new Dimension("few_shot", "5", true)));
  }

  static DerivedBatch batch(DerivedResult... results) {
    return new DerivedBatch(Stream.of(results).toList());
  }
}
