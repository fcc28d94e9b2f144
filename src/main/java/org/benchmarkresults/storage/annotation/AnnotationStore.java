package org.benchmarkresults.storage.annotation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.storage.annotation.AnnotationChange.Outcome;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.benchmarkresults.storage.mongo.Contention;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.observation.DerivedCollections;
import org.benchmarkresults.storage.security.AuditTrail;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;

/**
 * Changes annotations of any number of result names at once, in a few commands for all of them.
 * Each change is a compare-and-set on the document of its name; then it is written into the history
 * and the audit log, and the copies follow. Confined to one event loop.
 */
public final class AnnotationStore {
  private final OpenDatabase database;
  private final MongoCollection<BsonDocument> annotations;
  private final MongoCollection<BsonDocument> changes;
  private final AnnotationCopies copies;
  private final AuditTrail trail;
  private final LabelCatalog labels;

  AnnotationStore(OpenDatabase database, AnnotationCopies copies, AuditTrail trail) {
    this.database = database;
    this.copies = copies;
    this.trail = trail;
    labels = new LabelCatalog(database);
    annotations = collection(database.collections().annotations());
    changes = collection(database.collections().annotationChanges());
  }

  private MongoCollection<BsonDocument> collection(String name) {
    return database.clients().database().getCollection(name, BsonDocument.class);
  }

  /** The annotations of names, as their documents. Names without a document have none. */
  Future<Map<String, BsonDocument>> read(Collection<String> resultNames) {
    return Streams.collect(
            annotations.find(Filters.in(AnnotationDocument.ID, resultNames)), annotations)
        .recover(MongoFailures::translate)
        .map(
            found -> {
              Map<String, BsonDocument> byName = new HashMap<>();
              found.forEach(one -> byName.put(AnnotationDocument.name(one), one));
              return byName;
            });
  }

  /**
   * Makes changes, each of another name, and writes the copies of all but observations.
   *
   * <p>Succeeds with the outcome of each once all are safe; fails with {@link Unavailable} when
   * that is not known, after which the same changes may be requested again. The copies in
   * observations follow with {@link #complete}.
   */
  public Future<List<Outcome>> apply(List<AnnotationChange> requested) {
    Map<AnnotationChange, Outcome> outcomes = new LinkedHashMap<>();
    return apply(requested, outcomes, Contention.MOST_ATTEMPTS)
        .map(done -> requested.stream().map(outcomes::get).toList());
  }

  private Future<Void> apply(
      List<AnnotationChange> requested, Map<AnnotationChange, Outcome> outcomes, int attempts) {
    if (requested.isEmpty()) {
      return Future.succeededFuture();
    }
    if (attempts == 0) {
      return Contention.tooBusy();
    }
    return read(requested.stream().map(AnnotationChange::resultName).toList())
        .compose(
            found ->
                record(found.values().stream().filter(AnnotationDocument::isPending).toList())
                    .map(found))
        .compose(found -> write(requested, found, outcomes))
        .compose(
            lost ->
                lost.isEmpty()
                    ? Future.succeededFuture()
                    : Contention.pause(database.vertx())
                        .compose(waited -> apply(lost, outcomes, attempts - 1)));
  }

  /** Succeeds with the changes whose names were changed by others meanwhile. */
  private Future<List<AnnotationChange>> write(
      List<AnnotationChange> requested,
      Map<String, BsonDocument> found,
      Map<AnnotationChange, Outcome> outcomes) {
    Instant now = Instant.ofEpochMilli(database.clock().millis());
    List<AnnotationChange> writing = new ArrayList<>();
    List<BsonDocument> documents = new ArrayList<>();
    List<ReplaceOneModel<BsonDocument>> writes = new ArrayList<>();
    Map<String, Annotations> current = new HashMap<>();
    for (AnnotationChange change : requested) {
      BsonDocument before = found.get(change.resultName());
      Annotations old = before == null ? Annotations.NONE : AnnotationFields.read(before);
      Annotations after = change.patch().applyTo(old);
      Integer required = change.onlyIf();
      if (before != null && AnnotationDocument.id(before).equals(change.id())) {
        outcomes.put(change, new Outcome.Done(old, true));
        current.put(change.resultName(), old);
      } else if (required != null && required != old.revision()) {
        outcomes.put(change, new Outcome.OtherRevision(old));
      } else if (after.isSame(old)) {
        outcomes.put(change, new Outcome.Done(old, false));
        if (AnnotationDocument.isPending(before)) {
          current.put(change.resultName(), old);
        }
      } else if (after.labels().size() > Math.max(Label.MOST, old.labels().size())) {
        outcomes.put(change, new Outcome.TooManyLabels(after.labels().size()));
      } else {
        BsonDocument document = AnnotationDocument.of(change, after, before, now);
        writing.add(change);
        documents.add(document);
        writes.add(
            new ReplaceOneModel<>(
                AnnotationDocument.unchanged(change.resultName(), before),
                document,
                new ReplaceOptions().upsert(true)));
      }
    }
    return DerivedCollections.write(annotations, writes)
        .compose(
            refused -> {
              List<BsonDocument> won = without(refused, documents);
              for (int i = 0; i < writing.size(); i++) {
                if (!refused.contains(i)) {
                  Annotations after = AnnotationFields.read(documents.get(i));
                  outcomes.put(writing.get(i), new Outcome.Done(after, true));
                  current.put(writing.get(i).resultName(), after);
                }
              }
              List<AnnotationChange> lost =
                  writing.stream().filter(change -> !outcomes.containsKey(change)).toList();
              return record(won)
                  .compose(recorded -> copies.write(current))
                  .compose(written -> database.durable().get())
                  .map(safe -> lost);
            });
  }

