package org.benchmarkresults.storage.search;

import com.mongodb.reactivestreams.client.MongoCollection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.storage.index.IndexKeeper;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.bson.RawBsonDocument;

/** Serves what finds results: lists, searches, counts, values, runs and what was stored since. */
public final class SearchService {
  private final OpenDatabase database;
  private final Map<Stage, ResultList> lists;
  private final Map<Stage, Searches> present;
  private final Map<Stage, Searches> deleted;
  private final Map<Stage, VersionSearches> versions;

  private SearchService(OpenDatabase database) {
    this.database = database;
    lists =
        ofEach(
            stage ->
                new ResultList(
                    reading(database.collections().results(stage)), database.isIndexed()));
    present = ofEach(stage -> searches(database.collections().results(stage), false));
    deleted = ofEach(stage -> searches(database.collections().deleted(stage), true));
    versions =
        ofEach(
            stage ->
                new VersionSearches(
                    of(stage, present),
                    searches(database.collections().versions(stage), true),
                    reading(database.collections().results(stage))));
  }

  public static void serve(Bus bus, OpenDatabase database, IndexKeeper indexes) {
    new SearchService(database).serve(bus, indexes);
  }

  private void serve(Bus bus, IndexKeeper indexes) {
    bus.serve(Addresses.LIST, query -> of(query.stage(), lists).outline(query));
    bus.serve(Addresses.SUMMARIES, query -> of(query.stage(), lists).page(query));
    bus.serve(
        Addresses.SEARCH,
        indexes.onceIndexed(
            search ->
                search.allVersions()
                    ? of(search.stage(), versions).page(search)
                    : among(search).page(search)));
    bus.serve(
        Addresses.COUNT,
        indexes.onceIndexed(
            search ->
                search.allVersions()
                    ? of(search.stage(), versions).count(search)
                    : among(search).count(search)));
    boolean isIndexed = database.isIndexed();
    DistinctValues values =
        DistinctValues.of(
            database.clients(), database.collections(), isIndexed, DistinctValues.MOST_COUNTED);
    bus.serve(Addresses.VALUES, indexes.onceIndexed(values::page));
    Runs runs = Runs.of(database.clients(), database.collections(), isIndexed, RunKeys.FEW);
    bus.serve(Addresses.RUN, indexes.onceIndexed(runs::page));
    StoredSince since = new StoredSince(database.clients(), database.collections(), isIndexed);
    bus.serve(
        Addresses.STORED_SINCE,
        indexes.onceIndexed(
            query -> since.page(query).map(page -> page.at(database.clock().instant()))));
  }

  private Searches among(Search search) {
    return of(search.stage(), search.deleted() ? deleted : present);
  }

  private Searches searches(String collection, boolean namesAreNoIds) {
    return new Searches(
        reading(collection),
        new BoundedCount(database.clients().database(), collection),
        namesAreNoIds,
        database.isIndexed());
  }

  private MongoCollection<RawBsonDocument> reading(String collection) {
    return database.clients().reading(collection);
  }

  private static <T> Map<Stage, T> ofEach(Function<Stage, T> make) {
    Map<Stage, T> all = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      all.put(stage, make.apply(stage));
    }
    return all;
  }

  private static <T> T of(Stage stage, Map<Stage, T> all) {
    return Objects.requireNonNull(all.get(stage));
  }
}
