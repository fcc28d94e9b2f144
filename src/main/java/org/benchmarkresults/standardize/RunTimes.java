package org.benchmarkresults.standardize;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.benchmarkresults.model.observation.RunTime;
import org.benchmarkresults.model.text.Timestamps;

/** Times of runs as files have them. A time without a zone is kept, but is no moment. */
public final class RunTimes {
  private static final Pattern EPOCH =
      Pattern.compile("\\d{9,19}(?:\\.\\d+)?(?:[eE]\\+?\\d+)?|\\d(?:\\.\\d+)?[eE]\\+?\\d+");
  private static final Pattern ZONE =
      Pattern.compile("\\d(?:\\.\\d+)? ?(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)(?: \\d{4})?$");

  private RunTimes() {}

  /** A run's time by its text. */
  public static RunTime of(String text, String pointer) {
    Instant instant = Timestamps.instantOf(text);
    if (instant == null) {
      return new RunTime(text, null, "unknown", pointer);
    }
    if (EPOCH.matcher(text).matches()) {
      return new RunTime(text, instant, "UTC (epoch)", pointer);
    }
    Matcher zone = ZONE.matcher(text);
    boolean dateOnly = !text.contains(":") && text.length() <= 10;
    return zone.find() && !dateOnly
        ? new RunTime(text, instant, zone.group(1), pointer)
        : new RunTime(text, null, "unknown", pointer);
  }
}
