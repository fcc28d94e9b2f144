package org.benchmarkresults.bench;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.reactivestreams.Publisher;

/**
 * The driver alone, without a service around it. Takes one command a line on standard input and
 * answers each with one line; says "ready" first.
 *
 * <pre>
 * fill COUNT                 inserts documents number 0 to COUNT-1 in bulks
 * insert IN_FLIGHT SECONDS   single inserts, each under a name of its own
 * find IN_FLIGHT SECONDS     finds by name among the documents that were filled in
 * list IN_FLIGHT SECONDS     reads the whole collection newest first, without data
 * bulk TOKEN COUNT           inserts so many documents in unordered bulks; the seconds it took
 * export sorted|plain        reads the whole collection with its data, newest first or as it
 *                            lies; the seconds it took and how many documents it read
 * count DATABASE             how many documents the collection of that database holds
 * </pre>
 *
 * Documents and indexes are those of the service: both are copied from a collection it wrote to.
 */
public final class Yardstick {
  private static final String COLLECTION = "raw_input";
  private static final int BULK = 1000;
  private static final Document NEWEST_FIRST =
      new Document("first_received_at", -1).append("_id", -1);

  private final MongoClient client;
  private final MongoCollection<BsonDocument> documents;
  private final MongoCollection<RawBsonDocument> raw;
  private final Template template;
  private final AtomicInteger inserted = new AtomicInteger();
  private final AtomicInteger found = new AtomicInteger();
  private int filled;

  private Yardstick(MongoClient client, String pattern, String database) {
    this.client = client;
    var written = client.getDatabase(pattern).getCollection(COLLECTION, BsonDocument.class);
    template = new Template(Load.first(written.find()));
    documents = client.getDatabase(database).getCollection(COLLECTION, BsonDocument.class);
    raw = documents.withDocumentClass(RawBsonDocument.class);
    for (Document index : Load.all(written.listIndexes())) {
      var options =
          new IndexOptions()
              .name(index.getString("name"))
              .partialFilterExpression(index.get("partialFilterExpression", Document.class));
      Load.first(documents.createIndex(index.get("key", Document.class), options));
    }
  }

  /** Arguments: Mongo URL, database with one document of the service, database of its own. */
  public static void main(String[] arguments) throws IOException {
    var settings =
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(arguments[0]))
            .writeConcern(WriteConcern.MAJORITY.withJournal(true));
    try (MongoClient client = MongoClients.create(settings.build())) {
      var yardstick = new Yardstick(client, arguments[1], arguments[2]);
      System.out.println("ready");
      var commands = new BufferedReader(new InputStreamReader(System.in));
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        System.out.println(yardstick.run(line.split(" ")));
      }
    }
  }

  private Object run(String[] command) {
    return switch (command[0]) {
      case "fill" -> fill(Integer.parseInt(command[1]));
      case "insert" -> load(command, this::insert);
      case "find" -> load(command, this::find);
      case "list" -> load(command, this::list);
      case "bulk" -> seconds(() -> bulk(command[1], Integer.parseInt(command[2])));
      case "export" -> export(command[1].equals("sorted"));
      case "count" -> count(command[1]);
      default -> throw new IllegalArgumentException("unknown command " + command[0]);
    };
  }

  private static Load.Figures load(String[] command, Load.Operation operation) {
    return Load.run(operation, Integer.parseInt(command[1]), Integer.parseInt(command[2]));
  }

  private int fill(int count) {
    for (int from = 0; from < count; from += BULK) {
      int to = Math.min(from + BULK, count);
      List<BsonDocument> bulk =
          IntStream.range(from, to).mapToObj(number -> template.document("fill", number)).toList();
      Load.first(documents.insertMany(bulk));
    }
    filled = count;
    return count;
  }

  private static double seconds(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  private void bulk(String token, int count) {
    var unordered = new InsertManyOptions().ordered(false);
    for (int from = 0; from < count; from += BULK) {
      int to = Math.min(from + BULK, count);
      List<BsonDocument> bulk =
          IntStream.range(from, to).mapToObj(number -> template.document(token, number)).toList();
      Load.first(documents.insertMany(bulk, unordered));
    }
  }

  private String export(boolean sorted) {
    long begin = System.nanoTime();
    long count = Load.drain(sorted ? raw.find().sort(NEWEST_FIRST) : raw.find());
    return (System.nanoTime() - begin) / 1e9 + " " + count;
  }

  private Publisher<?> insert() {
    return documents.insertOne(template.document("insert", inserted.incrementAndGet()));
  }

  private Publisher<?> find() {
    int number = Math.floorMod(found.addAndGet(7919), filled);
    return raw.find(new Document("_id", template.name("fill", number))).limit(1);
  }

  private Publisher<?> list() {
    return raw.find()
        .sort(NEWEST_FIRST)
        .projection(new Document("data", 0));
  }

  private long count(String database) {
    return Load.first(client.getDatabase(database).getCollection(COLLECTION).countDocuments());
  }
}
