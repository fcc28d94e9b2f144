package org.benchmarkresults.http.operation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.http.json.SummaryJson;
import org.benchmarkresults.model.operation.BulkChange;
import org.benchmarkresults.model.operation.BulkOperation;
import org.benchmarkresults.model.operation.BulkPlan;
import org.benchmarkresults.model.operation.BulkProgress;
import org.benchmarkresults.model.search.SearchOutcome.Row;
import org.jspecify.annotations.Nullable;

/** Writes bulk operations as JSON. */
final class BulkJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private BulkJson() {}

  static Buffer list(List<BulkOperation> operations) {
    JsonArray array = new JsonArray();
    operations.forEach(operation -> array.add(of(operation)));
    return array.toBuffer();
  }

  static JsonObject of(BulkOperation operation) {
    BulkChange change = operation.change();
    BulkProgress progress = operation.progress();
    JsonObject labels = new JsonObject();
    change.labels().forEach(labels::put);
    JsonArray failures = new JsonArray();
    progress
        .failures()
        .forEach(
            one ->
                failures.add(new JsonObject().put("name", one.name()).put("reason", one.reason())));
    return new JsonObject()
        .put("id", operation.id())
        .put("state", operation.state().text())
        .put("action", change.action().text())
        .put("purge", change.purge())
        .put("labels", labels)
        .put("keys", new JsonArray(change.keys()))
        .put("reason", change.reason())
        .put("stage", operation.stage().path())
        .put("parameters", new JsonObject(operation.parameters()))
        .put("caller", operation.caller())
        .put("count", operation.count())
        .put("done", progress.done())
        .put("changed", progress.changed())
        .put("gone", progress.gone())
        .put("failed", progress.failed())
        .put("remaining", operation.count() - progress.handled())
        .put("new_matches", progress.newMatches())
        .put("changed_names", new JsonArray(progress.changedNames()))
        .put("gone_names", new JsonArray(progress.goneNames()))
        .put("new_names", new JsonArray(progress.newNames()))
        .put("failures", failures)
        .put("created_at", IsoTime.text(operation.createdAt()))
        .put("expires_at", IsoTime.text(operation.expiresAt()))
        .put("started_at", text(operation.startedAt()))
        .put("ended_at", text(operation.endedAt()));
  }

  private static @Nullable String text(@Nullable Instant moment) {
    return moment == null ? null : IsoTime.text(moment);
  }

  static Buffer of(BulkPlan plan, BulkOperation operation) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("token", plan.token());
      json.writeStringField("expires_at", IsoTime.text(operation.expiresAt()));
      json.writeNumberField("count", operation.count());
      json.writeArrayFieldStart("sample");
      for (Row row : plan.sample()) {
        json.writeStartObject();
        new SummaryJson(json).summary(row);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeFieldName("operation");
      json.writeRawValue(of(operation).encode());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return Buffer.buffer(text.toString());
  }
}
