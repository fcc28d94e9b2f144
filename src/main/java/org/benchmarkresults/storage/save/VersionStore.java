package org.benchmarkresults.storage.save;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.version.ResultVersion;
import org.benchmarkresults.storage.document.Generation;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.document.StoredResult;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * The earlier versions of the results of one stage: copies of their documents under {@code
 * name@life@version}, written before the newer version takes the place, so a copy may be of a
 * version that is still the newest. They stay where they are when their result is deleted or
 * restored; its {@link Generation} tells which are its own. Those of earlier releases stand under
 * {@code name@version}, so none is looked for by its {@code _id}.
 */
final class VersionStore {
  private final MongoClient client;
  private final MongoCollection<RawBsonDocument> raw;
  private final String collection;

  VersionStore(MongoClients clients, String collection) {
    client = clients.vertxClient();
    raw = clients.raw(collection);
    this.collection = collection;
  }

  /** Copies a document of a life; succeeds also when the copy was there already. */
  Future<Void> keep(JsonObject document, Generation lineage) {
    String resultName = document.getString(ResultDocument.ID);
    int version = document.getInteger(ResultDocument.VERSION);
    JsonObject copy =
        document
            .copy()
            .put(ResultDocument.ID, resultName + "@" + lineage.key() + "@" + version)
            .put(ResultDocument.RESULT_NAME, resultName);
    return client
        .insert(collection, copy)
        .<Void>mapEmpty()
        .recover(
            failure ->
                MongoFailures.isDuplicateKey(failure)
                    ? Future.succeededFuture()
                    : MongoFailures.translate(failure));
  }

  /** Succeeds with one earlier version of a result, empty when there is none. */
  Future<Optional<StoredResult>> find(StoredResult current, int version) {
    return Streams.collect(
            raw.find(
                Filters.and(earlierThan(current), Filters.eq(ResultDocument.VERSION, version))))
        .recover(MongoFailures::translate)
        .map(found -> found.stream().findFirst().map(ResultDocument::read));
  }

  /** Succeeds with the earlier versions that hold the same data, oldest first. */
  Future<List<ResultSummary>> withData(StoredResult current, Digest digest) {
    return summaries(
        Filters.and(earlierThan(current), Filters.eq(ResultDocument.DIGEST, digest.text())), true);
  }

  /** Succeeds with all versions of a result, newest first. */
  Future<List<ResultVersion>> all(StoredResult current) {
    return summaries(earlierThan(current), false)
        .map(
            earlier ->
                Stream.concat(Stream.of(current.summary()), earlier.stream())
                    .map(VersionStore::version)
                    .toList());
  }

  private static ResultVersion version(ResultSummary summary) {
    return new ResultVersion(
        summary.version(), summary.digest(), summary.size(), summary.receivedAt());
  }

  private static Bson earlierThan(StoredResult current) {
    return Filters.and(
        Filters.eq(ResultDocument.RESULT_NAME, current.summary().resultName()),
        current.lineage().versionsBefore(current.summary().version()));
  }

  private Future<List<ResultSummary>> summaries(Bson filter, boolean oldestFirst) {
    var sort =
        oldestFirst
            ? Sorts.ascending(ResultDocument.VERSION)
            : Sorts.descending(ResultDocument.VERSION);
    return Streams.collect(raw.find(filter).projection(ResultDocument.SUMMARY).sort(sort))
        .recover(MongoFailures::translate)
        .map(found -> distinct(found.stream().map(d -> ResultDocument.read(d).summary()).toList()));
  }

  /** A version may have been kept twice: by two releases, or at the end of two lives. */
  private static List<ResultSummary> distinct(List<ResultSummary> sorted) {
    List<ResultSummary> distinct = new ArrayList<>();
    for (ResultSummary summary : sorted) {
      int last = distinct.size() - 1;
      if (last < 0 || distinct.get(last).version() != summary.version()) {
        distinct.add(summary);
      }
    }
    return distinct;
  }
}
