package org.benchmarkresults.http.files;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a run in a file that belongs to it.
 *
 * @param what the file is, for people
 * @param tool null when the file does not tell
 * @param taskHash of the samples of lm-eval
 * @param toolRunId the tool's own id of the run
 * @param time when the run began, as the tool wrote it
 * @param instant the same moment; null when it is not understood
 * @param writtenAt when the file was written, in the tool's own zone, as if it were UTC
 */
record RunFacts(
    String what,
    @Nullable String tool,
    @Nullable String task,
    @Nullable String taskHash,
    @Nullable String toolRunId,
    @Nullable String model,
    @Nullable String time,
    @Nullable Instant instant,
    @Nullable Instant writtenAt) {
  /** A file that tells nothing. */
  static RunFacts ofNothing(String what) {
    return new RunFacts(what, null, null, null, null, null, null, null, null);
  }

  /** Whether the file tells something that a stored run can be found by. */
  boolean tellRun() {
    return taskHash != null || instant != null;
  }

  /** A description of the run that is searched for, for error messages. */
  String wanted() {
    List<String> all = new ArrayList<>();
    add("tool", tool, all);
    add("task", task, all);
    add("task hash", taskHash, all);
    add("run id of the tool", toolRunId, all);
    add("model", model, all);
    add("time", time, all);
    return String.join(", ", all);
  }

  private static void add(String name, @Nullable String value, List<String> all) {
    if (value != null) {
      all.add(name + " " + value);
    }
  }
}
