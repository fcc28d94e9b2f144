package org.benchmarkresults.standardize.declared;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.benchmarkresults.standardize.json.Wanted;
import org.jspecify.annotations.Nullable;

/** Wants what at least one of several path patterns leads to. */
final class WantedPaths implements Wanted {
  /** A pattern, and how many of its segments are behind. */
  private record Progress(PathPattern pattern, int done) {}

  private final List<Progress> active;

  private WantedPaths(List<Progress> active) {
    this.active = active;
  }

  static Wanted of(Collection<PathPattern> patterns) {
    return new WantedPaths(patterns.stream().map(pattern -> new Progress(pattern, 0)).toList());
  }

  @Override
  public @Nullable Wanted child(String segment, int position) {
    List<Progress> below = new ArrayList<>(4);
    for (Progress progress : active) {
      step(progress, segment, below);
    }
    return below.isEmpty() ? null : new WantedPaths(below);
  }

  private static void step(Progress progress, String segment, List<Progress> below) {
    PathPattern pattern = progress.pattern;
    if (progress.done == pattern.segments().size()) {
      return;
    }
    if (pattern.anyDepthAt(progress.done)) {
      below.add(progress);
      step(new Progress(pattern, progress.done + 1), segment, below);
    } else if (pattern.segments().get(progress.done).matches(segment)) {
      below.add(new Progress(pattern, progress.done + 1));
    }
  }

  @Override
  public boolean descends() {
    for (Progress progress : active) {
      if (progress.done < progress.pattern.segments().size()) {
        return true;
      }
    }
    return false;
  }
}
