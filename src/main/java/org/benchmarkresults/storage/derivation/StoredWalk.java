package org.benchmarkresults.storage.derivation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.benchmarkresults.model.derivation.DeriveRequest;
import org.benchmarkresults.model.event.EventQuery;
import org.benchmarkresults.model.result.RowRef;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.observation.CurrentVersions;
import org.benchmarkresults.storage.observation.DerivationDocument;
import org.benchmarkresults.storage.observation.DerivedCollections;
import org.benchmarkresults.storage.observation.ObservationId;
import org.benchmarkresults.storage.search.StoredSince;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the stored versions in the order of their receipt and finds the results that were not
 * read as they are now. Versions that were looked up but not looked at are kept for the next call.
 * Confined to one event loop.
 */
final class StoredWalk {
  /** The embedded database walks over all rows for each lookup. */
  private static final int LOOKUP = 500;

  private static final int LOOKUP_ON_EMBEDDED = 5_000;

  /** Derivation documents that are looked up at once. */
  private static final int PART = 500;

  /** Lookups of one call, after which others have their turn. */
  private static final int MOST_PARTS = 20;

  /** A stored version. */
  private record Version(
      Stage stage, String resultName, int version, Instant receivedAt, PageKey key) {
    static Version of(StoredSince.Row row) {
      return new Version(
          row.event().stage(),
          row.event().key().resultName(),
          row.event().version(),
          row.event().receivedAt(),
          row.key());
    }

    String derivationId() {
      return ObservationId.ofResult(stage, resultName);
    }
  }

  /**
   * The findings of a part of the walk.
   *
   * @param pending the results to be read
   * @param position behind the last version that was looked at
   * @param mayBeMore whether there may be versions behind it
   */
  record Found(List<DeriveRequest> pending, PageKey position, boolean mayBeMore) {}

  private final OpenDatabase database;
  private final DerivedCollections collections;
  private final StoredSince since;
  private List<Version> ahead = List.of();

  /** Where the versions ahead begin. */
  private @Nullable PageKey aheadOf;

  private boolean isLast;

  StoredWalk(OpenDatabase database, DerivedCollections collections) {
    this.database = database;
    this.collections = collections;
    since = new StoredSince(database.clients(), database.collections(), database.isIndexed());
  }

  /**
   * Succeeds with the next results to be read; fails with {@code Unavailable}.
   *
   * @param until versions that were received later are not looked at
   */
  Future<Found> next(PageKey behind, Instant until, int limit) {
    return next(behind, until, limit, MOST_PARTS);
  }

  private Future<Found> next(PageKey behind, Instant until, int limit, int parts) {
    return lookAhead(behind, until)
        .compose(
            looked -> {
              List<Version> part = ahead.subList(0, Math.min(PART, ahead.size()));
              return part.isEmpty()
                  ? Future.succeededFuture(new Found(List.of(), behind, false))
                  : pending(part).compose(pending -> taken(part, pending, until, limit, parts - 1));
            });
  }

  private Future<Found> taken(
      List<Version> part,
      Map<String, DeriveRequest> pending,
      Instant until,
      int limit,
      int partsLeft) {
    Map<String, DeriveRequest> taken = new LinkedHashMap<>();
    int looked = 0;
    for (Version version : part) {
      String id = version.derivationId();
      DeriveRequest request = pending.get(id);
      if (request != null && !taken.containsKey(id)) {
        if (taken.size() == limit) {
          break;
        }
        taken.put(id, request);
      }
      looked++;
    }
    PageKey position = part.get(looked - 1).key;
    ahead = ahead.subList(looked, ahead.size());
    aheadOf = position;
    boolean mayBeMore = ahead.isEmpty() ? !isLast : !ahead.get(0).receivedAt.isAfter(until);
    return taken.isEmpty() && mayBeMore && partsLeft > 0
        ? next(position, until, limit, partsLeft)
        : Future.succeededFuture(new Found(List.copyOf(taken.values()), position, mayBeMore));
  }

