package org.benchmarkresults.standardize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.model.observation.NotUnderstood;
import org.benchmarkresults.model.observation.Observation;
import org.benchmarkresults.model.observation.Run;
import org.jspecify.annotations.Nullable;

/** Collects what an adapter finds in one body, up to a bound. Used by one thread at a time. */
public final class Findings {
  /** A file of more numbers is no summary; each observation takes some 500 bytes. */
  private static final int MOST = 50_000;

  /** Characters of pointers and names: each observation of a very long name holds it again. */
  private static final long MOST_TEXT = 8L << 20;

  private static final int LONGEST_REASON = 300;

  private final List<Run> runs = new ArrayList<>();
  private final List<Observation> observations = new ArrayList<>();
  private final List<NotUnderstood> notUnderstood = new ArrayList<>();
  private final Set<String> pointers = new HashSet<>();
  private @Nullable String toolVersion;
  private boolean full;
  private long text;
  private boolean discarded;

  /** Adds a run and gives its index. */
  public int addRun(Run run) {
    runs.add(run);
    return runs.size() - 1;
  }

  /** Whether a value has been reported, as an observation or as not understood. */
  public boolean has(String pointer) {
    return pointers.contains(pointer);
  }

  /** Adds an observation; of two with one pointer the first stays. */
  public void add(Observation observation) {
    if (!fits(observation)) {
      full = true;
    } else if (pointers.add(observation.pointer())) {
      observations.add(observation);
    }
  }

  /** Adds one of several observations that stand in one text. */
  public void addAnother(Observation observation) {
    if (!fits(observation)) {
      full = true;
    } else {
      pointers.add(observation.pointer());
      observations.add(observation);
    }
  }

  /** Adds a value that could not be taken. */
  public void notUnderstood(String pointer, String reason) {
    if (notUnderstood.size() == MOST || !fits(pointer.length())) {
      full = true;
    } else if (pointers.add(pointer)) {
      notUnderstood.add(new NotUnderstood(pointer, shortened(reason)));
    }
  }

  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON
        ? reason
        : reason.substring(0, LONGEST_REASON - 1) + "…";
  }

  private boolean fits(Observation observation) {
    return observations.size() < MOST
        && fits(
            observation.pointer().length()
                + observation.text().length()
                + length(observation.task())
                + observation.metric().length()
                + length(observation.variant()));
  }

  private boolean fits(long characters) {
    text += characters;
    return text <= MOST_TEXT;
  }

  private static long length(@Nullable String name) {
    return name == null ? 0 : name.length();
  }

  /** Forgets everything and takes nothing more: the body is not what it seemed. */
  void discard(String reason) {
    runs.clear();
    observations.clear();
    notUnderstood.clear();
    notUnderstood.add(new NotUnderstood("", reason));
    discarded = true;
  }

  boolean discarded() {
    return discarded;
  }

  /** Remembers the version of the tool; the first one stays. */
  public void toolVersion(@Nullable String version) {
    toolVersion = toolVersion == null ? version : toolVersion;
  }

  @Nullable String toolVersion() {
    return toolVersion;
  }

  /** The observations so far, which may be replaced. */
  public List<Observation> observations() {
    return observations;
  }

  List<Run> runs() {
    return runs;
  }

  List<NotUnderstood> notUnderstood() {
    if (full) {
      notUnderstood.add(
          new NotUnderstood(
              "",
              "the file holds more than "
                  + MOST
                  + " values, or very long names; the rest is left out"));
      full = false;
    }
    return notUnderstood;
  }
}
