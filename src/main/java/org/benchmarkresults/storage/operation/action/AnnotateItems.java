package org.benchmarkresults.storage.operation.action;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.annotation.AnnotationPatch;
import org.benchmarkresults.model.annotation.AnnotationPatch.LabelChange;
import org.benchmarkresults.model.annotation.AnnotationPatch.Replacement;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.operation.BulkChange;
import org.benchmarkresults.model.operation.BulkProgress;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.storage.annotation.AnnotationChange;
import org.benchmarkresults.storage.annotation.AnnotationChange.Outcome;
import org.benchmarkresults.storage.annotation.AnnotationStore;
import org.jspecify.annotations.Nullable;

/**
 * Sets or removes labels and exclusions of results, of their newest versions also where these are
 * not the ones that were shown. All items of a chunk are written with a few commands.
 */
public record AnnotateItems(AnnotationStore annotations, ItemResults results)
    implements ChunkAction {
  @Override
  public Future<BulkProgress> run(StoredBulk bulk, List<Item> items, boolean again) {
    Tally tally = new Tally();
    return results
        .live(bulk.operation().stage(), items)
        .compose(
            live -> {
              List<Item> found = new ArrayList<>();
              List<AnnotationChange> changes = new ArrayList<>();
              for (Item item : items) {
                @Nullable ResultSummary current = live.get(item.name());
                if (current == null || !item.isSameResult(current)) {
                  tally.gone(item);
                } else {
                  found.add(item);
                  changes.add(change(bulk, item, current));
                  if (!item.isAsShown(current)) {
                    tally.changed(item);
                  }
                }
              }
              return annotations
                  .apply(changes)
                  .compose(outcomes -> annotations.complete(done(found, outcomes, tally)));
            })
        .map(written -> tally.of(items.size()));
  }

  private static AnnotationChange change(StoredBulk bulk, Item item, ResultSummary current) {
    return new AnnotationChange(
        BulkAudit.id(bulk, item),
        bulk.operation().stage(),
        item.name(),
        current.envelope().key().benchmarkName(),
        current.version(),
        patch(bulk.operation().change()),
        bulk.actor(),
        null);
  }

  private static AnnotationPatch patch(BulkChange change) {
    return switch (change.action()) {
      case LABEL -> {
        List<Label> labels = new ArrayList<>();
        change.labels().forEach((key, value) -> labels.add(new Label(key, value)));
        yield AnnotationPatch.ofLabels(labels);
      }
      case UNLABEL ->
          new AnnotationPatch(
              false,
              change.keys().stream().map(key -> new LabelChange(key, null)).toList(),
              null,
              null);
      case EXCLUDE -> new AnnotationPatch(false, List.of(), null, new Replacement(change.reason()));
      case INCLUDE -> new AnnotationPatch(false, List.of(), null, new Replacement(null));
      case DELETE, RESTORE -> throw new IllegalArgumentException(change + " annotates nothing");
    };
  }

  private static Map<String, Outcome.Done> done(
      List<Item> items, List<Outcome> outcomes, Tally tally) {
    Map<String, Outcome.Done> done = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      switch (outcomes.get(i)) {
        case Outcome.Done one -> {
          tally.done();
          done.put(item.name(), one);
        }
        case Outcome.TooManyLabels many ->
            tally.failed(
                item,
                "It would have "
                    + many.labels()
                    + " labels; "
                    + Label.MOST
                    + " are allowed. Remove some first.");
        case Outcome.OtherRevision other ->
            tally.failed(item, "It was annotated by others at the same time; try again.");
      }
    }
    return done;
  }
}
