package org.benchmarkresults.storage.alias;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.alias.AliasBook;
import org.benchmarkresults.model.alias.AliasChange;
import org.benchmarkresults.model.alias.AliasOutcome;
import org.benchmarkresults.model.alias.AliasQuery;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.security.AuditTrail;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The aliases of all models, in one document. A change replaces the document if its revision is
 * still the one that was read, so the rules between models hold whichever nodes change them at
 * once, without transactions. Stateless.
 */
public final class AliasStore {
  public static final String COLLECTION = "aliases";

  /** Attempts of one change while others change other models. */
  private static final int MOST_ATTEMPTS = 50;

  private final MongoClient client;
  private final Supplier<Future<Void>> durable;
  private final Clock clock;
  private final AuditTrail trail;

  private AliasStore(OpenDatabase database, AuditTrail trail) {
    client = database.clients().vertxClient();
    durable = database.durable();
    clock = database.clock();
    this.trail = trail;
  }

  public static void serve(Bus bus, OpenDatabase database, AuditTrail trail) {
    AliasStore store = new AliasStore(database, trail);
    bus.serve(Addresses.ALIASES, store::book);
    bus.serve(Addresses.CHANGE_ALIASES, change -> store.change(change, MOST_ATTEMPTS));
  }

  /** Succeeds with all lists, unless the requester has them; fails with {@link Unavailable}. */
  private Future<AliasBook> book(AliasQuery query) {
    JsonObject revisionAlone = new JsonObject().put(AliasDocument.REVISION, 1);
    return client
        .findOne(COLLECTION, id(), revisionAlone)
        .recover(MongoFailures::translate)
        .compose(
            found ->
                (found == null ? 0 : found.getLong(AliasDocument.REVISION)) == query.knownRevision()
                    ? Future.succeededFuture(new AliasBook(query.knownRevision(), null))
                    : read().map(all -> new AliasBook(all.revision(), all.models())));
  }

  private Future<AliasDocument> read() {
    return client
        .findOne(COLLECTION, id(), null)
        .recover(MongoFailures::translate)
        .map(AliasDocument::of);
  }

  /** Succeeds with the outcome; fails with {@link Unavailable} when it is not known. */
  private Future<AliasOutcome> change(AliasChange change, int attempts) {
    return read()
        .compose(before -> audited(before).compose(done -> change(change, before, attempts)));
  }

  private Future<AliasOutcome> change(AliasChange change, AliasDocument before, int attempts) {
    long revision = before.revision() + 1;
    Instant now = Instant.ofEpochMilli(clock.millis());
    AliasEdit edit = AliasEdit.of(before.models(), change, now, revision);
    if (!edit.isWrite()) {
      return Future.succeededFuture(edit.outcome());
    }
    AliasDocument after = new AliasDocument(revision, edit.models(), lastChange(change, now));
    return replaced(before, after)
        .compose(
            isReplaced -> {
              if (isReplaced) {
                return durable.get().compose(kept -> audited(after)).map(edit.outcome());
              }
              return attempts > 1
                  ? change(change, attempts - 1)
                  : Future.failedFuture(
                      new Unavailable("Aliases are changed too often; please try again."));
            });
  }

  private static AliasDocument.@Nullable LastChange lastChange(AliasChange change, Instant now) {
    Actor actor = change.actor();
    return actor == null
        ? null
        : new AliasDocument.LastChange(
            new ObjectId(),
            AuditEntry.ofModel(
                now,
                change.isRemoval() ? Action.ALIASES_REMOVED : Action.ALIASES_SET,
                change.modelId(),
                actor));
  }

  /** The entry may be missing when the node stopped after the change before. */
  private Future<Void> audited(AliasDocument document) {
    AliasDocument.LastChange last = document.lastChange();
    return last == null ? Future.succeededFuture() : trail.add(last.id(), last.entry()).mapEmpty();
  }

  /** Succeeds with whether the document was still the one that was read. */
  private Future<Boolean> replaced(AliasDocument before, AliasDocument after) {
    if (before.revision() == 0) {
      return client
          .insert(COLLECTION, after.toJson())
          .map(true)
          .recover(
              failure ->
                  MongoFailures.isDuplicateKey(failure)
                      ? Future.succeededFuture(false)
                      : MongoFailures.translate(failure));
    }
    JsonObject asRead = id().put(AliasDocument.REVISION, before.revision());
    return client
        .replaceDocuments(COLLECTION, asRead, after.toJson())
        .recover(MongoFailures::translate)
        .map(result -> result.getDocMatched() == 1);
  }

  private static JsonObject id() {
    return new JsonObject().put(ResultDocument.ID, AliasDocument.ID);
  }
}
