package org.benchmarkresults.http.files;

import java.util.List;
import java.util.stream.Collectors;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.http.problem.ProblemException;

/** Why a file, or a line of it, becomes no result. */
final class FileProblems {
  static final String NOT_RESULTS = "not-results";

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
            + "; attachments are not supported yet. Send the file with the run's results instead.");
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
