package org.benchmarkresults.storage;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.util.List;
import java.util.Optional;
import org.benchmarkresults.model.Digest;
import org.benchmarkresults.model.ResultSummary;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * The earlier versions of the results of one stage: copies of their documents under {@code
 * name@version}, written before the newer version takes the place, so a copy may be of a version
 * that is still the newest.
 */
final class VersionStore {
  private final MongoClient client;
  private final MongoCollection<RawBsonDocument> raw;
  private final String collection;

  VersionStore(MongoClient client, MongoCollection<RawBsonDocument> raw, String collection) {
    this.client = client;
    this.raw = raw;
    this.collection = collection;
  }

  /** Copies a document; succeeds also when the copy was there already. */
  Future<Void> keep(JsonObject document) {
    String resultName = document.getString(ResultDocument.ID);
    JsonObject copy =
        document
            .copy()
            .put(ResultDocument.ID, resultName + "@" + document.getInteger(ResultDocument.VERSION))
            .put(ResultDocument.RESULT_NAME, resultName);
    return client
        .insert(collection, copy)
        .<Void>mapEmpty()
        .recover(
            failure ->
                MongoFailures.isDuplicateKey(failure)
                    ? Future.succeededFuture()
                    : MongoFailures.understood(failure));
  }

  /** Succeeds with one earlier version, empty when there is none. */
  Future<Optional<StoredResult>> find(String resultName, int version) {
    return Streams.collect(raw.find(Filters.eq(ResultDocument.ID, resultName + "@" + version)))
        .recover(MongoFailures::understood)
        .map(found -> found.stream().findFirst().map(ResultDocument::read));
  }

  /** Succeeds with the versions of the result that hold the same data, oldest first. */
  Future<List<ResultSummary>> withData(String resultName, Digest digest) {
    return summaries(
        Filters.and(
            Filters.eq(ResultDocument.RESULT_NAME, resultName),
            Filters.eq(ResultDocument.DIGEST, digest.text())),
        true);
  }

  /** Succeeds with all that were kept, newest first. */
  Future<List<ResultSummary>> all(String resultName) {
    return summaries(Filters.eq(ResultDocument.RESULT_NAME, resultName), false);
  }

  private Future<List<ResultSummary>> summaries(
      Bson filter, boolean oldestFirst) {
    var sort =
        oldestFirst
            ? Sorts.ascending(ResultDocument.VERSION)
            : Sorts.descending(ResultDocument.VERSION);
    return Streams.collect(
            raw.find(filter).projection(ResultDocument.SUMMARY).sort(sort))
        .recover(MongoFailures::understood)
        .map(found -> found.stream().map(d -> ResultDocument.read(d).summary()).toList());
  }
}
