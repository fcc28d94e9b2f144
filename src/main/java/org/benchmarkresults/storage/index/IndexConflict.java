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
 * Indexes that stand in the way of declared ones: of the same name with another definition, or of
 * the same definition with another name. Those of earlier releases are replaced.
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

  /** Succeeds when nothing stands in the way of the declared ones any more. */
  public static Future<Void> solve(
      MongoCollection<RawBsonDocument> collection, List<IndexModel> declared) {
    return Streams.collect(collection.listIndexes(BsonDocument.class))
        .compose(
            there -> {
              Future<Void> dropped = Future.succeededFuture();
              for (BsonDocument index : there) {
                if (declared.stream().anyMatch(model -> areInConflict(index, model))) {
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
        .log("an index of another release is replaced");
    return Streams.collect(collection.dropIndex(name)).mapEmpty();
  }

  private static boolean areInConflict(BsonDocument index, IndexModel model) {
    boolean sameName = index.getString(NAME).getValue().equals(model.getOptions().getName());
    boolean sameKey = sameKey(index.getDocument(KEY), model);
    boolean samePart = Objects.equals(partOf(index), partOf(model));
    return sameName ? !(sameKey && samePart) : sameKey && samePart;
  }

  /** The order of its fields is a part of a key, and 1 is 1.0. */
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