  /** Behind the moment versions may still be added among those that are there. */
  private Future<Void> lookAhead(PageKey behind, Instant until) {
    if (behind.equals(aheadOf) && !ahead.isEmpty()) {
      return Future.succeededFuture();
    }
    int limit = database.isIndexed() ? LOOKUP : LOOKUP_ON_EMBEDDED;
    return since
        .rows(new EventQuery(behind, limit))
        .onSuccess(
            rows -> {
              ahead =
                  rows.stream()
                      .map(Version::of)
                      .takeWhile(version -> !version.receivedAt.isAfter(until))
                      .toList();
              aheadOf = behind;
              isLast = ahead.size() < limit;
            })
        .mapEmpty();
  }

  /** Succeeds with the results that were not read as they are now, by the id of the derivation. */
  private Future<Map<String, DeriveRequest>> pending(List<Version> versions) {
    Set<String> ids = new HashSet<>();
    versions.forEach(version -> ids.add(version.derivationId()));
    return Streams.collect(
            collections
                .derivations()
                .find(Filters.in(DerivationDocument.ID, ids))
                .projection(
                    Projections.include(
                        DerivationDocument.VERSION, DerivationDocument.FIRST_RECEIVED_AT)),
            collections.derivations())
        .recover(MongoFailures::translate)
        .compose(
            found -> {
              Map<String, BsonDocument> read = new HashMap<>();
              found.forEach(
                  document ->
                      read.put(document.getString(DerivationDocument.ID).getValue(), document));
              return newest(notRead(versions, read), read);
            });
  }

  private static Map<String, Version> notRead(
      List<Version> versions, Map<String, BsonDocument> read) {
    Map<String, Version> notRead = new LinkedHashMap<>();
    for (Version version : versions) {
      BsonDocument document = read.get(version.derivationId());
      if (document == null || !isRead(version, document)) {
        notRead.put(version.derivationId(), version);
      }
    }
    return notRead;
  }

  /** A first version that was received at another time is of another result of the name. */
  private static boolean isRead(Version version, BsonDocument document) {
    return version.version == 1
        ? isOfLife(version.receivedAt, document)
        : document.getInt32(DerivationDocument.VERSION).getValue() >= version.version;
  }

  private static boolean isOfLife(Instant firstReceivedAt, BsonDocument document) {
    return document.getDateTime(DerivationDocument.FIRST_RECEIVED_AT).getValue()
        == firstReceivedAt.toEpochMilli();
  }

  private static boolean isRead(RowRef row, @Nullable BsonDocument document) {
    return document != null
        && isOfLife(row.firstReceivedAt(), document)
        && document.getInt32(DerivationDocument.VERSION).getValue() >= row.version();
  }

  private Future<Map<String, DeriveRequest>> newest(
      Map<String, Version> notRead, Map<String, BsonDocument> read) {
    Map<String, DeriveRequest> newest = new HashMap<>();
    Map<Stage, List<String>> names = new EnumMap<>(Stage.class);
    notRead
        .values()
        .forEach(
            version ->
                names
                    .computeIfAbsent(version.stage, unused -> new ArrayList<>())
                    .add(version.resultName));
    Future<Void> all = Future.succeededFuture();
    for (Map.Entry<Stage, List<String>> ofStage : names.entrySet()) {
      Stage stage = ofStage.getKey();
      all =
          all.compose(before -> CurrentVersions.read(database, stage, ofStage.getValue()))
              .onSuccess(
                  rows ->
                      rows.values()
                          .forEach(
                              row -> {
                                String id = ObservationId.ofResult(stage, row.resultName());
                                if (!isRead(row, read.get(id))) {
                                  newest.put(id, request(stage, row));
                                }
                              }))
              .mapEmpty();
    }
    return all.map(done -> newest);
  }

  private static DeriveRequest request(Stage stage, RowRef row) {
    return new DeriveRequest(stage, row.resultName(), row.version());
  }
}
