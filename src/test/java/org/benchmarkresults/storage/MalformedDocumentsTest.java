package org.benchmarkresults.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.event.EventQuery;
import org.benchmarkresults.model.imports.ImportCollection;
import org.benchmarkresults.model.result.ChunkRef;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.ResultQuery;
import org.benchmarkresults.model.search.RunQuery;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.model.search.Sort;
import org.benchmarkresults.model.search.ValueQuery;
import org.benchmarkresults.model.security.AuditQuery;
import org.benchmarkresults.model.security.KeyRef;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.MinKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/**
 * A document that cannot be read is a bug with a line in the log, never a database that is away.
 */
@OnDatabases
class MalformedDocumentsTest {
  private static final String GOOD = "good";
  private static final List<Object> WRONG =
      List.of(
          1.5, "text", new Document("a", 1), List.of(1), new MinKey(), Decimal128.POSITIVE_ZERO);

  @RegisterExtension final StorageModule storage;

  MalformedDocumentsTest(Backend backend) {
    storage = new StorageModule(backend);
  }

  private String name(String run) {
    return Results.of(run, "1").envelope().key().resultName();
  }

  private Search search(boolean deleted) {
    return new Search(Stage.RAW, deleted, Filter.everything(), Sort.NEWEST_FIRST, null, 10, true);
  }

  /** The outcome of each request to a database with malformed documents. */
  private List<String> ends() {
    List<Supplier<Future<?>>> questions = new ArrayList<>();
    ResultRef bad = new ResultRef(Stage.RAW, name("bad"), null);
    questions.add(() -> storage.request(Addresses.FIND, bad));
    questions.add(() -> storage.request(Addresses.VERSIONS, bad));
    questions.add(() -> storage.request(Addresses.RESTORE, bad));
    questions.add(() -> storage.request(Addresses.LIST, new ResultQuery(Stage.RAW, null, 10)));
    questions.add(() -> storage.request(Addresses.SUMMARIES, new ResultQuery(Stage.RAW, null, 10)));
    questions.add(() -> storage.request(Addresses.SEARCH, search(false)));
    questions.add(() -> storage.request(Addresses.SEARCH, search(true)));
    questions.add(() -> storage.request(Addresses.COUNT, search(false)));
    questions.add(() -> storage.request(Addresses.RUN, new RunQuery("bad", null, 10, true)));
    questions.add(
        () -> storage.request(Addresses.VALUES, new ValueQuery(Field.Own.MODEL_ID, "", null, 10)));
    questions.add(
        () ->
            storage.request(
                Addresses.STORED_SINCE, new EventQuery(PageKey.before(Instant.EPOCH), 10)));
    questions.add(() -> storage.saving(Results.of("bad", "2")));
    questions.add(() -> storage.deleting(name("bad")));
    questions.add(() -> storage.request(Addresses.CHUNK, new ChunkRef(Stage.RAW, "upload", 0)));
    questions.add(
        () ->
            storage.request(
                Addresses.AUDIT_PAGE, new AuditQuery(null, null, null, null, null, null, 10)));
    questions.add(() -> storage.request(Addresses.KEYS, new NoArguments()));
    questions.add(() -> storage.request(Addresses.KEY, new KeyRef("bad")));
    questions.add(() -> storage.request(Addresses.RETENTION_PREVIEW, new NoArguments()));
    questions.add(() -> storage.request(Addresses.IMPORT_POSITION, position()));
    return questions.stream().map(this::end).toList();
  }

  private static ImportCollection position() {
    return new ImportCollection(Stage.RAW, "raw", "old.raw", "host/old.raw", true, 1);
  }

  private String end(Supplier<Future<?>> question) {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(Bus.class);
    logger.addAppender(log);
    try {
      Object answer = question.get().await();
      return "answered" + (answer == null ? " null" : "");
    } catch (Unavailable e) {
      return "unavailable";
    } catch (RuntimeException e) {
      boolean told =
          List.copyOf(log.list).stream().anyMatch(line -> line.getLevel() == Level.ERROR);
      return told ? "bug" : "bug without a line";
    } finally {
      logger.detachAppender(log);
    }
  }

  private void spoil(MongoDatabase database, String collection, List<String> fields, Object wrong) {
    for (String field : fields) {
      Driver.await(
          database
              .getCollection(collection)
              .updateMany(Filters.ne("run_id", GOOD), Updates.set(field, wrong)));
    }
  }

  @Test
  void noReaderTakesThemForADatabaseThatIsAway() {
    storage.save(Results.of(GOOD, "1"));
    storage.save(Results.of("bad", "1"));
    storage.save(Results.of("gone", "1"));
    storage.delete(name("gone"));

    for (Object wrong : WRONG) {
      storage.byHand(
          database -> {
            for (String collection : List.of("raw_input", "raw_input_deleted")) {
              spoil(database, collection, List.of("size", "extra", "digest", "life"), wrong);
            }
            for (String other :
                List.of("audit", "api_keys", "imports", "leases", "raw_input_chunks")) {
              Driver.await(database.getCollection(other).drop());
            }
            Driver.await(database.getCollection("audit").insertOne(new Document("at", wrong)));
            Driver.await(
                database
                    .getCollection("api_keys")
                    .insertOne(new Document("_id", "bad").append("digest", wrong)));
            Driver.await(
                database
                    .getCollection("imports")
                    .insertOne(new Document("_id", position().importId()).append("after", wrong)));
            Driver.await(
                database
                    .getCollection("leases")
                    .insertOne(new Document("_id", "retention").append("started_at", wrong)));
            Driver.await(
                database
                    .getCollection("raw_input_chunks")
                    .insertOne(new Document("_id", "upload/000000").append("data", wrong)));
            return true;
          });

      List<String> ends = ends();

      assertFalse(ends.contains("unavailable"), () -> wrong + ": " + ends);
      assertFalse(ends.contains("bug without a line"), () -> wrong + ": " + ends);
      assertEquals("bug", ends.get(0), () -> wrong + ": " + ends);
      assertEquals("bug", ends.get(5), () -> wrong + ": " + ends);
      assertEquals(1, storage.found(name(GOOD), null).summary().version());
    }
  }

  @Test
  void theLogNamesTheDocument() {
    storage.save(Results.of("bad", "1"));
    storage.byHand(
        database -> {
          spoil(database, "raw_input", List.of("size"), "many");
          return true;
        });
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(Bus.class);
    logger.addAppender(log);

    assertEquals(
        "bug",
        end(() -> storage.request(Addresses.SUMMARIES, new ResultQuery(Stage.RAW, null, 10))));

    logger.detachAppender(log);
    String named = "the document BsonString{value='" + name("bad") + "'} cannot be read";
    assertTrue(
        List.copyOf(log.list).stream()
            .filter(line -> line.getThrowableProxy() != null)
            .anyMatch(line -> named.equals(line.getThrowableProxy().getMessage())),
        log.list::toString);
  }
}
