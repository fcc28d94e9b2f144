package org.benchmarkresults.storage.annotation;

import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.annotation.AnnotationPatch;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.Stage;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A change of the annotations of one result name.
 *
 * @param id of its audit entry; a change that is repeated with the same id is made once
 * @param stage of the result that the change was requested for
 * @param version of that result
 * @param actor who is named in the audit entry; null for no entry
 * @param onlyIf the revision that the name must have; null for any
 */
public record AnnotationChange(
    ObjectId id,
    Stage stage,
    String resultName,
    String benchmarkName,
    int version,
    AnnotationPatch patch,
    @Nullable Actor actor,
    @Nullable Integer onlyIf) {
  /** The outcome of a change. */
  public sealed interface Outcome {
    /**
     * The name has these annotations now.
     *
     * @param changed whether the change was one
     */
    record Done(Annotations annotations, boolean changed) implements Outcome {}

    /** Nothing is changed: the result would have so many labels. */
    record TooManyLabels(int labels) implements Outcome {}

    /** Nothing is changed: the name has these annotations, of another revision than required. */
    record OtherRevision(Annotations annotations) implements Outcome {}
  }

  /** A change with an id of its own. */
  public static AnnotationChange of(
      Stage stage, ResultSummary result, AnnotationPatch patch, @Nullable Actor actor) {
    return new AnnotationChange(
        new ObjectId(),
        stage,
        result.resultName(),
        result.envelope().key().benchmarkName(),
        result.version(),
        patch,
        actor,
        null);
  }

  /** The same change, made only if the name has this revision. */
  AnnotationChange onlyIf(int revision) {
    return new AnnotationChange(
        id, stage, resultName, benchmarkName, version, patch, actor, revision);
  }
}
