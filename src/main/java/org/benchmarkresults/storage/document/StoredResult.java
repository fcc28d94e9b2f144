package org.benchmarkresults.storage.document;

import com.mongodb.client.model.Filters;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.result.StoredData;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A result as it stands in the database.
 *
 * @param id of its document
 * @param deletedAt null for one that is not deleted
 */
public record StoredResult(
    String id,
    ResultSummary summary,
    StoredData data,
    @Nullable Instant deletedAt,
    Generation lineage) {
  /**
   * Matches the document in the results' collection while it is in this version, this life and
   * these annotations.
   */
  public JsonObject exactly() {
    return lineage.matching(
        new JsonObject()
            .put(ResultDocument.ID, summary.resultName())
            .put(ResultDocument.VERSION, summary.version())
            .put(AnnotationFields.REVISION, revision()));
  }

  /** The revision in the document; null where it has none. */
  private @Nullable Integer revision() {
    int revision = summary.annotations().revision();
    return revision == 0 ? null : revision;
  }

  /** The same for the driver. */
  public Bson filter() {
    return Filters.and(
        Filters.eq(ResultDocument.ID, summary.resultName()),
        Filters.eq(ResultDocument.VERSION, summary.version()),
        Filters.eq(AnnotationFields.REVISION, revision()),
        lineage.ofThisLife());
  }
}
