package org.benchmarkresults.storage.search;

import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.storage.StorageVerticle;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.benchmarkresults.storage.document.ResultDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * Twenty thousand raw inputs in a real MongoDB with the declared indexes. Of each member "common"
 * is the value of more results than are ever ordered in memory, "rare" that of a hundred; every
 * tenth result has a timestamp of which no moment can be told, every seventh no model.
 */
final class IndexedResults implements AutoCloseable {
  private static final String COLLECTION = "raw_input";
  private static final String DELETED = "raw_input_deleted";

  static final int COUNT = 20_000;
  static final int RARE = 100;
  static final Instant NOON = Instant.parse("2026-04-21T12:00:00Z");

  private final Database database = Backend.MONGOD.freshDatabase();
  private final Vertx vertx = Vertx.vertx();

  IndexedResults() {
    Bus bus = new Bus(vertx);
    Config config = database.config(Map.of());
    vertx
        .deployVerticle(
            new StorageVerticle(config.mongo(), config.retention(), bus, Clock.systemUTC()))
        .await();
    Search any =
        new Search(Stage.RAW, false, Filter.everything(), Sort.NEWEST_FIRST, null, 1, false);
    var waitedForIndexes = bus.request(Addresses.SEARCH, any).await();
    List<Document> documents = new ArrayList<>();
    for (int number = 0; number < COUNT; number++) {
      documents.add(document(number));
    }
    var unused = Driver.await(collection().insertMany(documents));
  }

  private static Document document(int number) {
    boolean common = number % 4 != 0;
    boolean rare = number % (COUNT / RARE) == 0;
    String value = common ? "common" : rare ? "rare" : "other" + number % 16;
    // Moments are in another order than receipts: 7,919 shares no factor with the count.
    int minute = number * 7_919 % COUNT;
    Instant instant = number % 10 == 5 ? null : NOON.plusSeconds(60L * minute);
    Document document = new Document(ResultDocument.ID, "name%05d".formatted(minute));
    if (common || rare) {
      document
          .append(AnnotationFields.REVISION, 1)
          .append(
              AnnotationFields.LABELS,
              List.of(
                  AnnotationFields.text(new Label("kind", value)),
                  AnnotationFields.text(new Label("team", ""))));
    }
    if (rare) {
      document.append(AnnotationFields.EXCLUDED, "throttled");
    }
    return document
        .append(ResultDocument.TIMESTAMP, instant == null ? "no moment" : instant.toString())
        .append(ResultDocument.BENCHMARK_NAME, value)
        .append(ResultDocument.RUN_ID, value)
        .append(ResultDocument.MODEL_ID, number % 7 == 3 ? null : value)
        .append(ResultDocument.TOKENIZER_ID, value)
        .append(ResultDocument.SOURCE, value)
        .append(ResultDocument.INSTANT, instant == null ? null : Date.from(instant))
        .append(ResultDocument.RECEIVED_AT, Date.from(NOON))
        .append(ResultDocument.FIRST_RECEIVED_AT, Date.from(NOON.plusMillis(number / 3)))
        .append(ResultDocument.VERSION, 1)
        .append(ResultDocument.DIGEST, "sha256:" + "0".repeat(64))
        .append(ResultDocument.SIZE, 2L)
        .append(
            ResultDocument.EXTRA,
            List.of(
                new Document(ResultDocument.EXTRA_NAME, "tasks")
                    .append(ResultDocument.EXTRA_VALUE, value),
                new Document(ResultDocument.EXTRA_NAME, "seed")
                    .append(ResultDocument.EXTRA_VALUE, "1")
                    .append(ResultDocument.EXTRA_NUMBER, 1.0)));
  }

  private MongoCollection<Document> collection() {
    return Driver.of(database).getCollection(COLLECTION);
  }

  /** The same results as deleted ones, whose names are no ids. */
  Searches deletedSearches() {
    MongoCollection<Document> deleted = Driver.of(database).getCollection(DELETED);
    List<Document> documents = new ArrayList<>();
    for (int number = 0; number < COUNT; number++) {
      Document document = document(number);
      String name = document.getString(ResultDocument.ID);
      documents.add(
          document
              .append(ResultDocument.ID, name + "@" + number % 7)
              .append(ResultDocument.RESULT_NAME, name)
              .append(ResultDocument.DELETED_AT, Date.from(NOON.plusSeconds(number))));
    }
    var unused = Driver.await(deleted.insertMany(documents));
    return new Searches(
        deleted.withDocumentClass(RawBsonDocument.class),
        new BoundedCount(Driver.of(database), DELETED),
        true,
        true);
  }

  Searches searches() {
    BoundedCount counting = new BoundedCount(Driver.of(database), COLLECTION);
    return new Searches(
        collection().withDocumentClass(RawBsonDocument.class), counting, false, true);
  }

  @Override
  public void close() {
    vertx.close().await();
    database.close();
  }
}
