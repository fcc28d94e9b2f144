package org.benchmarkresults.storage.search;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.RunPage;
import org.benchmarkresults.model.search.RunPage.Pair;
import org.benchmarkresults.model.search.RunQuery;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.mongo.TextOrder;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** The results of runs, those of both stages side by side. Stateless. */
public final class Runs {
  /** For each stage; rows beyond it are left for the next page. */
  private static final long MOST_PAGE_BYTES = 4L << 20;

  /** One stage. */
  private record Side(MongoCollection<RawBsonDocument> raw, RunKeys keys) {}

  /**
   * The rows of one stage on a page.
   *
   * @param end the name behind which rows were left for the next page; null when none were
   */
  private record Part(Map<String, Row> rows, @Nullable String end) {}

  private final Map<Stage, Side> sides;

  private Runs(Map<Stage, Side> sides) {
    this.sides = sides;
  }

  /**
   * @param indexed whether the database has the declared indexes
   * @param few up to how many results of a run are ordered instead of walking past other runs'
   */
  public static Runs of(
      MongoClients clients, CollectionNames collections, boolean indexed, int few) {
    Map<Stage, Side> sides = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      String collection = collections.results(stage);
      MongoCollection<RawBsonDocument> raw = clients.reading(collection);
      BoundedCount count = new BoundedCount(clients.database(), collection);
      sides.put(stage, new Side(raw, new RunKeys(raw, count, indexed, few)));
    }
    return new Runs(sides);
  }

  /** Succeeds with a page of the run's results; fails with {@link Unavailable}. */
  public Future<RunPage> page(RunQuery query) {
    Future<List<String>> raw = side(Stage.RAW).keys.after(query);
    Future<List<String>> standardized = side(Stage.STANDARDIZED).keys.after(query);
    return Future.all(raw, standardized)
        .compose(both -> page(query, raw.result(), standardized.result()));
  }

  private Side side(Stage stage) {
    return Objects.requireNonNull(sides.get(stage));
  }

  private Future<RunPage> page(RunQuery query, List<String> raw, List<String> standardized) {
    TreeSet<String> names = new TreeSet<>(TextOrder.BY_CODE_POINTS);
    names.addAll(raw);
    names.addAll(standardized);
    if (names.isEmpty()) {
      return Future.succeededFuture(new RunPage(List.of(), null));
    }
    List<String> page = names.stream().limit(query.limit()).toList();
    boolean more = names.size() > page.size();
    Future<Part> left = part(side(Stage.RAW), raw, page, query);
    Future<Part> right = part(side(Stage.STANDARDIZED), standardized, page, query);
    return Future.all(left, right).map(both -> page(page, more, left.result(), right.result()));
  }

  private static Future<Part> part(
      Side side, List<String> ofStage, List<String> page, RunQuery query) {
    boolean withData = query.withData();
    String last = page.get(page.size() - 1);
    List<String> names =
        ofStage.stream().filter(name -> TextOrder.BY_CODE_POINTS.compare(name, last) <= 0).toList();
    return names.isEmpty()
        ? Future.succeededFuture(new Part(Map.of(), null))
        : Streams.collect(
                side.raw
                    // Under a name that was deleted meanwhile another benchmark's may stand.
                    .find(
                        Filters.and(
                            Filters.in(ResultDocument.ID, names),
                            FilterQuery.ofBenchmarks(query.benchmarkPrefix())))
                    .projection(withData ? ResultDocument.WHOLE : ResultDocument.SUMMARY)
                    .sort(Sorts.ascending(ResultDocument.ID)),
                MOST_PAGE_BYTES,
                withData ? Streams.FIRST_BATCH : Streams.FIRST_BATCH_OF_ROWS,
                Runs::bytes)
            .recover(MongoFailures::translate)
            .map(documents -> part(documents, withData));
  }

  private static long bytes(RawBsonDocument document) {
    return document.getByteBuffer().remaining();
  }

  private static Part part(List<RawBsonDocument> documents, boolean withData) {
    Map<String, Row> rows = new HashMap<>();
    String last = null;
    for (RawBsonDocument document : documents) {
      StoredResult stored = ResultDocument.read(document);
      last = stored.id();
      rows.put(last, new Row(stored.summary(), withData ? stored.data() : null, null));
    }
    boolean full = documents.stream().mapToLong(Runs::bytes).sum() >= MOST_PAGE_BYTES;
    return new Part(rows, full ? last : null);
  }

  /** Up to where both stages were read. */
  private static RunPage page(List<String> names, boolean more, Part raw, Part standardized) {
    String last = names.get(names.size() - 1);
    String end =
        Stream.of(raw.end, standardized.end)
            .filter(Objects::nonNull)
            .min(TextOrder.BY_CODE_POINTS)
            .orElse(last);
    List<Pair> pairs =
        names.stream()
            .filter(name -> TextOrder.BY_CODE_POINTS.compare(name, end) <= 0)
            .map(name -> new Pair(name, raw.rows.get(name), standardized.rows.get(name)))
            // A pair may have been deleted meanwhile.
            .filter(pair -> pair.rawInput() != null || pair.standardizedOutput() != null)
            .toList();
    return new RunPage(pairs, more || !end.equals(last) ? end : null);
  }
}
