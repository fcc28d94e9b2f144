package org.benchmarkresults.storage.observation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/**
 * Gives the observations of a batch the annotations of their results. A change of annotations is
 * written first and then copied into the observations that are there, so annotations are read
 * before the insert and again after it: a change that the second read does not see finds the
 * observations.
 */
final class BatchAnnotations {
  private static final Bson WITHOUT_NOTE =
      Projections.include(
          AnnotationFields.REVISION, AnnotationFields.LABELS, AnnotationFields.EXCLUDED);

  private final OpenDatabase database;
  private final DerivedCollections collections;
  private final MongoCollection<BsonDocument> annotations;

  BatchAnnotations(OpenDatabase database, DerivedCollections collections) {
    this.database = database;
    this.collections = collections;
    annotations = collection(database.collections().annotations());
  }

  private MongoCollection<BsonDocument> collection(String name) {
    return database.clients().database().getCollection(name, BsonDocument.class);
  }

  /** Reads the annotations that the observations of the writings are to have. */
  Future<Void> read(List<Writing> writings) {
    return find(names(writings), WITHOUT_NOTE)
        .onSuccess(
            found ->
                writings.forEach(
                    one ->
                        one.annotated(
                            found.getOrDefault(one.result().resultName(), Annotations.NONE))))
        .mapEmpty();
  }

  private static List<String> names(Collection<Writing> writings) {
    return writings.stream().map(one -> one.result().resultName()).distinct().toList();
  }

  private Future<Map<String, Annotations>> find(List<String> names, Bson projection) {
    if (names.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return Streams.collect(
            annotations.find(Filters.in(ResultDocument.ID, names)).projection(projection),
            annotations)
        .recover(MongoFailures::translate)
        .map(
            found -> {
              Map<String, Annotations> byName = new HashMap<>();
              found.forEach(
                  one ->
                      byName.put(
                          one.getString(ResultDocument.ID).getValue(), AnnotationFields.read(one)));
              return byName;
            });
  }

  /**
   * Updates inserted observations whose annotations were changed meanwhile.
   *
   * @param wereThere whether some of the observations were there already, with annotations of an
   *     unknown revision
   */
  Future<Void> update(List<Writing> inserted, boolean wereThere) {
    return find(names(inserted), WITHOUT_NOTE)
        .compose(
            now -> {
              List<UpdateManyModel<BsonDocument>> updates = new ArrayList<>();
              for (Writing one : inserted) {
                Annotations current = now.get(one.result().resultName());
                if (current != null
                    && (wereThere || current.revision() > one.annotations().revision())) {
                  updates.add(
                      ObservationAnnotations.update(
                          one.result().stage(), one.result().resultName(), current));
                }
              }
              return DerivedCollections.write(collections.observations(), updates);
            })
        .mapEmpty();
  }

  /**
   * Writes the copies of annotations that are missing in results.
   *
   * @param rows the results by name, with the revisions of their copies
   */
  Future<Void> repair(Stage stage, List<Writing> writings, Map<String, RowRef> rows) {
    List<Writing> outdated =
        writings.stream()
            .filter(
                one -> {
                  RowRef row = rows.get(one.result().resultName());
                  return row != null && row.annotated() < one.annotations().revision();
                })
            .toList();
    return find(names(outdated), Projections.include(AnnotationFields.ALL))
        .compose(
            current -> {
              List<UpdateOneModel<BsonDocument>> updates = new ArrayList<>();
              current.forEach(
                  (name, copied) ->
                      updates.add(
                          new UpdateOneModel<>(
                              Filters.and(
                                  Filters.eq(ResultDocument.ID, name),
                                  AnnotationFields.isBefore(copied)),
                              AnnotationFields.update(copied))));
              return DerivedCollections.write(
                  collection(database.collections().results(stage)), updates);
            })
        .mapEmpty();
  }
}
