package org.benchmarkresults.storage.security;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Retry;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.model.security.AuditEntryBatch;
import org.benchmarkresults.model.security.AuditPage;
import org.benchmarkresults.model.security.AuditQuery;
import org.benchmarkresults.model.version.VersionRestore;
import org.benchmarkresults.model.version.VersionRestoreOutcome;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.group.GroupCommit;
import org.benchmarkresults.storage.mongo.KeysetOrder;
import org.benchmarkresults.storage.mongo.MongoClients;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.Streams;
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
 * The audit log, one document for each change. Entries are only ever added. Confined to one event
 * loop.
 */
public final class AuditTrail {
  public static final String COLLECTION = "audit";
  public static final String AT = "at";
  public static final String RESULT_NAME = "result_name";
  public static final String CALLER = "caller";
  public static final String KEY_ID = "key_id";
  private static final String MODEL_ID = "model_id";
  private static final String ACTION = "action";
  private static final String STAGE = "stage";
  private static final String VERSION = "version";
  private static final String ADDRESS = "address";
  private static final String REQUEST_ID = "request_id";
  private static final String FILE = "file";
  private static final int LANES = 2;
  private static final KeysetOrder NEWEST_FIRST = KeysetOrder.descending(AT, ResultDocument.ID);
  private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

  private final GroupCommit commit;
  private final Clock clock;
  private final Retry retry;
  private final MongoCollection<RawBsonDocument> entries;

  /**
   * Creates the audit log of a database.
   *
   * @param durable succeeds when all that the database acknowledged before is on its disk
   * @param retry for entries while the database is unavailable
   */
  public AuditTrail(
      MongoClients clients, Supplier<Future<Void>> durable, Clock clock, Retry retry) {
    commit = new GroupCommit(clients, COLLECTION, COLLECTION, LANES, durable, "audit");
    this.clock = clock;
    this.retry = retry;
    entries = clients.reading(COLLECTION);
  }

  public void serve(Bus bus) {
    bus.serve(Addresses.ADD_AUDIT_ENTRIES, this::add);
    bus.serve(Addresses.AUDIT_PAGE, this::page);
  }

  /** Succeeds when all entries are safe; fails with {@link Unavailable} when that is not known. */
  public Future<NoArguments> add(AuditEntryBatch batch) {
    return add(batch.changes().stream().map(AuditTrail::document).toList());
  }

  /** Adds an entry under a given id; succeeds also when it was there already. */
  public Future<NoArguments> add(ObjectId id, AuditEntry entry) {
    return add(List.of(document(id, entry)));
  }

  /** Adds entries under given ids; those that were there already are left. */
  public Future<NoArguments> add(Map<ObjectId, AuditEntry> entries) {
    List<RawBsonDocument> documents = new ArrayList<>();
    entries.forEach((id, entry) -> documents.add(document(id, entry)));
    return documents.isEmpty() ? Future.succeededFuture(new NoArguments()) : add(documents);
  }

  /** Adds entries that were planned, not more than a thousand; those that are there are left. */
  public Future<NoArguments> addPlanned(List<PlannedEntry> planned) {
    Map<ObjectId, AuditEntry> entries = new LinkedHashMap<>();
    planned.forEach(one -> entries.put(one.id(), one.entry()));
    return add(entries);
  }

  private Future<NoArguments> add(List<RawBsonDocument> documents) {
    return retry.whileUnavailable(() -> insert(documents));
  }

  private Future<NoArguments> insert(List<RawBsonDocument> documents) {
    return commit
        .insert(documents.stream().map(document -> new GroupCommit.Insert(document, null)).toList())
        .map(
            verdicts -> {
              // An id that is taken is of an attempt before, whose reply was lost.
              if (!verdicts.contains(GroupCommit.Verdict.REFUSED)) {
                return new NoArguments();
              }
              throw new IllegalStateException("an entry of the audit log was refused");
            });
  }

  /** The document of the entry of a save; null when the save leaves none. */
  public @Nullable RawBsonDocument entry(ObjectId id, Result result, SaveOutcome outcome) {
    AuditEntry entry = AuditEntry.ofSave(now(), result, outcome);
    return entry == null ? null : document(id, entry);
  }

  /**
   * Adds the entry of a save, if it leaves one. Succeeds with the outcome once the entry is safe;
   * fails with {@link Unavailable}, without a retry of its own.
   */
  public Future<SaveOutcome> saved(ObjectId id, Result result, SaveOutcome outcome) {
    RawBsonDocument entry = entry(id, result, outcome);
    return entry == null ? Future.succeededFuture(outcome) : insert(List.of(entry)).map(outcome);
  }

  /** Adds the entry of a restored deletion, if it leaves one. Succeeds with the outcome. */
  public Future<RestoreOutcome> restored(ResultRef ref, RestoreOutcome outcome) {
    return outcome instanceof RestoreOutcome.Restored restored && ref.actor() != null
        ? add(ref.stage(), Action.RESTORED, restored.summary(), ref.actor()).map(outcome)
        : Future.succeededFuture(outcome);
  }

  /**
   * Adds the entry of a version that was made the newest, or was it already: a request that is
   * repeated may be one whose entry was never written. Succeeds with the outcome.
   */
  public Future<VersionRestoreOutcome> restored(
      VersionRestore restore, VersionRestoreOutcome outcome) {
    Actor actor = restore.actor();
    if (actor == null) {
      return Future.succeededFuture(outcome);
    }
    return switch (outcome) {
      case VersionRestoreOutcome.Written written ->
          add(restore.stage(), Action.RESTORED, written.summary(), actor).map(outcome);
      case VersionRestoreOutcome.AlreadyNewest already ->
          add(restore.stage(), Action.ALREADY_STORED, already.summary(), actor).map(outcome);
      case VersionRestoreOutcome.NoSuchVersion none -> Future.succeededFuture(outcome);
      case VersionRestoreOutcome.OtherNewest other -> Future.succeededFuture(outcome);
    };
  }

  private Future<NoArguments> add(Stage stage, Action action, ResultSummary newest, Actor actor) {
    AuditEntry entry =
        AuditEntry.ofResult(now(), action, stage, newest.resultName(), newest.version(), actor);
    return add(new ObjectId(), entry);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
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
    if (change.modelId() != null) {
      document.append(MODEL_ID, new BsonString(change.modelId()));
    }
    if (change.file() != null) {
      document.append(FILE, new BsonString(change.file()));
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
        optional(document, KEY_ID),
        optional(document, MODEL_ID),
        optional(document, FILE));
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
