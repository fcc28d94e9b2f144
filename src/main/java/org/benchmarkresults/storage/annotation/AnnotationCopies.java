package org.benchmarkresults.storage.annotation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.observation.DerivedCollections;
import org.benchmarkresults.storage.observation.ObservationAnnotations;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/**
 * Writes the copies of annotations that lists read and filter: in results of both stages, in their
 * earlier versions, in deleted results and in observations. A copy of a later revision stays, so
 * any number of writers in any order leave the newest.
 */
final class AnnotationCopies {
  private final List<MongoCollection<BsonDocument>> results = new ArrayList<>();
  private final List<MongoCollection<BsonDocument>> byName = new ArrayList<>();
  private final DerivedCollections derived;

  AnnotationCopies(OpenDatabase database) {
    derived = new DerivedCollections(database);
    for (Stage stage : Stage.values()) {
      results.add(collection(database, database.collections().results(stage)));
      byName.add(collection(database, database.collections().deleted(stage)));
      byName.add(collection(database, database.collections().versions(stage)));
    }
  }

  private static MongoCollection<BsonDocument> collection(OpenDatabase database, String name) {
    return database.clients().database().getCollection(name, BsonDocument.class);
  }

  /** Writes the copies in results, versions and deleted results. */
  Future<Void> write(Map<String, Annotations> byResultName) {
    List<WriteModel<BsonDocument>> updates = new ArrayList<>();
    byResultName.forEach(
        (name, annotations) ->
            updates.add(
                new UpdateOneModel<>(
                    Filters.and(
                        Filters.eq(ResultDocument.ID, name),
                        AnnotationFields.isBefore(annotations)),
                    AnnotationFields.update(annotations))));
    List<Future<?>> writes = new ArrayList<>();
    for (MongoCollection<BsonDocument> collection : results) {
      writes.add(DerivedCollections.write(collection, updates));
    }
    for (MongoCollection<BsonDocument> collection : byName) {
      writes.add(writeByName(collection, byResultName));
    }
    return Future.join(writes).mapEmpty();
  }

  /** Few names have earlier versions or deleted results, so these are looked up first. */
  private static Future<?> writeByName(
      MongoCollection<BsonDocument> collection, Map<String, Annotations> byResultName) {
    Bson named = Filters.in(ResultDocument.RESULT_NAME, byResultName.keySet());
    return Streams.collect(
            collection.find(named).projection(Projections.include(ResultDocument.RESULT_NAME)),
            collection)
        .recover(MongoFailures::translate)
        .compose(
            found -> {
              List<WriteModel<BsonDocument>> updates = new ArrayList<>();
              for (BsonDocument document : found) {
                Annotations annotations =
                    byResultName.get(document.getString(ResultDocument.RESULT_NAME).getValue());
                if (annotations != null) {
                  updates.add(
                      new UpdateOneModel<>(
                          Filters.and(
                              Filters.eq(ResultDocument.ID, document.get(ResultDocument.ID)),
                              AnnotationFields.isBefore(annotations)),
                          AnnotationFields.update(annotations)));
                }
              }
              return DerivedCollections.write(collection, updates);
            });
  }

  /** Writes the copies in the observations of both stages. */
  Future<Void> writeObservations(Map<String, Annotations> byResultName) {
    List<UpdateManyModel<BsonDocument>> updates = new ArrayList<>();
    byResultName.forEach(
        (name, annotations) -> {
          for (Stage stage : Stage.values()) {
            updates.add(ObservationAnnotations.update(stage, name, annotations));
          }
        });
    return DerivedCollections.write(derived.observations(), updates).mapEmpty();
  }
}
