package org.benchmarkresults.http.files;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.http.body.EnvelopeReader.Parsed;
import org.benchmarkresults.http.body.FileParts.Value;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.text.Blank;
import org.jspecify.annotations.Nullable;

/**
 * The members of the envelope that the sender of a file gave as parameters; each takes precedence
 * over what the file tells.
 */
record SentIdentity(
    @Nullable String benchmarkName,
    @Nullable String timestamp,
    @Nullable String runId,
    @Nullable String modelId,
    @Nullable String tokenizerId,
    @Nullable String source,
    @Nullable RawJson context) {
  /** 64 bits: among a million results of one time and benchmark two are the same by 3e-8. */
  private static final int DIGITS = 16;

  static SentIdentity of(MultiMap parameters) {
    return new SentIdentity(
        text(parameters, "benchmark_name"),
        text(parameters, "timestamp"),
        text(parameters, "run_id"),
        text(parameters, "model_id"),
        text(parameters, "tokenizer_id"),
        text(parameters, "source"),
        SentContext.of(parameters));
  }

  private static @Nullable String text(MultiMap parameters, String name) {
    String value = parameters.get(name);
    return value == null || Blank.is(value) ? null : value;
  }

  /**
   * The envelope of a document.
   *
   * @param isOneOfLines whether it is one of several results of the file
   * @throws org.benchmarkresults.http.problem.ProblemException 422 when neither the sender nor the
   *     file tells what a result's name needs
   */
  Parsed envelope(Value value, FileFacts facts, boolean isOneOfLines) {
    String benchmark = benchmarkName == null && facts.isOfTool() ? facts.tool() : benchmarkName;
    String time = timestamp == null ? facts.time() : timestamp;
    List<Fault> missing = new ArrayList<>();
    if (benchmark == null) {
      missing.add(
          Fault.ofParameter(
              "benchmark_name",
              "no tool's adapter recognises the file; add ?benchmark_name=… to the URL"));
    }
    if (time == null) {
      missing.add(
          Fault.ofParameter(
              "timestamp", "the file does not tell when the run was; add ?timestamp=… to the URL"));
    }
    if (!missing.isEmpty()) {
      throw FileProblems.notIdentified(missing);
    }
    Digest digest = Digest.of(value.json().bytes());
    JsonObject head =
        new JsonObject()
            .put("benchmark_name", benchmark)
            .put("timestamp", time)
            .put("run_id", runId(digest, value.line(), isOneOfLines))
            .put("model_id", modelId == null ? facts.model() : modelId)
            .put("tokenizer_id", tokenizerId == null ? facts.tokenizer() : tokenizerId)
            .put("source", source)
            .put("data", true);
    List<ExtraField> extra =
        context == null ? List.of() : List.of(new ExtraField(SentContext.MEMBER, context));
    return new Parsed(true, head, extra, value.json(), digest, List.of());
  }

  /** Derived from the bytes where the sender gave none, so that the same file has the same name. */
  private String runId(Digest digest, int line, boolean isOneOfLines) {
    if (runId == null) {
      return "f-" + digest.hex().substring(0, DIGITS);
    }
    return isOneOfLines ? runId + "-" + line : runId;
  }
}
