package org.benchmarkresults.storage.annotation;

import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.observation.DerivedCollections;
import org.bson.BsonDocument;

/** Removes the annotations of names that are purged: their texts may be what must go. */
final class AnnotationRemoval {
  private final MongoCollection<BsonDocument> annotations;
  private final MongoCollection<BsonDocument> changes;
  private final LabelCatalog labels;

  AnnotationRemoval(
      MongoCollection<BsonDocument> annotations,
      MongoCollection<BsonDocument> changes,
      LabelCatalog labels) {
    this.annotations = annotations;
    this.changes = changes;
    this.labels = labels;
  }

  /** Removes them with their history, and labels that no other name has. */
  Future<Void> remove(Collection<String> resultNames, Instant before) {
    List<DeleteOneModel<BsonDocument>> current =
        resultNames.stream()
            .map(
                name ->
                    new DeleteOneModel<BsonDocument>(AnnotationDocument.ofNameBefore(name, before)))
            .toList();
    List<DeleteManyModel<BsonDocument>> history =
        resultNames.stream()
            .map(
                name -> new DeleteManyModel<BsonDocument>(AnnotationDocument.changesOf(name, null)))
            .toList();
    return everSet(resultNames)
        .compose(
            set ->
                DerivedCollections.write(annotations, current)
                    .compose(removed -> DerivedCollections.write(changes, history))
                    .compose(removed -> labels.forget(set)));
  }

  /** The labels that the names have or had. */
  private Future<Set<Label>> everSet(Collection<String> resultNames) {
    return Streams.collect(
            changes.find(
                Filters.or(
                    resultNames.stream()
                        .map(name -> AnnotationDocument.changesOf(name, null))
                        .toList())),
            changes)
        .compose(
            history ->
                Streams.collect(
                        annotations.find(Filters.in(AnnotationDocument.ID, resultNames)),
                        annotations)
                    .map(current -> Stream.concat(history.stream(), current.stream())))
        .recover(MongoFailures::translate)
        .map(
            all -> {
              Set<Label> set = new LinkedHashSet<>();
              all.forEach(one -> set.addAll(AnnotationFields.read(one).labels()));
              return set;
            });
  }
}
