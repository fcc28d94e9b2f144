package org.benchmarkresults.storage.observation.search;

import com.mongodb.reactivestreams.client.MongoCollection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.ObservationAddresses;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.storage.index.IndexKeeper;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.search.BoundedCount;
import org.benchmarkresults.storage.search.Searches;
import org.bson.RawBsonDocument;

/** Serves what finds observations, and results by their observations. */
public final class ObservationSearchService {
  private ObservationSearchService() {}

  public static void serve(Bus bus, OpenDatabase database, IndexKeeper indexes) {
    ObservationSearches observations = observations(database);
    bus.serve(ObservationAddresses.SEARCH_OBSERVATIONS, indexes.onceIndexed(observations::page));
    ResultObservationsFinder results = new ResultObservationsFinder(database);
    bus.serve(ObservationAddresses.OBSERVATIONS_OF_RESULT, results::find);
    Map<Stage, ObservedSearches> observed = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      observed.put(stage, observed(stage, database));
    }
    bus.serve(
        ObservationAddresses.SEARCH_OBSERVED,
        indexes.onceIndexed(
            search -> Objects.requireNonNull(observed.get(search.search().stage())).page(search)));
  }

  static ObservationSearches observations(OpenDatabase database) {
    String collection = database.collections().observations();
    return new ObservationSearches(
        reading(collection, database),
        new BoundedCount(database.clients().database(), collection),
        database.isIndexed());
  }

  private static ObservedSearches observed(Stage stage, OpenDatabase database) {
    String collection = database.collections().results(stage);
    Searches searches =
        new Searches(
            reading(collection, database),
            new BoundedCount(database.clients().database(), collection),
            false,
            database.isIndexed());
    return new ObservedSearches(
        searches,
        new Derivations(
            reading(database.collections().derivations(), database), stage, database.isIndexed()));
  }

  private static MongoCollection<RawBsonDocument> reading(
      String collection, OpenDatabase database) {
    return database.clients().reading(collection);
  }
}
