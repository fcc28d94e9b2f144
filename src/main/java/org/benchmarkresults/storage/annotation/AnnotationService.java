package org.benchmarkresults.storage.annotation;

import com.mongodb.client.model.Sorts;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.benchmarkresults.bus.AnnotationAddresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.annotation.AnnotationPatch;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.annotation.request.AnnotateOutcome;
import org.benchmarkresults.model.annotation.request.AnnotateRequest;
import org.benchmarkresults.model.annotation.request.AnnotationHistory;
import org.benchmarkresults.model.annotation.request.AnnotationHistoryQuery;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.annotation.AnnotationChange.Outcome;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.group.GroupFind;
import org.benchmarkresults.storage.index.IndexKeeper;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.retention.NameData;
import org.benchmarkresults.storage.save.SavedResults;
import org.benchmarkresults.storage.security.AuditTrail;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Serves changes of annotations, their history and the list of labels. */
public final class AnnotationService implements SavedResults, NameData {
  private final AnnotationStore store;
  private final AnnotationUpkeep upkeep;
  private final LabelCatalog labels;
  private final Map<Stage, GroupFind> finds = new EnumMap<>(Stage.class);

  private AnnotationService(OpenDatabase database, AuditTrail trail) {
    store = new AnnotationStore(database, new AnnotationCopies(database), trail);
    upkeep = new AnnotationUpkeep(database, store);
    labels = new LabelCatalog(database);
    for (Stage stage : Stage.values()) {
      finds.put(
          stage, new GroupFind(database.clients().raw(database.collections().results(stage))));
    }
  }

  /**
   * Serves annotations, and begins their upkeep.
   *
   * @param trail gets the audit entries of changes that have an actor
   */
  public static AnnotationService serve(
      Bus bus, OpenDatabase database, IndexKeeper indexes, AuditTrail trail) {
    AnnotationService service = new AnnotationService(database, trail);
    bus.serve(AnnotationAddresses.ANNOTATE, service::annotate);
    bus.serve(AnnotationAddresses.ANNOTATION_HISTORY, service::history);
    bus.serve(AnnotationAddresses.LABELS, indexes.onceIndexed(service.labels::page));
    service.upkeep.begin();
    return service;
  }

  /** The store, for changes of many results at once. */
  public AnnotationStore store() {
    return store;
  }

  @Override
  public void begun(String resultName) {
    upkeep.stored(resultName);
  }

  @Override
  public Future<Void> restored(String resultName) {
    return upkeep.restored(resultName);
  }

  @Override
  public Future<Void> purged(Collection<String> resultNames) {
    return upkeep.purged(resultNames);
  }

  private Future<Optional<ResultSummary>> find(Stage stage, String resultName) {
    return Objects.requireNonNull(finds.get(stage))
        .find(resultName)
        .map(found -> found.map(StoredResult::summary));
  }

  /**
   * Changes the annotations of a result if it is as required.
   *
   * <p>Succeeds with what became of it once that is safe; fails with {@code Unavailable} when it is
   * not known.
   */
  Future<AnnotateOutcome> annotate(AnnotateRequest request) {
    return find(request.stage(), request.resultName())
        .compose(
            found ->
                found
                    .filter(request::means)
                    .map(result -> annotate(request, result))
                    .orElseGet(() -> Future.succeededFuture(new AnnotateOutcome.NotThere())));
  }

  private Future<AnnotateOutcome> annotate(AnnotateRequest request, ResultSummary result) {
    // The copy in the result may be of an earlier revision while a change is under way.
    return store
        .current(result.resultName())
        .compose(
            annotations -> {
              ResultSummary current = result.with(annotations);
              if (!request.allows(current)) {
                return Future.succeededFuture(new AnnotateOutcome.OtherState(current));
              }
              AnnotationChange change =
                  AnnotationChange.of(request.stage(), current, request.patch(), request.actor());
              return store
                  .apply(
                      List.of(
                          request.onlyIf() == null
                              ? change
                              : change.onlyIf(annotations.revision())))
                  .compose(outcomes -> settled(result, change, outcomes.get(0)));
            });
  }

