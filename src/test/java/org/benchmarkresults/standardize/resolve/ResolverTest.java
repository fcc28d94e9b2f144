package org.benchmarkresults.standardize.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.benchmarkresults.metric.Dictionary;
import org.benchmarkresults.metric.DimensionRoles;
import org.benchmarkresults.metric.Series;
import org.benchmarkresults.model.observation.Contradiction;
import org.benchmarkresults.model.observation.Derivation;
import org.benchmarkresults.model.observation.DerivedObservations;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.benchmarkresults.model.observation.Run;
import org.benchmarkresults.model.observation.RunTime;
import org.benchmarkresults.model.result.RawJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolverTest {
  private static final Instant ENVELOPE = Instant.parse("2026-11-28T00:00:00Z");
  private static final Instant FIRST = Instant.parse("2026-11-27T01:00:00Z");
  private static final Resolver RESOLVER =
      new Resolver(new Series(Dictionary.builtIn(), DimensionRoles.builtIn()));

  @Test
  void contextComesBeforeObservationBeforeRun() {
    DerivedObservations resolved =
        resolve(
            "{\"hardware\":\"H100\",\"few_shot\":8}",
            null,
            List.of(
                run(
                    "m",
                    null,
                    dimension("few_shot", "1"),
                    dimension("dtype", "float16"),
                    dimension("limit", "10"))),
            observation(0, dimension("few_shot", "5"), dimension("dtype", "bfloat16")));

    assertEquals(
        Map.of("hardware", "H100", "few_shot", "8", "dtype", "bfloat16", "limit", "10"),
        dimensions(resolved.observations().getFirst()));
    assertEquals(
        List.of(new Contradiction("few_shot", "8", "context", "5", "file", "/run")),
        resolved.contradictions());
  }

  @Test
  void innerObjectsOfTheContextHaveDottedNamesAndTheirScalarsCount() {
    DerivedObservations resolved =
        resolve(
            "{\"node\":{\"name\":\"n7\",\"labels\":{\"on\":true}},\"accelerators\":4,"
                + "\"labels\":{\"nightly\":\"main\"},"
                + "\"list\":[1],\"none\":null,\"empty\":\"\",\"model\":\"A\"}",
            null,
            List.of(run(null, null)),
            observation(0));

    ResolvedObservation one = resolved.observations().getFirst();
    assertEquals(
        Map.of("node.name", "n7", "node.labels.on", "true", "accelerators", "4"), dimensions(one));
    assertEquals(
        List.of(false, false, true),
        one.observation().dimensions().stream().map(Dimension::number).toList());
    assertEquals("A", one.model());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "5", "null", "\"text\"", "{}"})
  void aContextThatIsNoObjectTellsNothing(String context) {
    DerivedObservations resolved = resolve(context, "m", List.of(run(null, null)), observation(0));

    assertEquals(Map.of(), dimensions(resolved.observations().getFirst()));
    assertEquals("m", resolved.observations().getFirst().model());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "5.0", "\"5\"", "5e0"})
  void equalNumbersAreNoContradiction(String number) {
    DerivedObservations resolved =
        resolve(
            "{\"few_shot\":" + number + "}",
            null,
            List.of(run("m", null, dimension("few_shot", "5"))),
            observation(0));

    assertEquals(List.of(), resolved.contradictions());
  }

  @Test
  void aContradictionIsToldOnce() {
    DerivedObservations resolved =
        resolve(
            "{\"few_shot\":8}",
            "a",
            List.of(run("b", null, dimension("few_shot", "5"))),
            observation(0),
            observation(0),
            observation(0));

    assertEquals(
        List.of(
            new Contradiction("model", "a", "envelope", "b", "file", "/run"),
            new Contradiction("few_shot", "8", "context", "5", "file", "/run")),
        resolved.contradictions());
  }

  @Test
  void theEnvelopeNamesTheModelOfABodyWithOne() {
    assertEquals(
        List.of("Qwen/Qwen3-8B"), models(null, "Qwen/Qwen3-8B", run("/models/qwen3", null)));
    assertEquals(List.of("in file"), models(null, null, run("in file", null)));
    assertEquals(List.of("m"), models(null, "m", run(null, null)));
  }

  @Test
  void runsOfSeveralModelsKeepTheirs() {
    assertEquals(
        List.of("a", "b", "m"), models(null, "m", run("a", null), run("b", null), run(null, null)));
  }

  @Test
  void theContextNamesTheModelFirst() {
    DerivedObservations resolved =
        resolve("{\"model\":\"c\"}", "e", List.of(run("f", null)), observation(0));

    assertEquals("c", resolved.observations().getFirst().model());
    assertEquals(
        List.of(
            new Contradiction("model", "c", "context", "f", "file", "/run"),
            new Contradiction("model", "c", "context", "e", "envelope", null)),
        resolved.contradictions());
  }

  @Test
  void theMomentIsTheEnvelopesUnlessThereAreSeveralRuns() {
    RunTime first = new RunTime("first", FIRST, "Z", "/date");
    RunTime withoutZone = new RunTime("2026-11-27 01:00:00", null, "unknown", "/date");

    assertEquals(List.of(ENVELOPE), instants(ENVELOPE, run("m", first)));
    assertEquals(List.of(FIRST), instants(null, run("m", first)));
    assertEquals(
        List.of(FIRST, ENVELOPE), instants(ENVELOPE, run("m", first), run("m", withoutZone)));
    assertNull(instant(null, run("m", withoutZone)));
  }

  private static List<String> models(
      @Nullable String context, @Nullable String modelId, Run... runs) {
    return resolve(context, modelId, List.of(runs), ofEach(runs)).observations().stream()
        .map(ResolvedObservation::model)
        .map(String::valueOf)
        .toList();
  }

  private static List<Instant> instants(@Nullable Instant envelope, Run... runs) {
    return RESOLVER
        .resolve(derivation(List.of(runs), ofEach(runs)), new Told(null, null, envelope))
        .observations()
        .stream()
        .map(ResolvedObservation::instant)
        .toList();
  }

  private static @Nullable Instant instant(@Nullable Instant envelope, Run run) {
    return RESOLVER
        .resolve(derivation(List.of(run), observation(0)), new Told(null, null, envelope))
        .observations()
        .getFirst()
        .instant();
  }

  private static Observation[] ofEach(Run... runs) {
    Observation[] observations = new Observation[runs.length];
    for (int i = 0; i < runs.length; i++) {
      observations[i] = observation(i);
    }
    return observations;
  }

  private static DerivedObservations resolve(
      @Nullable String context,
      @Nullable String modelId,
      List<Run> runs,
      Observation... observations) {
    RawJson json = context == null ? null : RawJson.of(context);
    return RESOLVER.resolve(derivation(runs, observations), new Told(json, modelId, null));
  }

  private static Derivation derivation(List<Run> runs, Observation... observations) {
    return new Derivation(
        "a", 1, "by", "tool", "format", null, null, runs, List.of(observations), List.of());
  }

  private static Run run(@Nullable String model, @Nullable RunTime time, Dimension... dimensions) {
    return new Run("/run", model, null, time, List.of(dimensions));
  }

  private static Dimension dimension(String name, String text) {
    return new Dimension(name, text, true);
  }

  private static Observation observation(int run, Dimension... dimensions) {
    return new Observation(
        "/a",
        run,
        "task",
        "acc",
        null,
        "mean",
        1,
        "1",
        "1",
        null,
        null,
        null,
        null,
        null,
        null,
        true,
        List.of(dimensions));
  }

  private static Map<String, String> dimensions(ResolvedObservation resolved) {
    return resolved.observation().dimensions().stream()
        .collect(Collectors.toMap(Dimension::name, Dimension::text));
  }
}
