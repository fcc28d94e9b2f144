package org.benchmarkresults.http.result;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.body.EnvelopeCheck;
import org.benchmarkresults.http.body.EnvelopeReader;
import org.benchmarkresults.http.body.EnvelopeReader.Parsed;
import org.benchmarkresults.http.body.EnvelopeRunId;
import org.benchmarkresults.http.body.FileParts;
import org.benchmarkresults.http.body.FileReader;
import org.benchmarkresults.http.body.NumberToken;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.http.sent.AnnotationReader;
import org.benchmarkresults.http.sent.SentAnnotations;
import org.benchmarkresults.model.annotation.AnnotationPatch;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.text.Blank;
import org.benchmarkresults.security.Caller;

/** Makes results of texts that were sent, or says what is wrong with them. Thread-safe. */
public final class ResultReader {
  /** Deepest nesting of a body; the deepest of 333 files of real tools has 16 levels. */
  private static final int DEPTH_LIMIT = 512;

  private final Clock clock;

  public ResultReader(Clock clock) {
    this.clock = clock;
  }

  /**
   * Cuts a text, a heap buffer from position 0, which it may write into.
   *
   * @throws ProblemException 400 when it is no JSON in UTF-8 or nested too deep
   */
  public Parsed parse(ByteBuffer text) {
    return EnvelopeReader.parse(text, DEPTH_LIMIT);
  }

  /**
   * Splits a file that has no envelope, a heap buffer from position 0.
   *
   * @throws ProblemException 400, 415 or 422 when no part of it can be stored
   */
  public FileParts file(ByteBuffer text, boolean isDeclaredLines, int mostLines) {
    return FileReader.read(text, DEPTH_LIMIT, isDeclaredLines, mostLines);
  }

  /**
   * The merge patch of annotations, a heap buffer from position 0.
   *
   * @throws ProblemException 400 when it is no JSON, 422 when it is no such patch
   */
  AnnotationPatch patch(ByteBuffer text) {
    Parsed parsed = parse(text);
    List<Problem.Fault> faults = new ArrayList<>(parsed.faults());
    for (String name : parsed.head().fieldNames()) {
      faults.add(new Problem.Fault("/" + name, "cannot be changed; send labels, note or excluded"));
    }
    if (!faults.isEmpty()) {
      throw new ProblemException(Problem.invalidMembers(faults));
    }
    return AnnotationReader.patch(parsed.extra());
  }

  /**
   * The result that was parsed.
   *
   * @throws ProblemException 422 when its envelope does not fit the contract, 403 when the caller
   *     may not store results of its benchmark
   */
  public Result result(Stage stage, Parsed parsed, boolean refuseNewVersion, Caller caller) {
    List<Problem.Fault> faults = new ArrayList<>(parsed.faults());
    if (parsed.isObject()) {
      // The contract says text; epoch seconds were always taken as a number too.
      if (parsed.head().getValue("timestamp") instanceof NumberToken number) {
        parsed.head().put("timestamp", number.toString());
      }
      faults.addAll(EnvelopeCheck.faults(parsed.head()));
    }
    if (!faults.isEmpty()) {
      throw new ProblemException(
          parsed.data() == null
              ? Problem.notAnEnvelope(faults, parsed.isObject())
              : Problem.invalidMembers(faults));
    }
    // To the millisecond, as the database keeps it.
    Instant now = Instant.ofEpochMilli(clock.millis());
    JsonObject head = parsed.head();
    ResultKey key = key(head);
    SentAnnotations annotations = SentAnnotations.of(parsed.extra());
    AccessCheck.require(caller, key.benchmarkName());
    Envelope sent =
        new Envelope(
            key,
            head.getString("model_id"),
            head.getString("tokenizer_id"),
            head.getString("source"),
            annotations.extra());
    return new Result(
            stage,
            sent,
            Objects.requireNonNull(parsed.data()),
            Objects.requireNonNull(parsed.digest()),
            now,
            refuseNewVersion)
        .with(annotations.patch());
  }

  private static ResultKey key(JsonObject head) {
    String timestamp = String.valueOf(head.getValue("timestamp"));
    String benchmarkName = head.getString("benchmark_name");
    String given = head.getString("run_id");
    String runId =
        given == null || Blank.is(given)
            ? EnvelopeRunId.of(
                timestamp,
                benchmarkName,
                head.getString("model_id"),
                head.getString("tokenizer_id"),
                head.getString("source"))
            : given;
    return new ResultKey(timestamp, benchmarkName, runId);
  }
}
