package org.benchmarkresults.storage.operation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.operation.action.Item;

/**
 * The sets of bulk operations in chunks: {@code _id} is the operation's id, a slash and the number
 * of the chunk in eight digits. Within a set the results stand newest received first.
 */
final class ItemStore {
  private static final String NAMES = "names";
  private static final String VERSIONS = "versions";
  private static final String DIGESTS = "digests";
  private static final String RECEIVED = "received";

  private final MongoClient client;
  private final String collection;

  ItemStore(OpenDatabase database) {
    client = database.clients().vertxClient();
    collection = database.collections().bulkItems();
  }

  private static String id(String operation, int number) {
    return String.format(Locale.ROOT, "%s/%08d", operation, number);
  }

  Future<Void> insert(String operation, int number, List<Item> items) {
    return client
        .insert(collection, document(operation, number, items))
        .recover(MongoFailures::translate)
        .mapEmpty();
  }

  /** Writes other items in place of those of a chunk. */
  Future<Void> replace(String operation, int number, List<Item> items) {
    return client
        .replaceDocuments(
            collection,
            new JsonObject().put(ResultDocument.ID, id(operation, number)),
            document(operation, number, items))
        .recover(MongoFailures::translate)
        .mapEmpty();
  }

  private static JsonObject document(String operation, int number, List<Item> items) {
    JsonArray names = new JsonArray();
    JsonArray versions = new JsonArray();
    JsonArray digests = new JsonArray();
    JsonArray received = new JsonArray();
    for (Item item : items) {
      names.add(item.name());
      versions.add(item.version());
      digests.add(item.digest().text());
      received.add(item.firstReceivedAt().toEpochMilli());
    }
    return new JsonObject()
        .put(ResultDocument.ID, id(operation, number))
        .put(NAMES, names)
        .put(VERSIONS, versions)
        .put(DIGESTS, digests)
        .put(RECEIVED, received);
  }

  /** Succeeds with the items of a chunk, empty when there is no such chunk. */
  Future<List<Item>> read(String operation, int number) {
    return client
        .findOne(collection, new JsonObject().put(ResultDocument.ID, id(operation, number)), null)
        .recover(MongoFailures::translate)
        .map(chunk -> chunk == null ? List.of() : items(chunk));
  }

  private static List<Item> items(JsonObject chunk) {
    JsonArray names = chunk.getJsonArray(NAMES);
    JsonArray versions = chunk.getJsonArray(VERSIONS);
    JsonArray digests = chunk.getJsonArray(DIGESTS);
    JsonArray received = chunk.getJsonArray(RECEIVED);
    List<Item> items = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      items.add(
          new Item(
              names.getString(i),
              versions.getInteger(i),
              new Digest(digests.getString(i)),
              Instant.ofEpochMilli(received.getLong(i))));
    }
    return items;
  }

  /** Removes the set of an operation. */
  Future<Void> remove(String operation) {
    JsonObject ofOperation =
        new JsonObject().put("$gte", operation + "/").put("$lt", operation + "0");
    return client
        .removeDocuments(collection, new JsonObject().put(ResultDocument.ID, ofOperation))
        .recover(MongoFailures::translate)
        .mapEmpty();
  }
}
