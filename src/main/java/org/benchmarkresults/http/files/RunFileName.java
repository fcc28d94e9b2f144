package org.benchmarkresults.http.files;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of a file: whether it belongs to a run, and the time in that of lm-eval's samples. */
record RunFileName(Kind kind, @Nullable String task, @Nullable Instant writtenAt) {
  /** The kinds of files that belong to a run. */
  enum Kind {
    /** {@code samples_TASK_DATE.jsonl} of lm-eval's EvaluationTracker. */
    SAMPLES,
    /** An archive of Inspect. */
    EVAL,
    LOG,
    /** Any other file. */
    OTHER
  }

  private static final Pattern SAMPLES =
      Pattern.compile(
          "samples_(.+)_(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d)-(\\d\\d)-(\\d\\d(?:\\.\\d{1,9})?)\\.jsonl");

  static RunFileName of(@Nullable String name) {
    if (name == null) {
      return new RunFileName(Kind.OTHER, null, null);
    }
    Matcher samples = SAMPLES.matcher(name);
    if (samples.matches()) {
      String time = samples.group(3) + ":" + samples.group(4) + ":" + samples.group(5);
      return new RunFileName(
          Kind.SAMPLES, samples.group(1), instant(samples.group(2) + "T" + time));
    }
    String lower = name.toLowerCase(Locale.ROOT);
    Kind kind =
        lower.endsWith(".eval") ? Kind.EVAL : lower.endsWith(".log") ? Kind.LOG : Kind.OTHER;
    return new RunFileName(kind, null, null);
  }

  private static @Nullable Instant instant(String text) {
    try {
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
