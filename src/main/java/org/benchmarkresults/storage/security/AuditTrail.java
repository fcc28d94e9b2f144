package org.benchmarkresults.storage.security;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Retry;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntryBatch;
import org.benchmarkresults.model.security.AuditPage;
import org.benchmarkresults.model.security.AuditQuery;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.KeysetOrder;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.save.GroupCommit;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, one document for each change. Entries are only ever added. Confined to one event
 * loop.
 */
public final class AuditTrail {
  public static final String COLLECTION = "audit";
  public static final String AT = "at";
  public static final String RESULT_NAME = "result_name";
  public static final String CALLER = "caller";
  public static final String KEY_ID = "key_id";
  private static final String ACTION = "action";
  private static final String STAGE = "stage";
  private static final String VERSION = "version";
  private static final String ADDRESS = "address";
  private static final String REQUEST_ID = "request_id";
  private static final int LANES = 2;
  private static final KeysetOrder NEWEST_FIRST = KeysetOrder.descending(AT, ResultDocument.ID);
  private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

  private final GroupCommit commit;
  private final Retry retry;
  private final MongoCollection<RawBsonDocument> entries;

  /**
   * @param commit inserts into the collection of entries
   * @param retry for entries while the database is away
   */
  AuditTrail(GroupCommit commit, MongoCollection<RawBsonDocument> entries, Retry retry) {
    this.commit = commit;
    this.retry = retry;
    this.entries = entries;
  }

  /**
   * The one of a database.
   *
   * @param durable succeeds when all that the database acknowledged before is on its disk
   */
  public static AuditTrail of(MongoClients clients, Supplier<Future<Void>> durable, Retry retry) {
    return new AuditTrail(
        new GroupCommit(clients.raw(COLLECTION), LANES, durable, clients.meters(), "audit"),
        clients.reading(COLLECTION),
        retry);
  }

  public void serve(Bus bus) {
    bus.serve(Addresses.ADD_AUDIT_ENTRIES, this::add);
    bus.serve(Addresses.AUDIT_PAGE, this::page);
  }

  /** Succeeds when all entries are safe; fails with {@link Unavailable} when that is not known. */
  public Future<NoArguments> add(AuditEntryBatch list) {
    return add(list.changes().stream().map(AuditTrail::document).toList());
  }

  /** Adds an entry under an id of the caller's; succeeds also when it was there already. */
  public Future<NoArguments> add(ObjectId id, AuditEntry change) {
    return add(List.of(document(id, change)));
  }

  private Future<NoArguments> add(List<RawBsonDocument> documents) {
    return retry
        .whileUnavailable(() -> commit.insert(documents))
        .map(
            verdicts -> {
              // An id that is taken is of an attempt before, whose answer was lost.
              if (!verdicts.contains(GroupCommit.Verdict.REFUSED)) {
                return new NoArguments();
              }
              throw new IllegalStateException("an entry of the audit trail was refused");
            });
  }

  /** Succeeds with a page, newest first; fails with {@link Unavailable}. */
  Future<AuditPage> page(AuditQuery query) {
    return Streams.collect(
            entries
                .find(Filters.and(conditions(query)))
                .sort(NEWEST_FIRST.sort())
                .limit(query.limit() + 1)
                .batchSize(query.limit() + 1))
        .recover(MongoFailures::translate)
        .map(found -> page(found, query.limit()));
  }

  private static List<Bson> conditions(AuditQuery query) {
    List<Bson> all = new ArrayList<>();
    all.add(Filters.empty());
    if (query.resultName() != null) {
      all.add(Filters.eq(RESULT_NAME, query.resultName()));
    }
    if (query.caller() != null) {
      all.add(Filters.eq(CALLER, query.caller()));
    }
    if (query.keyId() != null) {
      all.add(Filters.eq(KEY_ID, query.keyId()));
    }
    if (query.since() != null) {
      all.add(Filters.gte(AT, Date.from(query.since())));
    }
    if (query.until() != null) {
      all.add(Filters.lt(AT, Date.from(query.until())));
    }
    if (query.after() != null) {
      all.add(after(query.after()));
    }
    return all;
  }

  private static Bson after(PageKey key) {
    return NEWEST_FIRST.after(
        new BsonDateTime(key.receivedAt().toEpochMilli()),
        new BsonObjectId(new ObjectId(key.id())));
  }

  private static AuditPage page(List<RawBsonDocument> found, int limit) {
    List<RawBsonDocument> rows = found.subList(0, Math.min(limit, found.size()));
    PageKey next = null;
    if (found.size() > limit) {
      RawBsonDocument last = rows.get(rows.size() - 1);
      String id = last.getObjectId(ResultDocument.ID).getValue().toHexString();
      next = new PageKey(moment(last), id);
    }
    return new AuditPage(rows.stream().map(AuditTrail::change).toList(), next);
  }

  private static RawBsonDocument document(AuditEntry change) {
    return document(new ObjectId(), change);
  }

  private static RawBsonDocument document(ObjectId id, AuditEntry change) {
    BsonDocument document =
        new BsonDocument(ResultDocument.ID, new BsonObjectId(id))
            .append(AT, new BsonDateTime(change.at().toEpochMilli()))
            .append(ACTION, new BsonString(change.action().text()))
            .append(CALLER, new BsonString(change.caller()))
            .append(ADDRESS, new BsonString(change.address()))
            .append(REQUEST_ID, new BsonString(change.requestId()));
    Stage stage = change.stage();
    if (stage != null && change.resultName() != null) {
      document
          .append(STAGE, new BsonString(stage.path()))
          .append(RESULT_NAME, new BsonString(change.resultName()))
          .append(
              VERSION, change.version() == null ? BsonNull.VALUE : new BsonInt32(change.version()));
    }
    if (change.keyId() != null) {
      document.append(KEY_ID, new BsonString(change.keyId()));
    }
    return new RawBsonDocument(document, CODEC);
  }

  private static AuditEntry change(RawBsonDocument document) {
    return new AuditEntry(
        moment(document),
        AuditEntry.Action.named(text(document, ACTION)).orElseThrow(),
        document.containsKey(STAGE) ? Stage.named(text(document, STAGE)).orElseThrow() : null,
        optional(document, RESULT_NAME),
        version(document),
        text(document, CALLER),
        text(document, ADDRESS),
        text(document, REQUEST_ID),
        optional(document, KEY_ID));
  }

  private static @Nullable Integer version(RawBsonDocument document) {
    return document.containsKey(VERSION) && !document.isNull(VERSION)
        ? document.getNumber(VERSION).intValue()
        : null;
  }

  private static Instant moment(RawBsonDocument document) {
    return Instant.ofEpochMilli(document.getDateTime(AT).getValue());
  }

  private static @Nullable String optional(RawBsonDocument document, String field) {
    return document.containsKey(field) ? text(document, field) : null;
  }

  private static String text(RawBsonDocument document, String field) {
    return document.getString(field).getValue();
  }
}
