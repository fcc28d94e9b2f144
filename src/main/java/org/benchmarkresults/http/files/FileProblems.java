package org.benchmarkresults.http.files;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Why a file, or a line of it, becomes no result. */
final class FileProblems {
  static final String NOT_RESULTS = "not-results";

  private static final int MOST_NAMES = 10;

  private FileProblems() {}

  /** A result would have no name; each fault says which parameter is missing. */
  static ProblemException notIdentified(List<Fault> missing) {
    String detail =
        missing.stream()
            .map(fault -> fault.pointer() + ": " + fault.detail())
            .collect(Collectors.joining("; "));
    return new ProblemException(
        new Problem(422, "not-identified", "Not identified", detail, missing, null, null));
  }

  /** The file is well-formed but holds something else than results. */
  static ProblemException notResults(String detail) {
    return new ProblemException(Problem.of(422, NOT_RESULTS, "Not a file of results", detail));
  }

  static ProblemException holds(String tool, String what, boolean isLines) {
    return notResults(
        "The file of "
            + tool
            + " holds "
            + what
            + (isLines && what.equals("samples") ? ", one line a sample" : "")
            + ".");
  }

  /** The file tells nothing that its run could be found by. */
  static ProblemException tellsNoRun(String what) {
    return noRun(
        Character.toUpperCase(what.charAt(0))
            + what.substring(1)
            + " tells neither the run nor its model and time. Name the run, as in"
            + " ?run_id=nightly-17, or attach the file to its result with PUT"
            + " /raw_input/{result_name}/attachments/{file_name}.");
  }

  /** No stored run fits. */
  static ProblemException noRun(RunFacts facts, SentIdentity identity) {
    return noRun(
        "No raw input fits "
            + facts.what()
            + lookedFor(facts, identity)
            + ". Send the results of the run first, or name the run, as in ?run_id=nightly-17.");
  }

  private static String lookedFor(RunFacts facts, SentIdentity identity) {
    return Stream.of(sent(identity), facts.wanted())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", ", "; looked for ", ""));
  }

  private static String sent(SentIdentity identity) {
    return Stream.of(
            named("run_id", identity.runId()),
            named("benchmark_name", identity.benchmarkName()),
            named("timestamp", identity.timestamp()),
            named("model_id", identity.modelId()))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String named(String parameter, @Nullable String value) {
    return value == null ? "" : parameter + " " + value;
  }

  private static ProblemException noRun(String detail) {
    return new ProblemException(Problem.of(422, "no-run", "No run", detail));
  }

  /** Several stored runs fit; each is named. */
  static ProblemException severalRuns(RunFacts facts, SentIdentity identity, Set<String> names) {
    String some = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    return new ProblemException(
        Problem.of(
            422,
            "several-runs",
            "Several runs fit "
                + facts.what()
                + ": "
                + some
                + (names.size() > MOST_NAMES ? ", and others" : "")
                + lookedFor(facts, identity)
                + ". Name one by ?run_id, ?timestamp or ?model_id, or attach the file to its result"
                + " with PUT /raw_input/{result_name}/attachments/{file_name}."));
  }

  static ProblemException noSamples() {
    return notResults(
        "The name is one of lm-eval's samples, and the lines are none: each must be an object with"
            + " doc_id, doc and the answers of the model.");
  }

  static ProblemException noArchive() {
    return notResults(
        "The archive is none of Inspect: no _journal/start.json or header.json is readable in it."
            + " PUT /raw_input/{result_name}/attachments/{file_name} attaches any file.");
  }

  static ProblemException notContainer() {
    return notResults("The file must be a JSON object or array, or such on each line.");
  }

  static ProblemException unknownLine() {
    return notResults(
        "No adapter recognises the line. JSON lines of an unknown format may be samples; POST"
            + " /raw_input stores any JSON.");
  }

  static ProblemException ownLines(int mostLines) {
    return notResults(
        "No tool's adapter recognises the lines, and more than "
            + mostLines
            + " lines that do not each tell their time are taken for samples. POST /raw_input stores"
            + " any JSON.");
  }
}