  private static <T> List<T> without(Set<Integer> indexes, List<T> all) {
    List<T> rest = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!indexes.contains(i)) {
        rest.add(all.get(i));
      }
    }
    return rest;
  }

  /**
   * Writes the last changes of documents into the history, the labels and the audit log, each once.
   */
  private Future<Void> record(List<BsonDocument> documents) {
    if (documents.isEmpty()) {
      return Future.succeededFuture();
    }
    Map<ObjectId, AuditEntry> entries = new LinkedHashMap<>();
    for (BsonDocument document : documents) {
      AuditEntry entry = AnnotationDocument.auditEntry(document);
      if (entry != null) {
        entries.put(AnnotationDocument.id(document), entry);
      }
    }
    return DerivedCollections.write(
            changes,
            documents.stream().map(AnnotationDocument::change).map(InsertOneModel::new).toList())
        .compose(written -> labels.add(documents.stream().map(AnnotationFields::read).toList()))
        .compose(written -> trail.add(entries))
        .mapEmpty();
  }

  /** The annotations that a name has. */
  Future<Annotations> current(String resultName) {
    return read(List.of(resultName))
        .map(
            found -> {
              BsonDocument document = found.get(resultName);
              return document == null ? Annotations.NONE : AnnotationFields.read(document);
            });
  }

  /**
   * Writes the copies in observations of changes that were made, by result name, which completes
   * them.
   */
  public Future<Void> complete(Map<String, Outcome.Done> done) {
    Map<String, Annotations> byName = new HashMap<>();
    done.forEach(
        (name, outcome) -> {
          if (outcome.changed()) {
            byName.put(name, outcome.annotations());
          }
        });
    if (byName.isEmpty()) {
      return Future.succeededFuture();
    }
    List<UpdateOneModel<BsonDocument>> completed = new ArrayList<>();
    byName.forEach(
        (name, current) ->
            completed.add(
                new UpdateOneModel<>(
                    Filters.and(
                        Filters.eq(AnnotationDocument.ID, name),
                        Filters.eq(AnnotationFields.REVISION, current.revision())),
                    Updates.unset(AnnotationDocument.PENDING))));
    return copies
        .writeObservations(byName)
        .compose(written -> DerivedCollections.write(annotations, completed))
        .compose(written -> database.durable().get());
  }

  /** Writes whatever is missing behind the last changes in these documents. */
  private Future<Void> finish(List<BsonDocument> pending) {
    if (pending.isEmpty()) {
      return Future.succeededFuture();
    }
    Map<String, Annotations> byName = byName(pending);
    return record(pending)
        .compose(recorded -> copies.write(byName))
        .compose(written -> copies.writeObservations(byName))
        .compose(
            written ->
                DerivedCollections.write(
                    annotations,
                    pending.stream()
                        .map(
                            document ->
                                new UpdateOneModel<BsonDocument>(
                                    AnnotationDocument.exactly(document),
                                    Updates.unset(AnnotationDocument.PENDING)))
                        .toList()))
        .compose(done -> database.durable().get());
  }

  /** Writes the copies of the annotations of these names, of those that have any. */
  public Future<Void> copy(Collection<String> resultNames) {
    return read(resultNames)
        .compose(
            found -> {
              Map<String, Annotations> byName = byName(found.values());
              return byName.isEmpty()
                  ? Future.succeededFuture()
                  : copies.write(byName).compose(written -> copies.writeObservations(byName));
            });
  }

  /** Removes annotations of names, with their history; those changed since the moment stay. */
  public Future<Void> forget(Collection<String> resultNames, Instant before) {
    return resultNames.isEmpty()
        ? Future.succeededFuture()
        : new AnnotationRemoval(annotations, changes, labels).remove(resultNames, before);
  }

  /** Finishes changes that were made before the moment; succeeds with how many these were. */
  Future<Integer> finishSome(Instant before, int most) {
    return Streams.collect(
            annotations.find(Filters.lt(AnnotationDocument.PENDING, Date.from(before))).limit(most),
            annotations)
        .recover(MongoFailures::translate)
        .compose(found -> finish(found).map(found.size()));
  }

  private static Map<String, Annotations> byName(Collection<BsonDocument> documents) {
    Map<String, Annotations> byName = new HashMap<>();
    documents.forEach(one -> byName.put(AnnotationDocument.name(one), AnnotationFields.read(one)));
    return byName;
  }

  /** The history of a name. */
  MongoCollection<BsonDocument> changes() {
    return changes;
  }
}
