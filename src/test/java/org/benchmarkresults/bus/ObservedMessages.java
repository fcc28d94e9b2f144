package org.benchmarkresults.bus;

import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.derivation.DerivationState;
import org.benchmarkresults.model.observation.Contradiction;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.NotUnderstood;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.ObservedResult;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.benchmarkresults.model.observation.StoredObservation;
import org.benchmarkresults.model.observed.Disagreement;
import org.benchmarkresults.model.observed.ObservationField;
import org.benchmarkresults.model.observed.ObservationOutcome;
import org.benchmarkresults.model.observed.ObservationSearch;
import org.benchmarkresults.model.observed.ObservationSearch.Excluded;
import org.benchmarkresults.model.observed.ObservationSort;
import org.benchmarkresults.model.observed.ObservedSearch;
import org.benchmarkresults.model.observed.ReadingRef;
import org.benchmarkresults.model.observed.ResultObservations;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.model.search.Value;

/** Messages about finding observations, at the edges of what they may hold. */
final class ObservedMessages {
  private static final Instant MOMENT = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final ReadingRef READING =
      new ReadingRef(Stage.STANDARDIZED, "t-b-r", "1-vllm-2-c");
  private static final Observation OBSERVATION =
      new Observation(
          "/a~1b",
          0,
          null,
          "m",
          null,
          "p99",
          -0.0,
          "-0",
          null,
          "%",
          false,
          null,
          0.5,
          1L,
          null,
          true,
          List.of(new Dimension("\u0000é", "1.10", true)));
  private static final StoredObservation STORED =
      new StoredObservation(
          new ObservedResult(
              Stage.RAW, "t-b-r", "b", "r", 7, null, null, null, MOMENT, Instant.EPOCH),
          "generic",
          1,
          null,
          true,
          new ResolvedObservation(OBSERVATION, null, MOMENT, "s_1"),
          AnnotationMessages.ANNOTATIONS);
  private static final Search SEARCH =
      new Search(Stage.RAW, false, Filter.everything(), Sort.NEWEST_FIRST, null, 1, false);

  private ObservedMessages() {}

  static List<Object> all() {
    Filter filter =
        new Filter.Any(
            List.of(
                new Filter.OneOf(
                    ObservationField.dimension("é"), List.of(new Value.Text("\u0000"))),
                new Filter.Compare(
                    ObservationField.VALUE.field(), Filter.Side.LESS, new Value.Real(1e308))));
    return List.of(
        new ObservationSearch(
            filter, ObservationSort.NEWEST_FIRST, true, Excluded.NO, null, null, 1),
        new ObservationSearch(
            Filter.everything(),
            ObservationSort.AS_IN_FILES,
            false,
            Excluded.ONLY,
            READING,
            new PageKey(null, "0.7", Instant.EPOCH, "rt-b-r\u0000g\u000000001"),
            10_000),
        new ObservationOutcome.Page(List.of(), null),
        new ObservationOutcome.Page(List.of(STORED), new PageKey(MOMENT, "x")),
        new ObservationOutcome.TooCostly("Add metric."),
        new ResultObservations.NotFound(),
        new ResultObservations.NotNewest(Integer.MAX_VALUE),
        new ResultObservations.Found(
            Stage.RAW,
            "t-b-r",
            1,
            DerivationState.PENDING,
            null,
            null,
            List.of(),
            0,
            List.of(),
            List.of()),
        new ResultObservations.Found(
            Stage.STANDARDIZED,
            "t-b-r",
            2,
            DerivationState.DERIVED,
            "no reason",
            new ResultObservations.Reading("vllm", 2, "x", "vllm", "serve", null, "0.9", "g"),
            List.of(new NotUnderstood("/a", "no number")),
            Long.MAX_VALUE,
            List.of(new Contradiction("dtype", "a", "file", "b", "context", null)),
            List.of(new Disagreement(OBSERVATION, OBSERVATION))),
        new ObservedSearch(SEARCH, List.of(), List.of()),
        new ObservedSearch(SEARCH, List.of("gsm8k"), List.of("ttft", "exact_match")));
  }
}
