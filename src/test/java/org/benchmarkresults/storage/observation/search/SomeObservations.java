package org.benchmarkresults.storage.observation.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.derivation.DerivedResult;
import org.benchmarkresults.model.observation.DerivedObservations;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.ObservedResult;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.observation.ObservationDocument;
import org.bson.BsonDocument;

/** Documents of random observations with few different values, so that many are equal. */
final class SomeObservations {
  static final Instant NOON = Instant.parse("2026-04-21T12:00:00Z");
  private static final List<String> TASKS = List.of("gsm8k", "mmlu", "arc, \"easy\"", "");
  private static final List<String> METRICS = List.of("exact_match", "ttft", "acc");
  private static final List<String> MODELS = List.of("Qwen/Qwen3-8B", "google/gemma", "a");

  private SomeObservations() {}

  /** The documents of so many results, each with up to five observations. */
  static List<BsonDocument> documents(Random random, int from, int to) {
    List<BsonDocument> documents = new ArrayList<>();
    for (int i = from; i < to; i++) {
      documents.addAll(
          ObservationDocument.of(
              result(random, i), "1-lm-eval-1-c", random.nextInt(4) == 0, annotations(random)));
    }
    return documents;
  }

  /** Three in four results have none. */
  private static Annotations annotations(Random random) {
    if (random.nextInt(4) > 0) {
      return Annotations.NONE;
    }
    List<Label> labels = new ArrayList<>();
    if (random.nextBoolean()) {
      labels.add(new Label("build", random.nextBoolean() ? "1" : "21"));
    }
    if (random.nextBoolean()) {
      labels.add(new Label("nightly", random.nextBoolean() ? "main" : ""));
    }
    String excluded = random.nextBoolean() ? "throttled" : null;
    return new Annotations(1 + random.nextInt(3), labels, null, excluded);
  }

  private static DerivedResult result(Random random, int number) {
    String model = random.nextInt(4) == 0 ? null : one(random, MODELS);
    Instant instant =
        random.nextInt(5) == 0 ? null : NOON.plusSeconds(3600L * random.nextInt(6) - 3 * 3600);
    List<ResolvedObservation> observations = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      observations.add(
          new ResolvedObservation(
              observation(random, i), model, instant, "s_" + random.nextInt(3)));
    }
    Stage stage = Stage.values()[random.nextInt(2)];
    String benchmark = random.nextBoolean() ? "Eval-a" : "other";
    return new DerivedResult(
        new ObservedResult(
            stage,
            "t-" + benchmark + "-r/" + number,
            benchmark,
            "r/" + number,
            1 + random.nextInt(3),
            random.nextBoolean() ? model : null,
            random.nextBoolean() ? "vllm" : null,
            instant,
            NOON.plusSeconds(number),
            NOON),
        new DerivedObservations(
            random.nextBoolean() ? "lm-eval" : "generic",
            1 + random.nextInt(2),
            null,
            random.nextBoolean() ? "lm-eval" : null,
            null,
            null,
            null,
            List.of(),
            observations,
            List.of(),
            List.of(),
            null),
        null,
        "c");
  }

  private static Observation observation(Random random, int ordinal) {
    double value = (random.nextInt(9) - 4) / 4.0;
    List<Dimension> dimensions = new ArrayList<>();
    if (random.nextBoolean()) {
      dimensions.add(new Dimension("few_shot", random.nextBoolean() ? "5" : "5.0", true));
    } else {
      dimensions.add(new Dimension("few_shot", random.nextBoolean() ? "8" : "5", false));
    }
    if (random.nextBoolean()) {
      dimensions.add(new Dimension("hardware", random.nextBoolean() ? "H100" : "A100", false));
    }
    return new Observation(
        "/" + ordinal,
        0,
        random.nextInt(5) == 0 ? null : one(random, TASKS),
        one(random, METRICS),
        random.nextBoolean() ? "strict-match" : null,
        random.nextBoolean() ? "mean" : "p99",
        value,
        value + "0",
        random.nextBoolean() ? "1" : null,
        random.nextBoolean() ? "%" : null,
        random.nextInt(3) == 0 ? null : random.nextBoolean(),
        random.nextBoolean() ? new Observation.Range(0, 1) : null,
        random.nextBoolean() ? 0.5 : null,
        random.nextBoolean() ? 100L + random.nextInt(3) : null,
        random.nextBoolean()
            ? new Observation.Interval(-1, 1, random.nextBoolean() ? 0.95 : null)
            : null,
        random.nextBoolean(),
        dimensions);
  }

  private static String one(Random random, List<String> all) {
    return all.get(random.nextInt(all.size()));
  }
}
