package org.benchmarkresults.storage.retention;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.security.AuditTrail;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Removes old entries of the audit trail, the oldest first, along its index by time. Stateless. */
final class AuditExpiry {
  private static final int BATCH = 500;

  private final MongoCollection<RawBsonDocument> entries;

  AuditExpiry(MongoClients clients) {
    entries = clients.raw(AuditTrail.COLLECTION);
  }

  /** Removes some entries from before the moment; succeeds with how many, 0 when none are left. */
  Future<Integer> batch(Instant before) {
    return Streams.collect(
            entries
                .find(Filters.lt(AuditTrail.AT, before))
                .projection(Projections.include(ResultDocument.ID))
                .sort(Sorts.ascending(AuditTrail.AT, ResultDocument.ID))
                .limit(BATCH))
        .recover(MongoFailures::translate)
        .compose(
            found -> remove(found.stream().map(entry -> entry.get(ResultDocument.ID)).toList()));
  }

  private Future<Integer> remove(List<BsonValue> ids) {
    return ids.isEmpty()
        ? Future.succeededFuture(0)
        : Streams.collect(entries.deleteMany(Filters.in(ResultDocument.ID, ids)))
            .recover(MongoFailures::translate)
            .map(ids.size());
  }
}
