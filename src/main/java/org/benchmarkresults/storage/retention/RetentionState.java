package org.benchmarkresults.storage.retention;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.RetentionRun;
import org.benchmarkresults.storage.document.ResultDocument;
import org.jspecify.annotations.Nullable;

/**
 * The state of the retention, kept in the document of its lease.
 *
 * @param lastRun null when there was none
 * @param tidiedTo deletions before this have been looked through for leftovers
 * @param sweptTo where the sweep of the chunks of each stage ended; empty before the first
 * @param attachmentsSweptTo the same of the chunks of attachments
 */
record RetentionState(
    @Nullable RetentionRun lastRun,
    Instant tidiedTo,
    Map<Stage, String> sweptTo,
    String attachmentsSweptTo) {
  private static final String DELETED = "deleted";
  private static final String PURGED = "purged";
  private static final String SWEPT = "swept";
  private static final String COMPLETED = "completed";
  private static final String TIDIED_TO = "tidied_to";
  private static final String SWEPT_TO = "swept_to";
  private static final String ATTACHMENTS = "attachments";

  RetentionState {
    sweptTo = Map.copyOf(sweptTo);
  }

  /** The same, tidied to the moment at most. */
  RetentionState notAfter(Instant moment) {
    return tidiedTo.isAfter(moment)
        ? new RetentionState(lastRun, Instant.EPOCH, sweptTo, attachmentsSweptTo)
        : this;
  }

  /** The end of the last sweep; empty before the first. */
  String sweptTo(Stage stage) {
    return sweptTo.getOrDefault(stage, "");
  }

  static RetentionState read(@Nullable JsonObject document) {
    if (document == null) {
      return new RetentionState(null, Instant.EPOCH, Map.of(), "");
    }
    Map<Stage, String> sweptTo = new EnumMap<>(Stage.class);
    JsonObject swept = document.getJsonObject(SWEPT_TO, new JsonObject());
    for (Stage stage : Stage.values()) {
      sweptTo.put(stage, swept.getString(stage.path(), ""));
    }
    return new RetentionState(
        lastRun(document), moment(document, TIDIED_TO), sweptTo, swept.getString(ATTACHMENTS, ""));
  }

  private static @Nullable RetentionRun lastRun(JsonObject document) {
    Instant startedAt = moment(document, Lease.STARTED_AT);
    Instant endedAt = moment(document, Lease.ENDED_AT);
    if (startedAt.equals(Instant.EPOCH)) {
      return null;
    }
    return endedAt.isBefore(startedAt)
        ? new RetentionRun(startedAt, null, 0, 0, 0, false)
        : new RetentionRun(
            startedAt,
            endedAt,
            document.getLong(DELETED, 0L),
            document.getLong(PURGED, 0L),
            document.getLong(SWEPT, 0L),
            document.getBoolean(COMPLETED, false));
  }

  private static Instant moment(JsonObject document, String field) {
    JsonObject date = document.getJsonObject(field);
    return date == null ? Instant.EPOCH : Instant.parse(date.getString("$date"));
  }

  JsonObject fields() {
    JsonObject swept = new JsonObject().put(ATTACHMENTS, attachmentsSweptTo);
    sweptTo.forEach((stage, position) -> swept.put(stage.path(), position));
    JsonObject fields =
        new JsonObject().put(TIDIED_TO, ResultDocument.date(tidiedTo)).put(SWEPT_TO, swept);
    return lastRun == null
        ? fields
        : fields
            .put(DELETED, lastRun.deleted())
            .put(PURGED, lastRun.purged())
            .put(SWEPT, lastRun.swept())
            .put(COMPLETED, lastRun.completed());
  }
}
