package org.benchmarkresults.model.annotation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The annotations of a result name, which its raw input and its standardized output share.
 *
 * @param revision counts the changes; 0 for a name that never had annotations
 * @param labels in the order of their keys, each key once
 * @param note Markdown text; null for none
 * @param excluded the reason why the result is left out of all that is computed; null when it is
 *     not
 */
public record Annotations(
    int revision, List<Label> labels, @Nullable String note, @Nullable String excluded) {
  /** The annotations of a name that never had any. */
  public static final Annotations NONE = new Annotations(0, List.of(), null, null);

  /** The longest note in UTF-16 code units. */
  public static final int LONGEST_NOTE = 16 << 10;

  /** The longest reason of an exclusion in UTF-16 code units. */
  public static final int LONGEST_REASON = 1_000;

  public Annotations {
    labels = List.copyOf(labels);
  }

  /** The value of a label; empty when there is no label of that key. */
  public Optional<String> label(String key) {
    return labels.stream().filter(label -> label.key().equals(key)).map(Label::value).findFirst();
  }

  /** Whether labels, note and exclusion are the same, whatever the revisions. */
  public boolean isSame(Annotations other) {
    return labels.equals(other.labels)
        && Objects.equals(note, other.note)
        && Objects.equals(excluded, other.excluded);
  }
}
