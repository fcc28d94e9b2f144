package org.benchmarkresults.http.alias;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.alias.AliasOutcome;
import org.benchmarkresults.model.alias.AliasOutcome.Conflict;
import org.benchmarkresults.model.alias.ModelAliases;

/** Responses to requests for the aliases of one model. */
final class AliasResponses {
  private static final String PRECONDITION_FAILED = "Precondition failed";

  private AliasResponses() {}

  static JsonObject json(ModelAliases list) {
    return new JsonObject()
        .put("model_id", list.modelId())
        .put("aliases", new JsonArray(list.aliases()))
        .put("changed_by", list.changedBy())
        .put("changed_at", IsoTime.text(list.changedAt()))
        .put("revision", list.revision());
  }

  static Response of(ModelAliases list) {
    Map<String, String> headers = Response.headers("application/json");
    headers.put("ETag", AliasConditions.tag(list));
    headers.put("Cache-Control", "no-cache");
    return new Response.Whole(200, headers, json(list).toBuffer());
  }

  /** Throws {@link ProblemException} when the change was not made. */
  static Response of(AliasOutcome outcome) {
    return switch (outcome) {
      case AliasOutcome.Kept kept -> of(kept.list());
      case AliasOutcome.Removed removed -> Response.json(200, json(removed.list()).toBuffer());
      case AliasOutcome.NoAliases none -> throw new ProblemException(notFound());
      case AliasOutcome.RevisionNeeded needed ->
          throw new ProblemException(
              Problem.of(
                  428,
                  "revision-needed",
                  "Precondition required",
                  "The model has aliases already. Read them, and send the ETag of that response as"
                      + " If-Match; If-Match: * replaces them whatever they are."));
      case AliasOutcome.OtherRevision other -> throw new ProblemException(otherRevision(other));
      case AliasOutcome.Conflicting taken -> throw new ProblemException(conflicting(taken));
      case AliasOutcome.TooMany many ->
          throw new ProblemException(
              new Problem(
                  409,
                  "too-many-aliases",
                  "Too many aliases",
                  "All models together can have at most "
                      + many.most()
                      + " aliases, of 4 MiB in total; remove some first.",
                  List.of(),
                  null,
                  (long) many.most()));
    };
  }

  static Problem notFound() {
    return Problem.of(404, "aliases-not-found", "Not found", "The model has no aliases.");
  }

  private static Problem otherRevision(AliasOutcome.OtherRevision other) {
    ModelAliases current = other.current();
    return Problem.of(
        412,
        "other-revision",
        PRECONDITION_FAILED,
        current == null
            ? "The model has no aliases any more, and If-Match names some."
            : "The aliases have the ETag "
                + AliasConditions.tag(current)
                + ", set by "
                + current.changedBy()
                + " at "
                + IsoTime.text(current.changedAt())
                + ". Read them again and repeat the change.");
  }

  private static Problem conflicting(AliasOutcome.Conflicting taken) {
    List<Fault> faults =
        taken.conflicts().stream()
            .map(
                conflict ->
                    new Fault(
                        conflict.index() < 0 ? "" : "/aliases/" + conflict.index(),
                        sentence(conflict)))
            .toList();
    return new Problem(
        409,
        "alias-taken",
        "Alias taken",
        faults.get(0).detail()
            + (faults.size() > 1 ? " (and " + (faults.size() - 1) + " more)" : "")
            + ". A spelling belongs to one model; nothing was changed.",
        faults,
        null,
        null);
  }

  private static String sentence(Conflict conflict) {
    String spelling = "\"" + conflict.spelling() + "\"";
    return conflict.spelling().equals(conflict.model())
        ? spelling + " has aliases of its own"
        : spelling + " is an alias of \"" + conflict.model() + "\"";
  }
}
