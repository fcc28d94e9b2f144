package org.benchmarkresults.storage.observation.values;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.observation.ObservedValueQuery;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.mongo.TextOrder;
import org.benchmarkresults.storage.observation.DerivationDocument;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * The names of one stage in the embedded database, which counts them in one scan. Its comparisons
 * of texts are not in code point order, so that all names are compared here.
 */
final class EmbeddedNames {
  private static final String COUNT = "count";
  private static final String LAST_SEEN = "last_seen";

  private final MongoCollection<RawBsonDocument> derivations;
  private final String stageLetter;

  EmbeddedNames(MongoCollection<RawBsonDocument> derivations, String stageLetter) {
    this.derivations = derivations;
    this.stageLetter = stageLetter;
  }

  /**
   * Succeeds with one name more than the limit, in order, or with all there are; fails with {@link
   * Unavailable}.
   */
  Future<List<ObservedName>> names(ObservedValueQuery query) {
    String field = NameWalk.field(query.member());
    String after = query.after();
    Predicate<String> fits =
        name ->
            name.startsWith(query.prefix())
                && (after == null || TextOrder.BY_CODE_POINTS.compare(name, after) > 0);
    return Streams.collect(derivations.aggregate(pipeline(field)))
        .recover(MongoFailures::translate)
        .map(
            groups ->
                groups.stream()
                    .map(EmbeddedNames::name)
                    .filter(name -> fits.test(name.name()))
                    .sorted(Comparator.comparing(ObservedName::name, TextOrder.BY_CODE_POINTS))
                    .limit(query.limit() + 1L)
                    .toList());
  }

  private List<Bson> pipeline(String field) {
    return List.of(
        Aggregates.match(Filters.eq(DerivationDocument.STAGE, new BsonString(stageLetter))),
        Aggregates.project(Projections.include(field, DerivationDocument.FIRST_RECEIVED_AT)),
        Aggregates.unwind("$" + field),
        Aggregates.group(
            "$" + field,
            Accumulators.sum(COUNT, 1),
            Accumulators.max(LAST_SEEN, "$" + DerivationDocument.FIRST_RECEIVED_AT)));
  }

  private static ObservedName name(BsonDocument group) {
    return new ObservedName(
        group.getString("_id").getValue(),
        Instant.ofEpochMilli(group.getDateTime(LAST_SEEN).getValue()),
        group.getNumber(COUNT).longValue());
  }
}
