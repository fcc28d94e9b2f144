package org.benchmarkresults.bus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.derivation.AdapterList;
import org.benchmarkresults.model.derivation.AdapterList.AdapterInfo;
import org.benchmarkresults.model.derivation.AdapterUpgrade;
import org.benchmarkresults.model.derivation.AdapterUpgradeList;
import org.benchmarkresults.model.derivation.DerivationProgress;
import org.benchmarkresults.model.derivation.DeriveRequest;
import org.benchmarkresults.model.derivation.DerivedBatch;
import org.benchmarkresults.model.derivation.DerivedResult;
import org.benchmarkresults.model.derivation.PendingPage;
import org.benchmarkresults.model.derivation.PendingQuery;
import org.benchmarkresults.model.derivation.PreviewReply;
import org.benchmarkresults.model.derivation.PreviewRequest;
import org.benchmarkresults.model.event.ObservedEvent;
import org.benchmarkresults.model.observation.Contradiction;
import org.benchmarkresults.model.observation.DerivedObservations;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.NotUnderstood;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.ObservedResult;
import org.benchmarkresults.model.observation.ObservedValueQuery;
import org.benchmarkresults.model.observation.ObservedValueQuery.Member;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.benchmarkresults.model.observation.Run;
import org.benchmarkresults.model.observation.RunTime;
import org.benchmarkresults.model.outline.OutlineOutcome;
import org.benchmarkresults.model.outline.OutlineQuery;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.PageKey;

/** Messages about observations, at the edges of what they may hold. */
final class ObservationMessages {
  private static final Instant MOMENT = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final ObservedResult RESULT =
      new ObservedResult(
          Stage.STANDARDIZED, "t-b-r", "b", "r", 7, "m", "s", MOMENT, MOMENT, Instant.EPOCH);
  private static final ObservedResult SPARSE =
      new ObservedResult(
          Stage.RAW, "t-b-r", "b", "r", 1, null, null, null, Instant.EPOCH, Instant.EPOCH);
  private static final Observation BARE =
      new Observation(
          "", 0, null, "m", null, "value", -0.0, "-0", null, null, null, null, null, null, null,
          false, List.of());
  private static final Observation FULL =
      new Observation(
          "/1/a~1b",
          3,
          "gsm8k",
          "exact_match",
          "strict-match",
          "mean",
          Double.MIN_VALUE,
          "1.10",
          "1",
          "%",
          true,
          new Observation.Range(0, 1),
          0.1,
          Long.MAX_VALUE,
          new Observation.Interval(0.1, 0.2, null),
          true,
          List.of(new Dimension("few_shot", "5", true), new Dimension("é", "", false)));
  private static final DerivedObservations DERIVED =
      new DerivedObservations(
          "vllm-serve",
          2,
          "/mean_ttft_ms",
          "vllm",
          "serve",
          "samples",
          "0.9",
          List.of(
              new Run("", null, null, null, List.of()),
              new Run("/1", "m", "t", new RunTime("x", MOMENT, "unknown", "/d"), List.of())),
          List.of(
              new ResolvedObservation(BARE, null, null, ""),
              new ResolvedObservation(FULL, "m", MOMENT, "s_1")),
          List.of(new NotUnderstood("/a", "no number")),
          List.of(
              new Contradiction("model", "a", "context", "b", "file", null),
              new Contradiction("dtype", "a", "file", "b", "context", "/1")),
          "gsm8k 0.7");

  private static final OutlineOutcome.Value VALUE =
      new OutlineOutcome.Value(null, 0, "", "array", Long.MAX_VALUE, 2, "[1.10,", true);
  private static final OutlineOutcome.Value CHILD =
      new OutlineOutcome.Value("a/b", 1, "/a~1b", "number", 4, 0, "1.10", false);

  private ObservationMessages() {}

  static List<Object> all() {
    ByteBuffer body = ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8));
    DeriveRequest request = new DeriveRequest(Stage.RAW, "t-b-r", Integer.MAX_VALUE);
    PageKey position = new PageKey(MOMENT, "t-b-r");
    return List.of(
        request,
        new PreviewRequest(body, null, null, null),
        new PreviewRequest(body, RawJson.of("{\"hardware\":\"H100\"}"), "m", MOMENT),
        new PreviewRequest(body, null, null, null, "adapter: mine"),
        new PreviewReply(DerivedObservations.none(), null, "declaration:3: no member 'tol'"),
        new AdapterList(
            List.of(
                new AdapterInfo("generic", 1, null, null, null, false),
                new AdapterInfo("mine", 2, "my-bench", "json", "samples", true))),
        new ObservedValueQuery(Member.METRIC, "", null, 1),
        new ObservedValueQuery(Member.TASK, "gsm", "gsm8k\u0000é𝄞", 1_000),
        new OutlineQuery(new ResultRef(Stage.RAW, "t-b-r", null), "", 0, 1),
        new OutlineQuery(new ResultRef(Stage.RAW, "t-b-r", 2), "/a~1b/0", 7, 1_000),
        new OutlineOutcome.NoResult(),
        new OutlineOutcome.NoValue("/a~1b", "array"),
        new OutlineOutcome.Found(3, VALUE, List.of(), false),
        new OutlineOutcome.Found(3, VALUE, List.of(VALUE, CHILD), true),
        new PreviewReply(DerivedObservations.none(), "not JSON"),
        new PreviewReply(DERIVED, null),
        new DerivedBatch(List.of()),
        new DerivedBatch(
            List.of(
                new DerivedResult(RESULT, DERIVED, null, "c"),
                new DerivedResult(SPARSE, DerivedObservations.none(), "no JSON", ""))),
        new PendingQuery("n", "c", Map.of("vllm-serve", 2), null, 1),
        new PendingQuery("n", "c", Map.of(), position, 1000),
        new PendingPage(false, List.of(), null, false),
        new PendingPage(true, List.of(request), position, true),
        new DerivationProgress(Long.MAX_VALUE, 1, 0, 2),
        new AdapterUpgradeList(
            List.of(
                new AdapterUpgrade("vllm-serve", 1, 2, MOMENT, null, 1, 2, 3, 4, Long.MAX_VALUE),
                new AdapterUpgrade("k6", null, 1, MOMENT, MOMENT, 0, 0, 0, 0, 0))),
        new ObservedEvent(RESULT, 3, List.of("gsm8k"), List.of("exact_match")));
  }
}
