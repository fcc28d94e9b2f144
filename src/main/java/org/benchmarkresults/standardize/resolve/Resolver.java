package org.benchmarkresults.standardize.resolve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.benchmarkresults.metric.Series;
import org.benchmarkresults.model.observation.Derivation;
import org.benchmarkresults.model.observation.DerivedObservations;
import org.benchmarkresults.model.observation.Dimension;
import org.benchmarkresults.model.observation.NotUnderstood;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.ResolvedObservation;
import org.benchmarkresults.model.observation.Run;
import org.benchmarkresults.model.observation.RunTime;
import org.jspecify.annotations.Nullable;

/**
 * Gives observations their model, moment, dimensions and series. The sender's context comes before
 * what the file tells, and that before what the envelope tells. Thread-safe.
 */
public final class Resolver {
  private static final String MODEL = "model";

  private static final List<NotUnderstood> UNRECOGNISED =
      List.of(
          new NotUnderstood(
              "",
              "no adapter recognises the data, and no name in it is a metric of the dictionary"));

  private final Series series;

  public Resolver(Series series) {
    this.series = series;
  }

  /** The observations of one body; used by one thread. */
  private static final class Body {
    private final Derivation derivation;
    private final Told told;
    private final Context context;
    private final boolean hasSeveralModels;
    private final Contradictions contradictions = new Contradictions();

    /** Most observations of a run have no dimensions of their own, so they share a list. */
    private final Map<Integer, List<Dimension>> dimensionsOfRuns = new HashMap<>();

    Body(Derivation derivation, Told told) {
      this.derivation = derivation;
      this.told = told;
      context = Context.of(told.context());
      Set<String> models = new HashSet<>();
      for (Run run : derivation.runs()) {
        if (run.model() != null) {
          models.add(run.model());
        }
      }
      hasSeveralModels = models.size() > 1;
    }

    private @Nullable Run run(Observation observation) {
      boolean isKnown = observation.run() >= 0 && observation.run() < derivation.runs().size();
      return isKnown ? derivation.runs().get(observation.run()) : null;
    }

    @Nullable String model(@Nullable Run run) {
      String ofFile = run == null ? null : run.model();
      String pointer = run == null ? null : run.pointer();
      if (context.model() != null) {
        String used = context.model();
        contradictions.compare(
            MODEL, used, Contradictions.CONTEXT, ofFile, Contradictions.FILE, pointer);
        contradictions.compare(
            MODEL, used, Contradictions.CONTEXT, told.modelId(), Contradictions.ENVELOPE, null);
        return used;
      }
      if (hasSeveralModels) {
        return ofFile == null ? told.modelId() : ofFile;
      }
      contradictions.compare(
          MODEL, told.modelId(), Contradictions.ENVELOPE, ofFile, Contradictions.FILE, pointer);
      return told.modelId() == null ? ofFile : told.modelId();
    }

    /** The moment; one envelope cannot tell the moments of several runs. */
    @Nullable Instant instant(@Nullable Run run) {
      RunTime time = run == null ? null : run.time();
      Instant ofRun = time == null ? null : time.instant();
      boolean isOneOfSeveral = derivation.runs().size() > 1 && ofRun != null;
      return isOneOfSeveral || told.instant() == null ? ofRun : told.instant();
    }

    List<Dimension> dimensions(Observation observation, @Nullable Run run) {
      return observation.dimensions().isEmpty()
          ? dimensionsOfRuns.computeIfAbsent(observation.run(), index -> merged(List.of(), run))
          : merged(observation.dimensions(), run);
    }

    private List<Dimension> merged(List<Dimension> own, @Nullable Run run) {
      Map<String, Dimension> merged = new LinkedHashMap<>(context.dimensions());
      Map<String, Dimension> ofFile = new LinkedHashMap<>();
      own.forEach(dimension -> ofFile.putIfAbsent(dimension.name(), dimension));
      if (run != null) {
        run.dimensions().forEach(dimension -> ofFile.putIfAbsent(dimension.name(), dimension));
      }
      ofFile.forEach(
          (name, dimension) -> {
            Dimension used = merged.putIfAbsent(name, dimension);
            if (used != null) {
              contradictions.compare(
                  name,
                  used.text(),
                  Contradictions.CONTEXT,
                  dimension.text(),
                  Contradictions.FILE,
                  run == null ? null : run.pointer());
            }
          });
      return List.copyOf(merged.values());
    }
  }

  /** The observations of a body, resolved. */
  public DerivedObservations resolve(Derivation derivation, Told told) {
    Body body = new Body(derivation, told);
    List<ResolvedObservation> resolved = new ArrayList<>(derivation.observations().size());
    for (Observation observation : derivation.observations()) {
      Run run = body.run(observation);
      String model = body.model(run);
      List<Dimension> dimensions = body.dimensions(observation, run);
      resolved.add(
          new ResolvedObservation(
              observation.under(dimensions),
              model,
              body.instant(run),
              series.of(derivation.tool(), model, observation, dimensions)));
    }
    return new DerivedObservations(
        derivation.adapter(),
        derivation.version(),
        derivation.recognisedBy(),
        derivation.tool(),
        derivation.format(),
        derivation.holds(),
        derivation.toolVersion(),
        derivation.runs(),
        resolved,
        derivation.adapter() == null ? UNRECOGNISED : derivation.notUnderstood(),
        body.contradictions.all(),
        Headline.of(derivation.observations()));
  }
}
