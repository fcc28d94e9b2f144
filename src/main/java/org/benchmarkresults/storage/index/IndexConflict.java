package org.benchmarkresults.storage.index;

import com.mongodb.MongoCommandException;
import com.mongodb.client.model.IndexModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves conflicts of declared indexes with existing ones of another release: the same name with
 * another definition, or the same definition with another name.
 */
public final class IndexConflict {
  private static final Logger LOG = LoggerFactory.getLogger(IndexConflict.class);
  private static final int OTHER_NAME = 85;
  private static final int OTHER_DEFINITION = 86;

  private static final String NAME = "name";
  private static final String KEY = "key";
  private static final String PARTIAL = "partialFilterExpression";

  private IndexConflict() {}

  public static boolean is(Throwable failure) {
    return failure instanceof MongoCommandException command
        && (command.getErrorCode() == OTHER_NAME || command.getErrorCode() == OTHER_DEFINITION);
  }

  /** Drops the conflicting indexes. */
  public static Future<Void> resolve(
      MongoCollection<RawBsonDocument> collection, List<IndexModel> declared) {
    return Streams.collect(collection.listIndexes(BsonDocument.class))
        .compose(
            existing -> {
              Future<Void> dropped = Future.succeededFuture();
              for (BsonDocument index : existing) {
                if (declared.stream().anyMatch(model -> conflicts(index, model))) {
                  dropped = dropped.compose(before -> drop(collection, index));
                }
              }
              return dropped;
            });
  }

  private static Future<Void> drop(
      MongoCollection<RawBsonDocument> collection, BsonDocument index) {
    String name = index.getString(NAME).getValue();
    LOG.atInfo()
        .addKeyValue("collection", collection.getNamespace().getCollectionName())
        .addKeyValue("index", name)
        .log("index of another release dropped");
    return Streams.collect(collection.dropIndex(name)).mapEmpty();
  }

  private static boolean conflicts(BsonDocument index, IndexModel model) {
    boolean sameName = index.getString(NAME).getValue().equals(model.getOptions().getName());
    boolean sameKey = sameKey(index.getDocument(KEY), model);
    boolean samePart = Objects.equals(partOf(index), partOf(model));
    return sameName ? !(sameKey && samePart) : sameKey && samePart;
  }

  /** Compares the order of fields too; 1 equals 1.0. */
  private static boolean sameKey(BsonDocument key, IndexModel model) {
    return parts(key).equals(parts(model.getKeys().toBsonDocument()));
  }

  private static List<String> parts(BsonDocument key) {
    return key.entrySet().stream()
        .map(
            part ->
                part.getKey()
                    + (part.getValue().isNumber()
                        ? part.getValue().asNumber().intValue()
                        : part.getValue().toString()))
        .toList();
  }

  private static @Nullable BsonDocument partOf(BsonDocument index) {
    return index.containsKey(PARTIAL) ? index.getDocument(PARTIAL) : null;
  }

  private static @Nullable BsonDocument partOf(IndexModel model) {
    var part = model.getOptions().getPartialFilterExpression();
    return part == null
        ? null
        : part.toBsonDocument(
            Document.class, com.mongodb.MongoClientSettings.getDefaultCodecRegistry());
  }
}
