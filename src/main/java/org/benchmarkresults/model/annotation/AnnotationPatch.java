package org.benchmarkresults.model.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A change of annotations, as a JSON merge patch (RFC 7396) says it.
 *
 * @param withoutOtherLabels whether the labels that the patch does not name are removed
 * @param labels the labels to set and to remove
 * @param note what becomes of the note; null to leave it
 * @param excluded what becomes of the exclusion; null to leave it
 */
public record AnnotationPatch(
    boolean withoutOtherLabels,
    List<LabelChange> labels,
    @Nullable Replacement note,
    @Nullable Replacement excluded) {
  /**
   * A label to set or to remove.
   *
   * @param value null to remove the label
   */
  public record LabelChange(String key, @Nullable String value) {}

  /**
   * A new text.
   *
   * @param text null to remove the text
   */
  public record Replacement(@Nullable String text) {}

  public AnnotationPatch {
    labels = List.copyOf(labels);
  }

  /** A patch that sets labels alone. */
  public static AnnotationPatch ofLabels(List<Label> labels) {
    return new AnnotationPatch(
        false,
        labels.stream().map(label -> new LabelChange(label.key(), label.value())).toList(),
        null,
        null);
  }

  /** Whether the patch changes nothing whatever it is applied to. */
  public boolean isEmpty() {
    return !withoutOtherLabels && labels.isEmpty() && note == null && excluded == null;
  }

  /** The annotations with this patch applied, as the next revision. */
  public Annotations applyTo(Annotations before) {
    Map<String, String> byKey = new TreeMap<>();
    if (!withoutOtherLabels) {
      before.labels().forEach(label -> byKey.put(label.key(), label.value()));
    }
    for (LabelChange change : labels) {
      if (change.value() == null) {
        byKey.remove(change.key());
      } else {
        byKey.put(change.key(), change.value());
      }
    }
    List<Label> after = new ArrayList<>();
    byKey.forEach((key, value) -> after.add(new Label(key, value)));
    return new Annotations(
        before.revision() + 1,
        after,
        note == null ? before.note() : note.text(),
        excluded == null ? before.excluded() : excluded.text());
  }

  /** This patch without the labels of the keys that are given, and without note and exclusion. */
  public AnnotationPatch labelsExcept(List<String> keys) {
    return new AnnotationPatch(
        false, labels.stream().filter(change -> !keys.contains(change.key())).toList(), null, null);
  }
}
