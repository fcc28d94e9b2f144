package org.benchmarkresults.storage.imports;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.imports.ImportCollection;
import org.benchmarkresults.model.imports.ImportPosition;
import org.benchmarkresults.model.imports.ImportTotals;
import org.benchmarkresults.storage.document.ResultDocument;
import org.benchmarkresults.storage.mongo.MongoFailures;

/** The checkpoints of imports, one document each, in the own database: the source is read only. */
public final class ImportPositions {
  static final String COLLECTION = "imports";
  private static final String SOURCE = "source";
  private static final String STAGE = "stage";
  private static final String AFTER = "after";
  private static final String TOTALS = "totals";
  private static final String STORED = "stored";
  private static final String ALREADY_STORED = "already_stored";
  private static final String NEW_VERSION = "new_version";
  private static final String REFUSED = "refused";
  private static final UpdateOptions UPSERT = new UpdateOptions().setUpsert(true);

  private final MongoClient client;

  public ImportPositions(MongoClient client) {
    this.client = client;
  }

  public void serve(Bus bus) {
    bus.serve(Addresses.IMPORT_POSITION, this::find);
    bus.serve(Addresses.SAVE_IMPORT_POSITION, this::save);
  }

  /** Succeeds with the checkpoint, or with the start; fails with {@code Unavailable}. */
  private Future<ImportPosition> find(ImportCollection collection) {
    return client
        .findOne(COLLECTION, id(collection), null)
        .recover(MongoFailures::translate)
        .map(
            found ->
                found == null
                    ? new ImportPosition(collection)
                    : new ImportPosition(collection, found.getString(AFTER), totals(found)));
  }

  /** Checkpoints of earlier releases have none. */
  private static ImportTotals totals(JsonObject document) {
    JsonObject totals = document.getJsonObject(TOTALS, new JsonObject());
    return new ImportTotals(
        totals.getLong(STORED, 0L),
        totals.getLong(ALREADY_STORED, 0L),
        totals.getLong(NEW_VERSION, 0L),
        totals.getLong(REFUSED, 0L));
  }

  private static JsonObject document(ImportTotals totals) {
    return new JsonObject()
        .put(STORED, totals.stored())
        .put(ALREADY_STORED, totals.alreadyStored())
        .put(NEW_VERSION, totals.newVersion())
        .put(REFUSED, totals.refused());
  }

  /** Succeeds when the checkpoint is saved; fails with {@code Unavailable}. */
  private Future<NoArguments> save(ImportPosition position) {
    ImportCollection collection = position.collection();
    JsonObject document =
        id(collection)
            .put(SOURCE, collection.place())
            .put(STAGE, collection.stage().path())
            .put(AFTER, position.after())
            .put(TOTALS, document(position.totals()));
    return client
        .replaceDocumentsWithOptions(COLLECTION, id(collection), document, UPSERT)
        .recover(MongoFailures::translate)
        .map(saved -> new NoArguments());
  }

  private static JsonObject id(ImportCollection collection) {
    return new JsonObject().put(ResultDocument.ID, collection.importId());
  }
}
