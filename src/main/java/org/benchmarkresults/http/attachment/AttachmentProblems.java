package org.benchmarkresults.http.attachment;

import java.util.List;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.model.attachment.Attachment;
import org.benchmarkresults.model.attachment.AttachmentRefusal;

/** The problems of refused operations on attachments. */
public final class AttachmentProblems {
  private AttachmentProblems() {}

  public static ProblemException of(AttachmentRefusal refusal) {
    return new ProblemException(
        switch (refusal) {
          case AttachmentRefusal.NoResult none -> Problem.resultNotFound();
          case AttachmentRefusal.NoFile none ->
              Problem.of(
                  404,
                  "attachment-not-found",
                  "Not found",
                  "The result has no attachment of this name.");
          case AttachmentRefusal.ConditionMissing missing ->
              Problem.of(
                  428,
                  "precondition-required",
                  "The result has an attachment of this name with other bytes"
                      + described(missing.current())
                      + "To replace it, send its ETag in If-Match.");
          case AttachmentRefusal.ConditionFailed failed ->
              Problem.of(
                  412,
                  "precondition-failed",
                  failed.current() == null
                      ? "The result has no attachment of this name, and If-Match expects one."
                      : "The result has an attachment of this name"
                          + described(failed.current())
                          + "If-Match or If-None-Match does not allow that.");
          case AttachmentRefusal.TooMany many ->
              limited(
                  409,
                  "too-many-attachments",
                  "The result has " + many.limit() + " attachments, as many as it may have.",
                  many.limit());
          case AttachmentRefusal.TooLarge large ->
              limited(
                  413,
                  "attachments-too-large",
                  "The attachments of the result may have " + large.limit() + " bytes together.",
                  large.limit());
        });
  }

  private static String described(Attachment current) {
    return " (" + current.size() + " bytes, " + current.digest().text() + "). ";
  }

  private static Problem limited(int status, String kind, String detail, long limit) {
    Problem problem = Problem.of(status, kind, detail);
    return new Problem(status, kind, problem.title(), detail, List.of(), null, limit);
  }
}