  private Future<AnnotateOutcome> settled(
      ResultSummary result, AnnotationChange change, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done ->
          store
              .complete(Map.of(change.resultName(), done))
              .map(
                  complete ->
                      new AnnotateOutcome.Annotated(
                          result.with(done.annotations()), done.changed()));
      case Outcome.TooManyLabels many ->
          Future.succeededFuture(new AnnotateOutcome.TooManyLabels(many.labels()));
      case Outcome.OtherRevision other ->
          Future.succeededFuture(new AnnotateOutcome.OtherState(result.with(other.annotations())));
    };
  }

  /**
   * Sets the annotations that were sent with results.
   *
   * <p>Sending a result again sets only labels of keys that its name never had: a repeated request
   * must not undo a change that was made since.
   *
   * @param outcomes of the saves of the results
   */
  @Override
  public Future<Void> saved(List<Result> results, List<SaveOutcome> outcomes) {
    List<Result> rest = new ArrayList<>();
    List<SaveOutcome> restOutcomes = new ArrayList<>();
    List<Result> annotated = new ArrayList<>();
    List<SaveOutcome> annotatedOutcomes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < results.size(); i++) {
      Result result = results.get(i);
      SaveOutcome outcome = outcomes.get(i);
      AnnotationPatch patch = result.annotations();
      if (patch == null || patch.isEmpty() || version(outcome) == 0) {
        continue;
      }
      boolean first = names.add(result.envelope().key().resultName());
      (first ? annotated : rest).add(result);
      (first ? annotatedOutcomes : restOutcomes).add(outcome);
    }
    return annotated.isEmpty()
        ? Future.succeededFuture()
        : store
            .read(names)
            .compose(found -> store.apply(changes(annotated, annotatedOutcomes, found)))
            .compose(done -> saved(rest, restOutcomes));
  }

  private static List<AnnotationChange> changes(
      List<Result> results, List<SaveOutcome> outcomes, Map<String, BsonDocument> found) {
    List<AnnotationChange> changes = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Result result = results.get(i);
      String name = result.envelope().key().resultName();
      BsonDocument before = found.get(name);
      AnnotationPatch patch = Objects.requireNonNull(result.annotations());
      if (before != null && outcomes.get(i) instanceof SaveOutcome.AlreadyStored) {
        patch = patch.labelsExcept(AnnotationDocument.keys(before));
      }
      changes.add(
          new AnnotationChange(
              new ObjectId(),
              result.stage(),
              name,
              result.envelope().key().benchmarkName(),
              version(outcomes.get(i)),
              patch,
              result.actor(),
              null));
    }
    return changes;
  }

  /** The version that a save stored or confirmed; 0 for none. */
  private static int version(SaveOutcome outcome) {
    return switch (outcome) {
      case SaveOutcome.Stored stored -> 1;
      case SaveOutcome.NewVersion next -> next.version();
      case SaveOutcome.AlreadyStored already -> already.version();
      case SaveOutcome.NameTaken taken -> 0;
      case SaveOutcome.VersionRefused refused -> 0;
      case SaveOutcome.NotKnown notKnown -> 0;
      case SaveOutcome.Failed failed -> 0;
    };
  }

  /** Succeeds with a page of the history; fails with {@code Unavailable}. */
  Future<AnnotationHistory> history(AnnotationHistoryQuery query) {
    ResultRef ref = query.ref();
    return find(ref.stage(), ref.resultName())
        .compose(
            found ->
                found.filter(ref::means).isPresent()
                    ? store
                        .current(ref.resultName())
                        .compose(
                            current ->
                                Streams.collect(
                                        store
                                            .changes()
                                            .find(
                                                AnnotationDocument.changesOf(
                                                    ref.resultName(), query.before()))
                                            .sort(Sorts.descending(AnnotationDocument.ID))
                                            .limit(query.limit() + 1),
                                        store.changes())
                                    .recover(MongoFailures::translate)
                                    .map(changes -> history(query, current, changes)))
                    : Future.succeededFuture(
                        new AnnotationHistory(false, Annotations.NONE, List.of(), null)));
  }

  private static AnnotationHistory history(
      AnnotationHistoryQuery query, Annotations current, List<BsonDocument> found) {
    List<BsonDocument> page = found.subList(0, Math.min(query.limit(), found.size()));
    @Nullable Integer next =
        found.size() > page.size()
            ? AnnotationFields.read(page.get(page.size() - 1)).revision()
            : null;
    return new AnnotationHistory(
        true, current, page.stream().map(AnnotationDocument::readChange).toList(), next);
  }
}
