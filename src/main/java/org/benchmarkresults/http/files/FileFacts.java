package org.benchmarkresults.http.files;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.benchmarkresults.model.derivation.PreviewReply;
import org.benchmarkresults.model.observation.DerivedObservations;
import org.benchmarkresults.model.observation.Run;
import org.jspecify.annotations.Nullable;

/**
 * The facts that a document tells about itself.
 *
 * @param tool null when no adapter recognises it
 * @param holds what it holds instead of measurements; null when it holds measurements
 * @param model null when it tells none, or several
 * @param tokenizer null when it tells none, or several
 * @param time of the first run that tells one, as the tool wrote it
 */
record FileFacts(
    @Nullable String tool,
    @Nullable String holds,
    @Nullable String model,
    @Nullable String tokenizer,
    @Nullable String time,
    int observations) {
  private static final String GENERIC = "generic";

  static FileFacts of(PreviewReply reply) {
    DerivedObservations derived = reply.observations();
    List<Run> runs = derived.runs();
    String time =
        runs.stream()
            .map(Run::time)
            .filter(Objects::nonNull)
            .map(found -> found.text())
            .findFirst()
            .orElse(null);
    return new FileFacts(
        derived.tool(),
        derived.holds(),
        only(runs, Run::model),
        only(runs, Run::tokenizer),
        time,
        derived.observations().size());
  }

  private static @Nullable String only(List<Run> runs, Function<Run, @Nullable String> member) {
    Set<@Nullable String> told = new HashSet<>();
    runs.forEach(run -> told.add(member.apply(run)));
    return told.size() == 1 ? told.iterator().next() : null;
  }

  /** Whether the adapter of a tool recognised it, and not only the one of any team's JSON. */
  boolean isOfTool() {
    return tool != null && !tool.equals(GENERIC);
  }
}
